package org.qfpsim.controlplane.cryptoshow;

import java.util.Locale;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.v1.Ikev1Counter;
import org.qfpsim.controlplane.ike.v1.Ikev1Service;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.FlowTotals;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.kmi.KmiCounts;
import org.qfpsim.controlplane.kmi.KmiCounts.Kmi;
import org.qfpsim.controlplane.router.ControlPlane;

/** {@code show crypto mib ipsec|isakmp flowmib global}. A tunnel is a pair of SAs, or an IKE SA. */
final class MibTable {
    private final ControlPlane plane;

    MibTable(final ControlPlane plane) {
        this.plane = plane;
    }

    private static String row(final String name, final long value) {
        return String.format(Locale.ROOT, "  %-34s%s\n", name + ":", Long.toUnsignedString(value));
    }

    private static String rows(final String... names) {
        final StringBuilder text = new StringBuilder();
        for (final String name : names) {
            text.append(row(name, 0));
        }
        return text.toString();
    }

    String ipsec() {
        FlowTotals totals = plane.kmi().counts().endedTotals();
        for (final SaPair pair : plane.ipsec().pairs()) {
            totals = totals.plus(pair.inboundUse(), pair.outboundUse());
        }
        long withoutSa = 0;
        for (final Flow flow : plane.ipsec().flows()) {
            withoutSa += plane.datapath().withoutSa(flow.id());
        }
        final long in = totals.packetsIn();
        final long out = totals.packetsOut();
        return "vrf Global\n" + row("Active Tunnels", plane.ipsec().pairs().size())
            + row("Previous Tunnels", plane.kmi().counts().endedPairs())
            + row("In octets", totals.octetsIn()) + row("Out octets", totals.octetsOut()) + row("In packets", in) + row("Out packets", out)
            + row("Uncompressed encrypted bytes", totals.octetsOut())
            + row("In packets drops", totals.replayed() + totals.unverified()) + row("Out packets drops", withoutSa)
            + row("In replay drops", totals.replayed()) + row("In authentications", in + totals.unverified())
            + row("Out authentications", out) + row("In decrypts", in) + row("Out encrypts", out)
            + rows("Compressed bytes", "Uncompressed bytes", "In uncompressed bytes", "Out uncompressed bytes", "In decrypt failures",
                "Out encrypt failures")
            + row("No SA failures", plane.recovery().packets()) + rows("Protocol use failures", "System capacity failures")
            + row("In authentication failures", totals.unverified()) + rows("Out authentication failures");
    }

    String isakmp() {
        final KmiCounts kmi = plane.kmi().counts();
        final IkeCounts ike = IkeCounts.of(plane, 1);
        long exchanges = 0;
        long rejected = 0;
        long badHash = 0;
        long failed = 0;
        for (final IkeService service : plane.ike()) {
            if (service instanceof Ikev1Service v1) {
                exchanges += v1.count(Ikev1Counter.PHASE2_DONE);
                rejected += v1.count(Ikev1Counter.PHASE2_FAILED);
                badHash += v1.count(Ikev1Counter.BAD_HASH);
                failed += v1.count(Ikev1Counter.PHASE1_FAILED);
            }
        }
        return "vrf Global\n" + row("Active Tunnels", ike.in() + ike.out())
            + row("Previous Tunnels", ike.answered() + ike.begun() - ike.in() - ike.out() - ike.inNegotiating() - ike.outNegotiating())
            + row("In octets", kmi.of(Kmi.OCTETS_IN)) + row("Out octets", kmi.of(Kmi.OCTETS_OUT))
            + row("In packets", kmi.of(Kmi.MESSAGES_IN)) + row("Out packets", kmi.of(Kmi.MESSAGES_OUT))
            + row("In packets drops", ike.malformed()) + row("P2 exchgs", exchanges) + row("P2 exchg rejects", rejected)
            + row("In IPSEC delete", kmi.of(Kmi.DELETES_IN)) + row("Out IPSEC delete", kmi.of(Kmi.DELETES_OUT))
            + row("SAs locally initiated", ike.begun()) + row("SAs remotely initiated", ike.answered())
            + row("SAs failed", failed) + row("System capacity failures", ike.refused() + ike.heldBack()) + row("Hash failures", badHash)
            + row("Invalid SPI", plane.recovery().packets());
    }
}
