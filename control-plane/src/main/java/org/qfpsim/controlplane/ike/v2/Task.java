package org.qfpsim.controlplane.ike.v2;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.Payload;

/** One exchange that we begin. {@link RequestLane} calls exactly one of {@link #answered} and {@link #failed} after a start. */
interface Task {
    /** How often and how long a request is sent again; the values are ours (RFC 7296 section 2.4 leaves them open). */
    record Retry(long firstNanos, boolean doubling, int times) {
        /** After 2, 4, 8, 16, 30, 30 seconds; given up 30 seconds later, 2 minutes after the first. */
        static final Retry STANDARD = new Retry(Ikev2Context.seconds(2), true, 6);

        private static final long LONGEST_NANOS = Ikev2Context.seconds(30);

        long after(final int sent) {
            return doubling ? Math.min(LONGEST_NANOS, firstNanos << Math.min(sent, 10)) : firstNanos;
        }
    }

    /** The exchange type, such as {@link Header#INFORMATIONAL}. */
    int exchange();

    /** The payloads of the request; null if there is nothing to do any more. */
    @Nullable List<Payload> start(IkeSa sa);

    /** The response came. */
    void answered(IkeSa sa, Payloads response);

    /** There will be no response, or nothing may come of it, because the IKE SA ends. */
    void failed(String reason);

    /** When it is sent again. */
    default Retry retry() {
        return Retry.STANDARD;
    }
}
