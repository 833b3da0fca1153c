package org.qfpsim.controlplane.cryptoshow;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.CryptoConfig;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.kmi.KmiCounts;
import org.qfpsim.controlplane.kmi.KmiCounts.Kmi;
import org.qfpsim.controlplane.router.ControlPlane;

/** {@code show crypto call admission statistics} and {@code show crypto ikev2 stats}. What is not limited or not there is 0. */
final class AdmissionTable {
    private final ControlPlane plane;
    private @Nullable IkeCounts cleared;

    AdmissionTable(final ControlPlane plane) {
        this.plane = plane;
    }

    /** {@code clear crypto call admission statistics}. */
    void clear() {
        cleared = IkeCounts.of(plane, 0);
        plane.kmi().counts().clear();
    }

    String admission() {
        final IkeCounts all = IkeCounts.of(plane, 0);
        return ikeAdmission(cleared == null ? all : all.since(cleared)) + ipsecAdmission();
    }

    private String ikeAdmission(final IkeCounts ike) {
        final CryptoConfig.Admission limits = plane.config().crypto().admission();
        final long active = ike.in() + ike.out();
        final long negotiating = ike.inNegotiating() + ike.outNegotiating();
        final long rejected = ike.refused() + ike.heldBack();
        return String.format(Locale.ROOT, """
            ---------------------------------------------------------------------
                           Crypto Call Admission Control Statistics
            ---------------------------------------------------------------------
            System Resource Limit: %8d Max IKE SAs: %5d Max in nego: %5d
            Total IKE SA Count:    %8d active:      %5d negotiating: %5d
            Incoming IKE Requests: %8d accepted: %8d rejected: %8d
            Outgoing IKE Requests: %8d accepted: %8d rejected: %8d
            Rejected IKE Requests: %8d rsrc low: %8d Active SA limit: %d
                                                               In-neg SA limit: %d
            IKE packets dropped at dispatch: %8d

            """, 0, limits.ikeSas(), limits.inNegotiation(), active + negotiating, active, negotiating, ike.answered() + ike.refused(),
            ike.answered(), ike.refused(), ike.begun() + ike.heldBack(), ike.begun(), ike.heldBack(), rejected, 0, 0, rejected,
            ike.malformed());
    }

    private String ipsecAdmission() {
        final KmiCounts kmi = plane.kmi().counts();
        final long pairs = plane.ipsec().pairs().size();
        final long waiting = plane.ipsec().pairs().stream().filter(pair -> pair.is(SaPair.State.INBOUND_ONLY)).count();
        return String.format(Locale.ROOT, """
            Max IPSEC SAs: %5d
            Total IPSEC SA Count:    %8d active:   %8d negotiating: %5d
            Incoming IPSEC Requests: %8d accepted: %8d rejected: %8d
            Outgoing IPSEC Requests: %8d accepted: %8d rejected: %8d
            SA Strength Enforcement Rejects:  incoming: %8d outgoing: %8d

            Phase1.5 SAs under negotiation: %9d
            """, 0, pairs, pairs - waiting, waiting, kmi.sinceCleared(Kmi.PROPOSED), kmi.sinceCleared(Kmi.ACCEPTED),
            kmi.sinceCleared(Kmi.DECLINED), kmi.sinceCleared(Kmi.REQUESTED), kmi.sinceCleared(Kmi.GRANTED),
            kmi.sinceCleared(Kmi.FAILED), 0, 0, 0);
    }

    String ikev2() {
        final IkeCounts ike = IkeCounts.of(plane, 2);
        final int most = plane.ikeConfig().maxInNegotiation(2);
        final long rejected = ike.refused() + ike.heldBack();
        return String.format(Locale.ROOT, """
            --------------------------------------------------------------------------------
                                      Crypto IKEv2 SA Statistics
            --------------------------------------------------------------------------------
            System Resource Limit:   %-8d Max IKEv2 SAs: %-8d Max in nego(in/out): %d/%d
            Total incoming IKEv2 SA Count:    %-8d active:        %-8d negotiating: %-6d
            Total outgoing IKEv2 SA Count:    %-8d active:        %-8d negotiating: %-6d
            Incoming IKEv2 Requests: %-8d accepted:      %-8d rejected:    %-8d
            Outgoing IKEv2 Requests: %-8d accepted:      %-8d rejected:    %-8d
            Rejected IKEv2 Requests: %-8d rsrc low:      %-8d SA limit:    %-8d
            IKEv2 packets dropped at dispatch: %-8d
            Incoming Requests dropped as LOW Q limit reached : %-8d
            Incoming IKEV2 Cookie Challenged Requests: %-8d
                accepted: %-8d rejected: %-8d rejected no cookie: %-8d
            Total Deleted sessions of Cert Revoked Peers: %-8d
            """, 0, 0, most, most, ike.in() + ike.inNegotiating(), ike.in(), ike.inNegotiating(), ike.out() + ike.outNegotiating(),
            ike.out(), ike.outNegotiating(), ike.answered() + ike.refused(), ike.answered(), ike.refused(), ike.begun() + ike.heldBack(),
            ike.begun(), ike.heldBack(), rejected, 0, rejected, ike.malformed(), 0, ike.challenged(), ike.returned(), 0,
            ike.challenged(), 0);
    }
}
