package org.qfpsim.controlplane.cryptoshow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.DpdConfig;
import org.qfpsim.controlplane.config.model.Ikev2Config;
import org.qfpsim.controlplane.config.model.LocalIdentity;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code show crypto ikev2 proposal|policy|profile}: the configuration of IKEv2. Keys are never shown. */
final class Ikev2Tables {
    private static final IpAddress ANY = new IpAddress(false, 0, 0);

    private final ControlPlane plane;

    Ikev2Tables(final ControlPlane plane) {
        this.plane = plane;
    }

    private Ikev2Config ikev2() {
        return plane.config().crypto().ikev2();
    }

    /** The default proposal holds while no policy names another one. */
    String proposals(final @Nullable String name) {
        final StringBuilder text = new StringBuilder();
        if (ikev2().policies().isEmpty() && (name == null || name.equals("default"))) {
            plane.ikeConfig().proposals(2, ANY, ANY).forEach(each -> text.append(proposal("default", each)));
        }
        for (final Ikev2Config.Proposal each : ikev2().proposals()) {
            if (name == null || name.equals(each.name())) {
                text.append(proposal(each.name(), new IkeProposal(0, each.ciphers(), each.hashes(), each.prfs(), each.groups(), 0)));
            }
        }
        return text.toString();
    }

    private static String proposal(final String name, final IkeProposal proposal) {
        final List<String> prfs = proposal.prfs().isEmpty() ? proposal.hashes() : proposal.prfs();
        return " IKEv2 proposal: " + name + "\n     Encryption : " + upper(proposal.ciphers()) + "\n     Integrity  : "
            + (proposal.hashes().isEmpty() ? "none" : proposal.hashes().stream().map(Format::integrity).collect(Collectors.joining(" ")))
            + "\n     PRF        : " + upper(prfs) + "\n     DH Group   : "
            + proposal.groups().stream().map(Format::groupName).collect(Collectors.joining(" ")) + "\n";
    }

    private static String upper(final List<String> names) {
        return String.join(" ", names).toUpperCase(Locale.ROOT);
    }

    String policies(final @Nullable String name) {
        final List<Ikev2Config.Policy> all = new ArrayList<>(ikev2().policies());
        if (all.isEmpty()) {
            all.add(new Ikev2Config.Policy("default", List.of(), List.of("default")));
        }
        final StringBuilder text = new StringBuilder();
        for (final Ikev2Config.Policy each : all) {
            if (name == null || name.equals(each.name())) {
                text.append("\n IKEv2 policy : ").append(each.name()).append("\n      Match fvrf : any\n");
                text.append("      Match address local : ").append(each.locals().isEmpty() ? "any"
                    : each.locals().stream().map(IpAddress::toString).collect(Collectors.joining(" "))).append('\n');
                each.proposals().forEach(proposal -> text.append("      Proposal    : ").append(proposal).append('\n'));
            }
        }
        return text.append('\n').toString();
    }

    String profiles(final @Nullable String name) {
        final StringBuilder text = new StringBuilder();
        ikev2().profiles().stream().filter(each -> name == null || name.equals(each.name()))
            .forEach(each -> text.append('\n').append(profile(each)));
        return text.toString();
    }

    private String profile(final Ikev2Config.Profile profile) {
        final StringBuilder text = new StringBuilder("IKEv2 profile: ").append(profile.name()).append("\n Shutdown : No\n Ref Count: ")
            .append(references(profile.name())).append("\n Match criteria: \n  Fvrf: global\n  Local address/interface: ")
            .append("none\n  Identities:").append(profile.remotes().isEmpty() ? " none" : "")
            .append('\n');
        profile.remotes().forEach(match -> text.append("   ").append(match(match)).append('\n'));
        return text.append("  Certificate maps: none\n Local identity: ").append(local(profile.identity()))
            .append("\n Remote identity: none\n Local authentication method: ").append(profile.localPreShare() ? "pre-share" : "none")
            .append("\n Remote authentication method(s): ").append(profile.remotePreShare() ? "pre-share" : "none")
            .append("\n EAP options: none\n Keyring: ").append(profile.keyring() == null ? "none" : profile.keyring())
            .append("\n Trustpoint(s): none\n Lifetime: ").append(profile.seconds()).append(" seconds\n DPD: ").append(dpd(profile))
            .append("\n NAT-keepalive: ").append(ikev2().natKeepalive() == 0 ? "disabled" : ikev2().natKeepalive() + " seconds")
            .append("\n Ivrf: none\n Virtual-template: none\n mode auto: none\n AAA AnyConnect EAP authentication mlist: none\n")
            .append(" AAA EAP authentication mlist: none\n AAA authentication mlist: none\n AAA Accounting: none\n")
            .append(" AAA group authorization: none\n AAA user authorization: none\n").toString();
    }

    private long references(final String profile) {
        return plane.config().crypto().ipsec().profiles().stream().filter(each -> profile.equals(each.settings().ikev2Profile())).count()
            + plane.flows().stream().filter(flow -> flow.policy().version() == 2 && !flow.attachment().tunnel()).count();
    }

    private String dpd(final Ikev2Config.Profile profile) {
        final DpdConfig dpd = profile.dpd() == null ? ikev2().dpd() : profile.dpd();
        return dpd == null ? "disabled" : "interval " + dpd.seconds() + ", retry-interval " + dpd.retry() + ", "
            + (dpd.periodic() ? "periodic" : "on-demand");
    }

    private static String local(final LocalIdentity identity) {
        return switch (identity.kind()) {
            case ADDRESS -> identity.address() == null ? "none" : "address " + identity.address();
            case FQDN -> "fqdn" + (identity.name() == null ? "" : " " + identity.name());
            case USER_FQDN -> "email " + identity.name();
            case KEY_ID -> "key-id " + identity.name();
        };
    }

    private static String match(final PeerMatch match) {
        return switch (match) {
            case PeerMatch.Address address -> "address " + address.prefix().address() + " " + Format.mask(address.prefix());
            case PeerMatch.Name name -> type(name.type()) + " " + name.name();
            case PeerMatch.Domain domain -> type(domain.type()) + " domain " + domain.domain();
            case PeerMatch.Any any -> "any";
        };
    }

    private static String type(final int type) {
        return type == IkeIdentity.FQDN ? "fqdn" : type == IkeIdentity.USER_FQDN ? "email" : "key-id";
    }
}
