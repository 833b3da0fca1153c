package org.qfpsim.controlplane.config.edit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.SaSpec;

/** {@code crypto ipsec}: transform sets, profiles, global settings. */
final class IpsecCommands {
    private static final Argument<String> SET = Argument.word();
    private static final Argument<String> PROFILE = Argument.word();

    private final Map<String, TransformSet> transformSets = new TreeMap<>();
    private final Map<String, SaSettingsCommands.Draft> profiles = new TreeMap<>();
    private int seconds = IpsecConfig.DEFAULT_SECONDS;
    private long kilobytes = IpsecConfig.DEFAULT_KILOBYTES;
    private int replayWindow = IpsecConfig.DEFAULT_REPLAY_WINDOW;
    private IpsecConfig.DfBit dfBit = IpsecConfig.DfBit.COPY;
    private IpsecConfig.Fragmentation fragmentation = IpsecConfig.Fragmentation.BEFORE_ENCRYPTION;
    private TransformSet transformSet = new TransformSet();
    private SaSettingsCommands.Draft profile = new SaSettingsCommands.Draft();

    private static final class TransformSet {
        private EspSuite suite = EspSuite.AES_CBC_128_SHA1_96;
        private SaSpec.Mode mode = SaSpec.Mode.TUNNEL;
        private boolean esn;
    }

    IpsecCommands(final Mode global, final Mode.Stack stack) {
        final Branch ipsec = global.commands().on("crypto", "Encryption module").on("ipsec", "Configure IPSEC policy");
        final Mode setMode = Mode.of("(cfg-crypto-trans)", global);
        final Branch name = ipsec.on("transform-set", "Define transform and settings").arg(SET, "Transform set tag")
            .undo(in -> transformSets.remove(in.get(SET)));
        Transforms.register(name, (input, suite) -> {
            transformSet = transformSets.computeIfAbsent(input.get(SET), key -> new TransformSet());
            transformSet.suite = suite;
            stack.enter(setMode);
        });
        transformSet(setMode.commands());
        final Mode profileMode = Mode.of("(ipsec-profile)", global);
        ipsec.on("profile", "Configure an ipsec policy profile").arg(PROFILE, "Name of the profile").does(in -> {
            profile = profiles.computeIfAbsent(in.get(PROFILE), key -> new SaSettingsCommands.Draft());
            stack.enter(profileMode);
        }).undo(in -> profiles.remove(in.get(PROFILE)));
        SaSettingsCommands.register(profileMode.commands(), () -> profile);
        SaSettingsCommands.isakmpProfile(profileMode.commands(), () -> profile);
        settings(ipsec);
    }

    private void transformSet(final Branch root) {
        final Branch mode = root.on("mode", "encapsulation mode (transport/tunnel)").undo(in -> transformSet.mode = SaSpec.Mode.TUNNEL);
        mode.on("transport", "transport (payload encapsulation) mode").does(in -> transformSet.mode = SaSpec.Mode.TRANSPORT);
        mode.on("tunnel", "tunnel (datagram encapsulation) mode").does(in -> transformSet.mode = SaSpec.Mode.TUNNEL);
        root.on("esn", "Extended sequence numbers").does(in -> transformSet.esn = true).undo(in -> transformSet.esn = false);
    }

    private void settings(final Branch ipsec) {
        final Branch association = ipsec.on("security-association", "Security association parameters");
        SaSettingsCommands.lifetime(association, value -> seconds = Objects.requireNonNullElse(value, IpsecConfig.DEFAULT_SECONDS),
            value -> kilobytes = Objects.requireNonNullElse(value, IpsecConfig.DEFAULT_KILOBYTES));
        SaSettingsCommands.replay(association,
            value -> replayWindow = Objects.requireNonNullElse(value, IpsecConfig.DEFAULT_REPLAY_WINDOW));
        dfBit(ipsec, value -> dfBit = Objects.requireNonNullElse(value, IpsecConfig.DfBit.COPY));
        fragmentation(ipsec, value -> fragmentation =
            Objects.requireNonNullElse(value, IpsecConfig.Fragmentation.BEFORE_ENCRYPTION));
    }

    /** {@code df-bit}; null stands for the default. */
    static void dfBit(final Branch at, final Consumer<IpsecConfig.@Nullable DfBit> setter) {
        final Branch dfBit = at.on("df-bit", "Handling of encapsulated DF bit.").undo(in -> setter.accept(null));
        dfBit.on("clear", "Clear DF bit for outer IP header").does(in -> setter.accept(IpsecConfig.DfBit.CLEAR));
        dfBit.on("copy", "Copy DF bit from inner header to outer IP header").does(in -> setter.accept(IpsecConfig.DfBit.COPY));
        dfBit.on("set", "Set DF bit for outer IP header").does(in -> setter.accept(IpsecConfig.DfBit.SET));
    }

    /** {@code fragmentation}; null stands for the default. */
    static void fragmentation(final Branch at, final Consumer<IpsecConfig.@Nullable Fragmentation> setter) {
        final Branch fragmentation = at.on("fragmentation", "Handling of fragmentation of near-MTU sized packets")
            .undo(in -> setter.accept(null));
        fragmentation.on("after-encryption", "Do fragmentation after encryption (and encapsulation)")
            .does(in -> setter.accept(IpsecConfig.Fragmentation.AFTER_ENCRYPTION));
        fragmentation.on("before-encryption", "Do fragmentation before encryption (and encapsulation)")
            .does(in -> setter.accept(IpsecConfig.Fragmentation.BEFORE_ENCRYPTION));
    }

    IpsecConfig build() {
        final List<IpsecConfig.TransformSet> sets = transformSets.entrySet().stream().map(entry -> new IpsecConfig.TransformSet(
            entry.getKey(), entry.getValue().suite, entry.getValue().mode, entry.getValue().esn)).toList();
        final List<IpsecConfig.Profile> all = profiles.entrySet().stream()
            .map(entry -> new IpsecConfig.Profile(entry.getKey(), entry.getValue().build())).toList();
        return new IpsecConfig(sets, all, seconds, kilobytes, replayWindow, dfBit, fragmentation);
    }
}
