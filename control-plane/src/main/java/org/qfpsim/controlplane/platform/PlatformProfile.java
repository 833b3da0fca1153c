package org.qfpsim.controlplane.platform;

import org.qfpsim.datapath.drop.EngineToken;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The router that is simulated. Today a profile decides one thing: the crypto engine's token in drop names. That an ESP of an ASR 1000
 * prints OCT and software crypto CD_SW_IPSEC was seen; that it holds for each single ESP is an inference.
 */
public enum PlatformProfile {
    /** ESP5. */
    ESP5("esp5", "ASR1002 with ESP5", EngineToken.OCT),
    /** ESP10. */
    ESP10("esp10", "ASR1006 with ESP10", EngineToken.OCT),
    /** ESP20: the default. */
    ESP20("esp20", "ASR1006 with ESP20", EngineToken.OCT),
    /** ESP40. */
    ESP40("esp40", "ASR1006 with ESP40", EngineToken.OCT),
    /** ESP100. */
    ESP100("esp100", "ASR1006 with ESP100", EngineToken.OCT),
    /** ESP200. */
    ESP200("esp200", "ASR1013 with ESP200", EngineToken.OCT),
    /** A fixed box. */
    ASR1001_X("asr1001-x", "ASR1001-X", EngineToken.OCT),
    /** A fixed box. */
    ASR1002_HX("asr1002-hx", "ASR1002-HX", EngineToken.OCT),
    /** A virtual router or one with a software dataplane. */
    SOFTWARE("software", "software dataplane", EngineToken.CD_SW_IPSEC);

    /** What a simulator without options is. */
    public static final PlatformProfile DEFAULT = ESP20;

    private final String key;
    private final String description;
    private final EngineToken token;

    PlatformProfile(final String key, final String description, final EngineToken token) {
        this.key = key;
        this.description = description;
        this.token = token;
    }

    /**
     * Finds a profile.
     *
     * @param key what {@link #key()} returns, in any case.
     * @return the profile.
     * @throws IllegalArgumentException when there is none; the message lists all keys.
     */
    public static PlatformProfile parse(final String key) {
        final String wanted = key.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(profile -> profile.key.equals(wanted)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("unknown platform profile \"" + key + "\": use one of "
                + Arrays.stream(values()).map(PlatformProfile::key).collect(Collectors.joining(", "))));
    }

    /**
     * What an option calls this profile.
     *
     * @return lower case, no blanks.
     */
    public String key() {
        return key;
    }

    /**
     * The hardware in words.
     *
     * @return a phrase.
     */
    public String description() {
        return description;
    }

    /**
     * The crypto engine's token in drop names.
     *
     * @return the token.
     */
    public EngineToken token() {
        return token;
    }
}
