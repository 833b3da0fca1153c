package org.qfpsim.controlplane.neighbor;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.qfpsim.controlplane.support.StandInDatapath;

/** A datapath that writes down what it is asked for and does nothing. */
public final class RecordingDatapath extends StandInDatapath {
    /** A frame, with the interface that it left through. */
    public record Frame(int port, byte[] octets) {
    }

    public final List<byte[]> packets = new ArrayList<>();
    public final List<Frame> frames = new ArrayList<>();

    private static byte[] octets(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] octets = new byte[length];
        buffer.getBytes(offset, octets);
        return octets;
    }

    /** Takes the frames that were sent so far. */
    public List<Frame> take() {
        final List<Frame> taken = List.copyOf(frames);
        frames.clear();
        return taken;
    }

    @Override
    public boolean inject(final DirectBuffer packet, final int offset, final int length, final long nanos) {
        return packets.add(octets(packet, offset, length));
    }

    @Override
    public boolean injectFrame(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        return frames.add(new Frame(interfaceIndex, octets(frame, offset, length)));
    }
}
