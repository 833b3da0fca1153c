package org.qfpsim.controlplane.config.text;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.DpdConfig;
import org.qfpsim.controlplane.config.model.Ikev2Config;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.LocalIdentity;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.datapath.packet.IpAddress;

/** IKEv1 and IKEv2. */
final class IkeWriter {
    private static final String[] KEY_WORDS = {"0", "hex", "local", "remote"};

    private IkeWriter() {
    }

    static void ikev2(final Lines lines, final Ikev2Config ikev2) {
        for (final Ikev2Config.Proposal proposal : ikev2.proposals()) {
            lines.add("crypto ikev2 proposal " + proposal.name());
            list(lines, "encryption", proposal.ciphers());
            list(lines, "integrity", proposal.hashes());
            list(lines, "prf", proposal.prfs());
            list(lines, "group", proposal.groups());
        }
        lines.gap();
        for (final Ikev2Config.Policy policy : ikev2.policies()) {
            lines.add("crypto ikev2 policy " + policy.name());
            policy.locals().forEach(local -> lines.sub("match address local " + Lines.address(local)));
            policy.proposals().forEach(name -> lines.sub("proposal " + name));
        }
        lines.gap();
        for (final Ikev2Config.Keyring keyring : ikev2.keyrings()) {
            lines.add("crypto ikev2 keyring " + keyring.name());
            keyring.peers().forEach(peer -> peer(lines, peer));
            lines.gap();
        }
        ikev2.profiles().forEach(profile -> profile(lines, profile));
        lines.addIf(ikev2.natKeepalive() > 0, "crypto ikev2 nat keepalive " + ikev2.natKeepalive());
        final DpdConfig dpd = ikev2.dpd();
        if (dpd != null) {
            lines.add("crypto ikev2 " + ikev2Dpd(dpd));
        }
        lines.addIf(ikev2.cookieChallenge() > 0, "crypto ikev2 cookie-challenge " + ikev2.cookieChallenge());
        lines.addIf(ikev2.maxInNegotiation() > 0, "crypto ikev2 limit max-in-negotation-sa " + ikev2.maxInNegotiation());
        lines.addIf(ikev2.fragmentationMtu() > 0, "crypto ikev2 fragmentation"
            + (ikev2.fragmentationMtu() == Ikev2Config.DEFAULT_FRAGMENTATION_MTU ? "" : " mtu " + ikev2.fragmentationMtu()));
        lines.gap();
    }

    private static void list(final Lines lines, final String word, final List<?> values) {
        lines.subIf(!values.isEmpty(), word + values.stream().map(value -> " " + value).collect(Collectors.joining()));
    }

    private static String ikev2Dpd(final DpdConfig dpd) {
        return "dpd " + dpd.seconds() + " " + dpd.retry() + (dpd.periodic() ? " periodic" : " on-demand");
    }

    private static void peer(final Lines lines, final Ikev2Config.Peer peer) {
        lines.sub("peer " + peer.name());
        if (peer.address() != null) {
            lines.sub(" " + Lines.ikev2Peer(peer.address()));
        }
        if (peer.identity() != null) {
            lines.sub(" identity " + Lines.ikev2Peer(peer.identity()));
        }
        if (Objects.equals(peer.local(), peer.remote())) {
            key(lines, "", peer.local());
        } else {
            key(lines, "local ", peer.local());
            key(lines, "remote ", peer.remote());
        }
        lines.sub("!");
    }

    private static void key(final Lines lines, final String side, final @Nullable Secret key) {
        if (key != null) {
            lines.sub(" pre-shared-key " + side + (key.isHex() ? "hex " + lines.show(key) : lines.key(key, KEY_WORDS)));
        }
    }

    private static void profile(final Lines lines, final Ikev2Config.Profile profile) {
        lines.add("crypto ikev2 profile " + profile.name());
        profile.remotes().forEach(remote -> lines.sub("match identity remote " + Lines.ikev2Peer(remote)));
        final LocalIdentity identity = profile.identity();
        final IpAddress address = identity.address();
        switch (identity.kind()) {
            case ADDRESS -> lines.subIf(address != null, "identity local address " + (address == null ? "" : Lines.address(address)));
            case FQDN -> lines.sub("identity local fqdn " + identity.name());
            case USER_FQDN -> lines.sub("identity local email " + identity.name());
            case KEY_ID -> lines.sub("identity local key-id " + identity.name());
        }
        authentication(lines, "remote", profile.remotePreShare(), profile.remoteKey());
        authentication(lines, "local", profile.localPreShare(), profile.localKey());
        lines.subNamed("keyring local", profile.keyring());
        lines.subIf(profile.seconds() != IsakmpConfig.DEFAULT_SECONDS, "lifetime " + profile.seconds());
        final DpdConfig dpd = profile.dpd();
        if (dpd != null) {
            lines.sub(ikev2Dpd(dpd));
        }
        lines.gap();
    }

    private static void authentication(final Lines lines, final String side, final boolean preShare, final @Nullable Secret key) {
        lines.subIf(preShare, "authentication " + side + " pre-share" + (key == null ? "" : " key " + lines.key(key, KEY_WORDS)));
    }

    static void isakmp(final Lines lines, final IsakmpConfig isakmp) {
        isakmp.keyrings().forEach(keyring -> keyring(lines, keyring));
        lines.gap();
        for (final IsakmpConfig.Policy policy : isakmp.policies()) {
            lines.add("crypto isakmp policy " + policy.priority());
            final String cipher = policy.cipher();
            if (cipher != null) {
                final String bits = cipher.substring("aes-cbc-".length());
                lines.sub("encr aes" + ("128".equals(bits) ? "" : " " + bits));
            }
            lines.subIf(!"sha1".equals(policy.hash()), "hash " + policy.hash());
            lines.subIf(policy.preShare(), "authentication pre-share");
            lines.subIf(policy.group() != null, "group " + policy.group());
            lines.subIf(policy.seconds() != IsakmpConfig.DEFAULT_SECONDS, "lifetime " + policy.seconds());
        }
        isakmp.keys().forEach(key -> lines.add("crypto isakmp key " + lines.key(key.key(), "0") + " " + isakmpKeyPeer(key.peer())
            + (key.noXauth() ? " no-xauth" : "")));
        lines.addIf(isakmp.identity().kind() == LocalIdentity.Kind.FQDN, "crypto isakmp identity hostname");
        lines.addIf(isakmp.invalidSpiRecovery(), "crypto isakmp invalid-spi-recovery");
        final DpdConfig keepalive = isakmp.keepalive();
        if (keepalive != null) {
            lines.add("crypto isakmp keepalive " + keepalive.seconds()
                + (keepalive.retry() == DpdConfig.DEFAULT_RETRY ? "" : " " + keepalive.retry())
                + (keepalive.periodic() ? " periodic" : ""));
        }
        lines.addIf(isakmp.natKeepalive() > 0, "crypto isakmp nat keepalive " + isakmp.natKeepalive());
        lines.addIf(isakmp.aggressiveModeOff(), "crypto isakmp aggressive-mode disable");
        lines.gap();
        isakmp.groups().forEach(group -> group(lines, group));
        isakmp.profiles().forEach(profile -> profile(lines, profile));
        lines.gap();
    }

    private static String isakmpKeyPeer(final PeerMatch peer) {
        return peer instanceof PeerMatch.Address address ? "address " + Lines.peerAddress(address.prefix(), "ipv6 ")
            : peer instanceof PeerMatch.Name name ? "hostname " + name.name() : "";
    }

    private static void keyring(final Lines lines, final IsakmpConfig.Keyring keyring) {
        lines.add("crypto keyring " + keyring.name());
        keyring.keys().forEach(key -> lines.sub(" pre-shared-key " + isakmpKeyPeer(key.peer()) + " key " + lines.key(key.key(), "0")));
    }

    private static void group(final Lines lines, final IsakmpConfig.Group group) {
        lines.add("crypto isakmp client configuration group " + group.name());
        if (group.key() != null) {
            lines.sub("key " + lines.key(group.key(), "0"));
        }
        lines.subNamed("pool", group.pool());
        lines.gap();
    }

    private static void profile(final Lines lines, final IsakmpConfig.Profile profile) {
        lines.add("crypto isakmp profile " + profile.name());
        lines.subNamed("  keyring", profile.keyring());
        final LocalIdentity self = profile.self();
        if (self != null) {
            final String name = self.name() == null ? "" : " " + self.name();
            lines.sub("  self-identity " + switch (self.kind()) {
                case FQDN -> "fqdn" + name;
                case USER_FQDN -> "user-fqdn" + name;
                case ADDRESS, KEY_ID -> "address";
            });
        }
        profile.matches().forEach(match -> lines.sub("  match identity " + isakmpMatch(match)));
        profile.groups().forEach(group -> lines.sub("  match identity group " + group));
        lines.subNamed("  client authentication list", profile.authenticationList());
        lines.subNamed("  isakmp authorization list", profile.authorizationList());
        lines.subNamed("  client configuration address", modeConfig(profile.modeConfig()));
        final DpdConfig keepalive = profile.keepalive();
        if (keepalive != null) {
            lines.sub("  keepalive " + keepalive.seconds() + " retry " + keepalive.retry());
        }
        lines.subIf(profile.aggressive(), "  initiate mode aggressive");
    }

    /** What follows {@code client configuration address}; null for nothing. */
    static @Nullable String modeConfig(final IsakmpConfig.ModeConfig mode) {
        return switch (mode) {
            case OFF -> null;
            case RESPOND -> "respond";
        };
    }

    private static String isakmpMatch(final PeerMatch match) {
        return switch (match) {
            case PeerMatch.Address address -> "address " + Lines.peerAddress(address.prefix(), "ipv6 ");
            case PeerMatch.Name name -> (name.type() == IkeIdentity.FQDN ? "host " : "user ") + name.name();
            case PeerMatch.Domain domain -> (domain.type() == IkeIdentity.FQDN ? "host domain " : "user domain ") + domain.domain();
            case PeerMatch.Any any -> "address 0.0.0.0";
        };
    }
}
