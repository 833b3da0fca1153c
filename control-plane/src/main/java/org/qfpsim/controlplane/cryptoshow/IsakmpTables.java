package org.qfpsim.controlplane.cryptoshow;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code show crypto isakmp policy|key|profile}: the configuration of IKEv1. Keys are never shown. */
final class IsakmpTables {
    private static final IpAddress ANY = new IpAddress(false, 0, 0);

    private final ControlPlane plane;

    IsakmpTables(final ControlPlane plane) {
        this.plane = plane;
    }

    private IsakmpConfig isakmp() {
        return plane.config().crypto().isakmp();
    }

    String policies() {
        final StringBuilder text = new StringBuilder();
        if (isakmp().policies().isEmpty()) {
            text.append("\nDefault IKE policy\n");
            for (final IkeProposal each : plane.ikeConfig().proposals(1, ANY, ANY)) {
                text.append("Default protection suite of priority ").append(each.priority()).append('\n').append(suite(
                    each.ciphers().getFirst(), each.hashes().getFirst(), true, each.groups().getFirst(), each.seconds()));
            }
            return text.toString();
        }
        text.append("\nGlobal IKE policy\n");
        for (final IsakmpConfig.Policy each : isakmp().policies()) {
            text.append("Protection suite of priority ").append(each.priority()).append('\n')
                .append(suite(each.cipher(), each.hash(), each.preShare(), each.group() == null ? 1 : each.group(), each.seconds()));
        }
        return text.toString();
    }

    /** What a policy does not say is the platform's default, which the simulator does not offer: DES, RSA signatures, group 1. */
    private static String suite(final @Nullable String cipher, final String hash, final boolean preShare, final int group,
                                final long seconds) {
        return "\tencryption algorithm:\t" + (cipher == null ? "DES - Data Encryption Standard (56 bit keys)."
                : "AES - Advanced Encryption Standard (" + cipher.substring(cipher.lastIndexOf('-') + 1) + " bit keys).")
            + "\n\thash algorithm:\t\tSecure Hash Standard" + (hash.equals("sha1") ? "" : " 2 (" + hash.substring(3) + " bit)")
            + "\n\tauthentication method:\t" + (preShare ? "Pre-Shared Key" : "Rivest-Shamir-Adleman Signature")
            + "\n\tDiffie-Hellman group:\t#" + group + " (" + Format.groupBits(group) + " bit)\n\tlifetime:\t\t" + seconds
            + " seconds, no volume limit\n";
    }

    String keys() {
        final StringBuilder text = new StringBuilder("Keyring      Hostname/Address                            Preshared Key\n\n");
        keys(text, "default", isakmp().keys());
        isakmp().keyrings().forEach(ring -> keys(text, ring.name(), ring.keys()));
        return text.toString();
    }

    private static void keys(final StringBuilder text, final String ring, final List<IsakmpConfig.Key> keys) {
        keys.forEach(key -> text.append(String.format(Locale.ROOT, "%-12s %-43s %s\n", ring, peer(key.peer()), key.key())));
    }

    private static String peer(final PeerMatch match) {
        return switch (match) {
            case PeerMatch.Address address when address.prefix().length() == address.prefix().address().bits() ->
                address.prefix().address().toString();
            case PeerMatch.Address address -> String.format(Locale.ROOT, "%-14s [%s]", address.prefix().address(),
                Format.mask(address.prefix()));
            case PeerMatch.Name name -> name.name();
            case PeerMatch.Domain domain -> domain.domain();
            case PeerMatch.Any any -> "any";
        };
    }

    String profiles(final @Nullable String name) {
        final StringBuilder text = new StringBuilder();
        for (final IsakmpConfig.Profile each : isakmp().profiles()) {
            if (name == null || name.equals(each.name())) {
                text.append("\nIKEv1 PROFILE ").append(each.name()).append("\nRef Count = ").append(references(each.name()))
                    .append("\n   Identities matched are:\n");
                each.matches().forEach(match -> text.append("    ").append(identity(match)).append(" \n"));
                each.groups().forEach(group -> text.append("    group ").append(group).append(" \n"));
                text.append("   Certificate maps matched are:\n   keyring(s): ")
                    .append(each.keyring() == null ? "<none>" : each.keyring())
                    .append("\n   trustpoint(s): <all>\n   virtual-template: <none>\n");
            }
        }
        return text.toString();
    }

    private long references(final String profile) {
        final var crypto = plane.config().crypto();
        return crypto.maps().stream().flatMap(map -> map.entries().stream())
            .filter(entry -> entry instanceof CryptoMap.Static way && profile.equals(way.settings().isakmpProfile())).count()
            + crypto.ipsec().profiles().stream().filter(each -> profile.equals(each.settings().isakmpProfile())).count();
    }

    private static String identity(final PeerMatch match) {
        return switch (match) {
            case PeerMatch.Address address -> "ip-address " + address.prefix().address() + " " + Format.mask(address.prefix());
            case PeerMatch.Name name -> (name.type() == IkeIdentity.FQDN ? "fqdn " : "user-fqdn ") + name.name();
            case PeerMatch.Domain domain -> (domain.type() == IkeIdentity.FQDN ? "domain " : "user-fqdn domain ") + domain.domain();
            case PeerMatch.Any any -> "any";
        };
    }
}
