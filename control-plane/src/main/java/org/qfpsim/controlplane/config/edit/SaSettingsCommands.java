package org.qfpsim.controlplane.config.edit;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.config.model.SaSettings;

/** {@code set ...} of IPsec profiles and crypto map entries. */
final class SaSettingsCommands {
    static final List<Integer> WINDOWS = List.of(64, 128, 256, 512, 1024);
    private static final Argument<Long> SECONDS = Argument.number(120, 2_592_000);
    private static final Argument<Long> KILOBYTES = Argument.number(2560, 4_294_967_295L);
    private static final Argument<List<String>> SETS = Argument.words(6);
    private static final Argument<String> PROFILE = Argument.word();

    private SaSettingsCommands() {
    }

    /** Settings as far as they have been told. */
    static final class Draft {
        private List<String> transformSets = List.of();
        private int pfsGroup;
        private @Nullable Integer seconds;
        private @Nullable Long kilobytes;
        private @Nullable Integer replayWindow;
        private @Nullable String isakmpProfile;
        private @Nullable String ikev2Profile;

        SaSettings build() {
            return new SaSettings(transformSets, pfsGroup, seconds, kilobytes, replayWindow, isakmpProfile, ikev2Profile);
        }
    }

    static void register(final Branch root, final Supplier<Draft> current) {
        final Branch set = root.on("set", "Set values for encryption/decryption");
        set.on("transform-set", "Specify list of transform sets in priority order").undo(in -> current.get().transformSets = List.of())
            .arg(SETS, "Proposal tags").does(in -> current.get().transformSets = in.get(SETS));
        final Branch pfs = set.on("pfs", "Specify pfs settings").undo(in -> current.get().pfsGroup = 0);
        for (final int group : Algorithms.GROUPS) {
            pfs.on("group" + group, Algorithms.groupHelp(group)).does(in -> current.get().pfsGroup = group);
        }
        final Branch association = set.on("security-association", "Security association parameters");
        lifetime(association, value -> current.get().seconds = value, value -> current.get().kilobytes = value);
        replay(association, value -> current.get().replayWindow = value);
        set.on("ikev2-profile", "Specify ikev2 Profile").undo(in -> current.get().ikev2Profile = null)
            .arg(PROFILE, "Name of the profile").does(in -> current.get().ikev2Profile = in.get(PROFILE));
    }

    /** {@code set isakmp-profile}: where the peer is known; another one's profile is found by what it says it is. */
    static void isakmpProfile(final Branch root, final Supplier<Draft> current) {
        root.on("set", "Set values for encryption/decryption").on("isakmp-profile", "Specify isakmp Profile")
            .undo(in -> current.get().isakmpProfile = null)
            .arg(PROFILE, "Name of the profile").does(in -> current.get().isakmpProfile = in.get(PROFILE));
    }

    /** {@code lifetime seconds|kilobytes}; null stands for the default, 0 kilobytes for no limit. */
    static void lifetime(final Branch at, final Consumer<@Nullable Integer> seconds, final Consumer<@Nullable Long> kilobytes) {
        final Branch lifetime = at.on("lifetime", "security association lifetime");
        lifetime.on("seconds", "Time-based key duration in seconds").undo(in -> seconds.accept(null))
            .arg(SECONDS, "Security association duration in seconds").does(in -> seconds.accept(Arguments.integer(in, SECONDS)));
        final Branch volume = lifetime.on("kilobytes", "Volume-based key duration").undo(in -> kilobytes.accept(null));
        volume.on("disable", "Disable Volume-based Rekey").does(in -> kilobytes.accept(0L));
        volume.arg(KILOBYTES, "Security association duration in kilobytes encrypted").does(in -> kilobytes.accept(in.get(KILOBYTES)));
    }

    /** {@code replay window-size|disable}; null stands for the default, 0 for no check. */
    static void replay(final Branch at, final Consumer<@Nullable Integer> window) {
        final Branch replay = at.on("replay", "Set replay checking").undo(in -> window.accept(null));
        replay.on("disable", "Disable replay checking").does(in -> window.accept(0));
        final Branch size = replay.on("window-size", "Set replay window size");
        for (final int packets : WINDOWS) {
            size.on(String.valueOf(packets), "Window size of " + packets).does(in -> window.accept(packets));
        }
    }
}
