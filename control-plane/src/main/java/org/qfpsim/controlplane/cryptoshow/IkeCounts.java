package org.qfpsim.controlplane.cryptoshow;

import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.IkeService.IkeSaInfo;
import org.qfpsim.controlplane.ike.v1.Ikev1Counter;
import org.qfpsim.controlplane.ike.v1.Ikev1Service;
import org.qfpsim.controlplane.ike.v2.Ikev2Event;
import org.qfpsim.controlplane.ike.v2.Ikev2Service;
import org.qfpsim.controlplane.router.ControlPlane;

/**
 * How often IKE SAs were asked for, and how many there are, of one version or both.
 *
 * @param answered       requests of peers that were taken.
 * @param refused        requests of peers that were refused because too many were in negotiation.
 * @param malformed      messages that were dropped because they cannot be read.
 * @param begun          requests of ours that were sent.
 * @param heldBack       requests of ours that were not sent because too many were in negotiation.
 * @param in             SAs that peers have begun and that are up.
 * @param inNegotiating  SAs that peers have begun and that are not up.
 * @param out            SAs that we have begun and that are up.
 * @param outNegotiating SAs that we have begun and that are not up.
 * @param challenged     first requests that were answered with a cookie.
 * @param returned       cookies that came back right.
 */
record IkeCounts(long answered, long refused, long malformed, long begun, long heldBack, long in, long inNegotiating, long out,
                 long outNegotiating, long challenged, long returned) {
    private static final IkeCounts NONE = new IkeCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Of a version; 0 for both. */
    static IkeCounts of(final ControlPlane plane, final int version) {
        IkeCounts sum = NONE;
        for (final IkeService service : plane.ike()) {
            if (version == 0 || service.version() == version) {
                sum = sum.plus(of(service));
            }
        }
        return sum;
    }

    private static IkeCounts of(final IkeService service) {
        final long[] sas = new long[4];
        for (final IkeSaInfo sa : service.ikeSas()) {
            final boolean up = !sa.state().equals("IN-NEG") && !sa.state().startsWith("MM_") && !sa.state().startsWith("AG_");
            sas[(sa.initiator() ? 2 : 0) + (up ? 0 : 1)]++;
        }
        return switch (service) {
            case Ikev1Service v1 -> new IkeCounts(v1.count(Ikev1Counter.ANSWERED), v1.count(Ikev1Counter.REFUSED),
                v1.count(Ikev1Counter.MALFORMED), v1.count(Ikev1Counter.BEGUN), v1.count(Ikev1Counter.HELD_BACK), sas[0], sas[1], sas[2],
                sas[3], 0, 0);
            case Ikev2Service v2 -> new IkeCounts(v2.count(Ikev2Event.ANSWERED), v2.count(Ikev2Event.NOT_ADMITTED),
                v2.count(Ikev2Event.MALFORMED), v2.count(Ikev2Event.BEGUN), v2.count(Ikev2Event.HELD_BACK), sas[0], sas[1], sas[2],
                sas[3], v2.count(Ikev2Event.COOKIE_SENT), v2.count(Ikev2Event.COOKIE_RETURNED));
            default -> new IkeCounts(0, 0, 0, 0, 0, sas[0], sas[1], sas[2], sas[3], 0, 0);
        };
    }

    private IkeCounts plus(final IkeCounts other) {
        return new IkeCounts(answered + other.answered, refused + other.refused, malformed + other.malformed, begun + other.begun,
            heldBack + other.heldBack, in + other.in, inNegotiating + other.inNegotiating, out + other.out,
            outNegotiating + other.outNegotiating, challenged + other.challenged, returned + other.returned);
    }

    /** What was counted since an earlier time; SAs are those of now. */
    IkeCounts since(final IkeCounts then) {
        return new IkeCounts(answered - then.answered, refused - then.refused, malformed - then.malformed, begun - then.begun,
            heldBack - then.heldBack, in, inNegotiating, out, outNegotiating, challenged - then.challenged, returned - then.returned);
    }
}
