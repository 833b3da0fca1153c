package org.qfpsim.datapath.support;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.Egress;

/** Writes down every verdict and every packet that leaves. */
public final class Recorder implements CommitObserver, Egress {
    private final List<Event> events = new ArrayList<>();
    private final List<byte[]> sent = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private int held;

    /** Verdicts in the order in which they became final. */
    public List<Event> events() {
        return events;
    }

    /** What left. */
    public List<byte[]> sent() {
        return sent;
    }

    /** How many frames were fragments that had to wait. */
    public int held() {
        return held;
    }

    /** Refuses packets from now on, after some more. */
    public void roomFor(final int packets) {
        room = packets;
    }

    @Override
    public void committed(final UnsafeBuffer ring, final int slot, final int verdict) {
        events.add(new Event(ring.getLong(slot + Slot.ARRIVAL), verdict, -1, verdict == Verdict.FORWARD ? packet(ring, slot) : null));
    }

    private static byte @Nullable [] packet(final UnsafeBuffer ring, final int slot) {
        final byte[] packet = new byte[ring.getInt(slot + Slot.PAYLOAD_LENGTH)];
        ring.getBytes(ring.getInt(slot + Slot.PAYLOAD_OFFSET), packet);
        return packet;
    }

    @Override
    public void held(final UnsafeBuffer ring, final int slot) {
        held++;
    }

    @Override
    public void released(final long arrival, final int verdict, final long completing) {
        events.add(new Event(arrival, verdict, completing, null));
    }

    @Override
    public boolean transmit(final UnsafeBuffer buffer, final int offset, final int length, final long nanos) {
        if (room <= 0) {
            return false;
        }
        room--;
        final byte[] packet = new byte[length];
        buffer.getBytes(offset, packet);
        sent.add(packet);
        return true;
    }
}
