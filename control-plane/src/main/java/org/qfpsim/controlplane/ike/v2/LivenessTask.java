package org.qfpsim.controlplane.ike.v2;

import java.util.List;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.Payload;

/**
 * An empty INFORMATIONAL request: any response proves that the peer is alive (RFC 7296 section 1.4).
 *
 * @param retry from the configuration of dead peer detection.
 */
record LivenessTask(Retry retry) implements Task {
    @Override
    public int exchange() {
        return Header.INFORMATIONAL;
    }

    @Override
    public List<Payload> start(final IkeSa sa) {
        sa.say(() -> "Sending DPD/liveness query");
        return List.of();
    }

    @Override
    public void answered(final IkeSa sa, final Payloads response) {
        sa.say(() -> "Received DPD/liveness query response");
    }

    @Override
    public void failed(final String reason) {
        // Whoever ended the IKE SA has said so.
    }
}
