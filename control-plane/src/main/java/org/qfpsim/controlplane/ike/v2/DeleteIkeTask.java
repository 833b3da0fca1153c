package org.qfpsim.controlplane.ike.v2;

import java.util.List;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.Proposal;

/**
 * Deletes the IKE SA that it is sent over (RFC 7296 section 1.4.1).
 *
 * @param lifecycle ends it.
 */
record DeleteIkeTask(Lifecycle lifecycle) implements Task {
    @Override
    public int exchange() {
        return Header.INFORMATIONAL;
    }

    @Override
    public List<Payload> start(final IkeSa sa) {
        sa.say(() -> "Sending DELETE INFO message for IKE SA");
        return List.of(new Payload.Delete(Proposal.IKE, List.of()));
    }

    @Override
    public void answered(final IkeSa sa, final Payloads response) {
        lifecycle.close(sa, "deleted", true);
    }

    @Override
    public void failed(final String reason) {
        // The IKE SA is gone without it.
    }
}
