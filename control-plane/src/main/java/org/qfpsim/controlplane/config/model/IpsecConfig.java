package org.qfpsim.controlplane.config.model;

import java.util.List;
import java.util.Optional;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * IPsec's own settings.
 *
 * @param transformSets by name.
 * @param profiles      by name.
 * @param seconds       lifetime unless an entry says otherwise: 3600.
 * @param kilobytes     lifetime by volume unless an entry says otherwise: 4608000; 0 for no limit.
 * @param replayWindow  packets unless an entry says otherwise: 64; 0 for no replay check.
 * @param dfBit         of encapsulated packets.
 * @param fragmentation before or after encryption.
 */
public record IpsecConfig(List<TransformSet> transformSets, List<Profile> profiles, int seconds, long kilobytes, int replayWindow,
                          DfBit dfBit, Fragmentation fragmentation) {
    /** Lifetime unless set. */
    public static final int DEFAULT_SECONDS = 3600;
    /** Lifetime by volume unless set. */
    public static final long DEFAULT_KILOBYTES = 4_608_000;
    /** Replay window unless set. */
    public static final int DEFAULT_REPLAY_WINDOW = 64;

    /**
     * A transform set.
     *
     * @param name  its name.
     * @param suite the algorithms.
     * @param mode  tunnel or transport.
     * @param esn   whether extended sequence numbers are offered.
     */
    public record TransformSet(String name, EspSuite suite, SaSpec.Mode mode, boolean esn) {
    }

    /**
     * An IPsec profile, for tunnel protection.
     *
     * @param name     its name.
     * @param settings what it says.
     */
    public record Profile(String name, SaSettings settings) {
    }

    /** The don't-fragment bit of an encapsulated packet. */
    public enum DfBit {
        /** As the inner packet has it: the default. */
        COPY,
        /** Not set. */
        CLEAR,
        /** Set. */
        SET
    }

    /** Which packets are cut into fragments. */
    public enum Fragmentation {
        /** The clear ones, before encryption: the default. */
        BEFORE_ENCRYPTION,
        /** The encrypted ones. */
        AFTER_ENCRYPTION
    }

    /** Copies the lists. */
    public IpsecConfig {
        transformSets = List.copyOf(transformSets);
        profiles = List.copyOf(profiles);
    }

    /**
     * Finds a transform set.
     *
     * @param name its name.
     * @return the transform set.
     */
    public Optional<TransformSet> transformSet(final String name) {
        return transformSets.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Finds a profile.
     *
     * @param name its name.
     * @return the profile.
     */
    public Optional<Profile> profile(final String name) {
        return profiles.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
