package org.qfpsim.controlplane.config.edit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.datapath.packet.IpAddress;

/** Entries of crypto maps. */
final class CryptoMapEntryCommands {
    private static final Argument<String> ACL = Argument.word();
    private static final Argument<String> TEXT = Argument.line();
    private static final Argument<IpAddress> PEER = Argument.ipv4();
    private static final Argument<IpAddress> PEER6 = Argument.ipv6();
    private static final Argument<String> SET = Argument.word();
    private static final Argument<Long> SPI = Argument.number(256, 4_294_967_295L);
    private static final Argument<Secret> CIPHER = Ikev2KeyringCommands.hexKey();
    private static final Argument<Secret> AUTHENTICATOR = Ikev2KeyringCommands.hexKey();

    private final Mode staticMode;
    private final Mode templateMode;
    private final Mode manualMode;
    private StaticDraft current = new StaticDraft();
    private ManualDraft manual = new ManualDraft();

    /** An entry as far as it has been told. */
    abstract static sealed class Draft {
        abstract CryptoMap.Entry build(int sequence);
    }

    /** With IKE; also an entry of a dynamic map. */
    static final class StaticDraft extends Draft {
        private @Nullable String description;
        private @Nullable String accessList;
        private final List<IpAddress> peers = new ArrayList<>();
        private @Nullable IpAddress defaultPeer;
        private final SaSettingsCommands.Draft settings = new SaSettingsCommands.Draft();

        @Override
        CryptoMap.Static build(final int sequence) {
            return new CryptoMap.Static(sequence, description, accessList, peers, defaultPeer, settings.build());
        }

        private void add(final IpAddress peer, final boolean first) {
            remove(peer);
            peers.add(peer);
            if (first) {
                defaultPeer = peer;
            }
        }

        private void remove(final IpAddress peer) {
            peers.remove(peer);
            if (peer.equals(defaultPeer)) {
                defaultPeer = null;
            }
        }
    }

    /** A reference to a dynamic map. */
    static final class DynamicDraft extends Draft {
        private final String map;

        DynamicDraft(final String map) {
            this.map = map;
        }

        @Override
        CryptoMap.Entry build(final int sequence) {
            return new CryptoMap.Dynamic(sequence, map);
        }
    }

    /** Without IKE. */
    static final class ManualDraft extends Draft {
        private @Nullable String description;
        private @Nullable String accessList;
        private @Nullable IpAddress peer;
        private @Nullable String transformSet;
        private CryptoMap.@Nullable SessionKey inbound;
        private CryptoMap.@Nullable SessionKey outbound;

        @Override
        CryptoMap.Entry build(final int sequence) {
            return new CryptoMap.Manual(sequence, description, accessList, peer, transformSet, inbound, outbound);
        }
    }

    CryptoMapEntryCommands(final Mode global) {
        staticMode = Mode.of("(config-crypto-map)", global);
        manualMode = Mode.of("(config-crypto-map)", global);
        templateMode = Mode.of("(config-crypto-map)", global);
        withIke(staticMode.commands());
        peer(staticMode.commands());
        SaSettingsCommands.isakmpProfile(staticMode.commands(), () -> current.settings);
        withIke(templateMode.commands());
        withoutIke(manualMode.commands());
    }

    /** Makes an entry of a dynamic map the current one; its mode, in which no peer is named, since any may come. */
    Mode enterTemplate(final StaticDraft draft) {
        current = draft;
        return templateMode;
    }

    /** Makes an entry the current one; the mode that changes it. */
    Mode enter(final Draft draft) {
        if (draft instanceof ManualDraft entry) {
            manual = entry;
            return manualMode;
        }
        if (draft instanceof StaticDraft entry) {
            current = entry;
            return staticMode;
        }
        throw new IllegalStateException("a reference to a dynamic map has no mode");
    }

    private void withIke(final Branch root) {
        root.on("description", "Description of the crypto map statement policy").undo(in -> current.description = null)
            .arg(TEXT, "Up to 80 characters").does(in -> current.description = in.get(TEXT));
        root.on("match", "Match values.").on("address", "Match address of packets to encrypt.").undo(in -> current.accessList = null)
            .arg(ACL, "Access-list number or name").does(in -> current.accessList = in.get(ACL));
        SaSettingsCommands.register(root, () -> current.settings);
    }

    private void peer(final Branch root) {
        final Branch peer = root.on("set", "Set values for encryption/decryption").on("peer", "Allowed Encryption/Decryption peer.");
        for (final Argument<IpAddress> argument : List.of(PEER, PEER6)) {
            peer.arg(argument, "IP address of peer").does(in -> current.add(in.get(argument), false))
                .undo(in -> current.remove(in.get(argument)))
                .on("default", "Set this peer as the default peer").does(in -> current.add(in.get(argument), true));
        }
    }

    private void withoutIke(final Branch root) {
        root.on("description", "Description of the crypto map statement policy").undo(in -> manual.description = null)
            .arg(TEXT, "Up to 80 characters").does(in -> manual.description = in.get(TEXT));
        root.on("match", "Match values.").on("address", "Match address of packets to encrypt.").undo(in -> manual.accessList = null)
            .arg(ACL, "Access-list number or name").does(in -> manual.accessList = in.get(ACL));
        final Branch set = root.on("set", "Set values for encryption/decryption");
        final Branch peer = set.on("peer", "Allowed Encryption/Decryption peer.").undo(in -> manual.peer = null);
        for (final Argument<IpAddress> argument : List.of(PEER, PEER6)) {
            peer.arg(argument, "IP address of peer").does(in -> manual.peer = in.get(argument));
        }
        set.on("transform-set", "Specify the transform set").undo(in -> manual.transformSet = null)
            .arg(SET, "Proposal tag").does(in -> manual.transformSet = in.get(SET));
        final Branch key = set.on("session-key", "Set session keys for manual keying");
        for (final String direction : List.of("inbound", "outbound")) {
            final Branch spi = key.on(direction, "Set keys of " + direction + " packets").on("esp", "Set keys of ESP")
                .undo(in -> sessionKey(in, null)).arg(SPI, "SPI").does(in -> sessionKey(in, keyOf(in)));
            authenticator(spi);
            authenticator(spi.on("cipher", "Key of the cipher").arg(CIPHER, "Key in hexadecimal digits")
                .does(in -> sessionKey(in, keyOf(in))));
        }
    }

    private void authenticator(final Branch at) {
        at.on("authenticator", "Key of the authenticator").arg(AUTHENTICATOR, "Key in hexadecimal digits")
            .does(in -> sessionKey(in, keyOf(in)));
    }

    private static CryptoMap.SessionKey keyOf(final Input input) {
        return new CryptoMap.SessionKey(input.get(SPI).intValue(), input.find(CIPHER).orElse(null),
            input.find(AUTHENTICATOR).orElse(null));
    }

    private void sessionKey(final Input input, final CryptoMap.@Nullable SessionKey key) {
        if (input.has("inbound")) {
            manual.inbound = key;
        } else {
            manual.outbound = key;
        }
    }
}
