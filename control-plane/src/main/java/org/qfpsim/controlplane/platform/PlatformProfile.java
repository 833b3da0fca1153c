package org.qfpsim.controlplane.platform;

import org.qfpsim.datapath.drop.EngineToken;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The router that is simulated. A profile decides what the platform's tables say about the hardware, what the modelled load is relative to,
 * and the crypto engine's token in drop names. That an ESP of an ASR 1000 prints OCT and software crypto CD_SW_IPSEC was seen; that it
 * holds for each single ESP is an inference. How many packets a second this simulator moves does not depend on it.
 */
public enum PlatformProfile {
    /** ESP5. */
    ESP5("esp5", "ASR1002 with ESP5", EngineToken.OCT,
        new Hardware(1, 20, 8000, 5000, 1800, 64, 5, 4000, 1024)),
    /** ESP10. */
    ESP10("esp10", "ASR1006 with ESP10", EngineToken.OCT,
        new Hardware(1, 40, 17_000, 10_000, 4000, 128, 10, 4000, 1024)),
    /** ESP20: the default. */
    ESP20("esp20", "ASR1006 with ESP20", EngineToken.OCT,
        new Hardware(1, 40, 24_000, 20_000, 8000, 256, 40, 8000, 1024)),
    /** ESP40. */
    ESP40("esp40", "ASR1006 with ESP40", EngineToken.OCT,
        new Hardware(1, 40, 24_000, 40_000, 12_000, 256, 40, 8000, 1024)),
    /** ESP100. */
    ESP100("esp100", "ASR1006 with ESP100", EngineToken.OCT,
        new Hardware(2, 64, 59_000, 100_000, 29_000, 1024, 80, 8000, 4096)),
    /** ESP200. */
    ESP200("esp200", "ASR1013 with ESP200", EngineToken.OCT,
        new Hardware(4, 64, 113_000, 200_000, 78_000, 2048, 160, 8000, 8192)),
    /** A fixed box. */
    ASR1001("asr1001", "ASR1001", EngineToken.OCT,
        new Hardware(1, 20, 8000, 5000, 1800, 64, 5, 4000, 1024)),
    /** A fixed box. */
    ASR1001_X("asr1001-x", "ASR1001-X", EngineToken.OCT,
        new Hardware(1, 31, 19_000, 20_000, 8000, 512, 10, 4000, 1024)),
    /** A fixed box. */
    ASR1002_X("asr1002-x", "ASR1002-X", EngineToken.OCT,
        new Hardware(1, 62, 30_000, 36_000, 4000, 512, 40, 4000, 1024)),
    /** A fixed box. */
    ASR1001_HX("asr1001-hx", "ASR1001-HX", EngineToken.OCT,
        new Hardware(1, 62, 29_000, 60_000, 8000, 512, 40, 4000, 4096)),
    /** A fixed box. */
    ASR1002_HX("asr1002-hx", "ASR1002-HX", EngineToken.OCT,
        new Hardware(2, 62, 58_000, 100_000, 8000, 1024, 80, 8000, 4096)),
    /** A virtual router or one with a software dataplane. */
    SOFTWARE("software", "software dataplane", EngineToken.CD_SW_IPSEC,
        new Hardware(1, 4, 2000, 10_000, 2000, 512, 10, 4000, 1024));

    /** What a simulator without options is. */
    public static final PlatformProfile DEFAULT = ESP20;

    private final String key;
    private final String description;
    private final EngineToken token;
    private final Hardware hardware;

    PlatformProfile(final String key, final String description, final EngineToken token, final Hardware hardware) {
        this.key = key;
        this.description = description;
        this.token = token;
        this.hardware = hardware;
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

    /** What its data sheet says, approximately. */
    public Hardware hardware() {
        return hardware;
    }

    /** Whether packets are worked on by a processor's cores instead of a QFP: commands of one kind do not exist on the other. */
    public boolean software() {
        return this == SOFTWARE;
    }
}
