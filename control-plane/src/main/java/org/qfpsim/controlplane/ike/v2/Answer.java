package org.qfpsim.controlplane.ike.v2;

import java.util.List;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;

/**
 * Our response to a request.
 *
 * @param payloads what is in it.
 * @param after    what is done when it has been sent.
 */
record Answer(List<Payload> payloads, Runnable after) {
    private static final Runnable NOTHING = () -> {
    };

    static Answer of(final List<Payload> payloads) {
        return new Answer(payloads, NOTHING);
    }

    static Answer error(final int code) {
        return of(List.of(new Payload.Notify(code)));
    }

    /** An error whose data is a number of 16 bits: the wanted group. */
    static Answer wantedGroup(final int group) {
        return of(List.of(new Payload.Notify(NotifyType.INVALID_KE_PAYLOAD, new byte[] {(byte) (group >> 8), (byte) group})));
    }
}
