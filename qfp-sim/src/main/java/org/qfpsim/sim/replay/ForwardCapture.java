package org.qfpsim.sim.replay;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.controlplane.capture.PcapngWriter;
import org.qfpsim.datapath.pipeline.Egress;

/** Writes every packet that leaves, as it leaves. */
final class ForwardCapture implements Egress {
    private final PcapngWriter out;
    private final int interfaceNumber;
    private final FirstFailure failure;

    ForwardCapture(final PcapngWriter out, final int interfaceNumber, final FirstFailure failure) {
        this.out = out;
        this.failure = failure;
        this.interfaceNumber = interfaceNumber;
    }

    @Override
    public boolean transmit(final UnsafeBuffer buffer, final int offset, final int length, final long nanos) {
        final byte[] packet = new byte[length];
        buffer.getBytes(offset, packet);
        failure.attempt(() -> out.write(interfaceNumber, nanos, ByteBuffer.wrap(packet), length, null));
        return true;
    }
}
