package org.qfpsim.sim.traffic;

import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.Net;

/** Ethernet frames made ahead, in one off-heap arena, with the time of each. */
final class FrameBatch {
    static final int ETHERNET_HEADER = 14;
    private static final int FRAME_ROOM = 2048;
    private static final long DESTINATION_MAC = 0x02000000000bL;
    private static final long SOURCE_MAC = 0x02000000000aL;

    private final UnsafeBuffer arena;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final int[] lengths;
    private final long[] times;
    private int count;

    FrameBatch(final int frames) {
        arena = new UnsafeBuffer(BufferUtil.allocateDirectAligned(frames * FRAME_ROOM, 64));
        lengths = new int[frames];
        times = new long[frames];
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == lengths.length;
    }

    UnsafeBuffer arena() {
        return arena;
    }

    /** Offset of the next frame. */
    int next() {
        return count * FRAME_ROOM;
    }

    /** Writes the Ethernet header of the next frame; the packet goes behind it. */
    int begin(final boolean v6) {
        final int at = next();
        arena.putLong(at, DESTINATION_MAC << 16 | SOURCE_MAC >>> 32, ByteOrder.BIG_ENDIAN);
        arena.putInt(at + 8, (int) SOURCE_MAC, ByteOrder.BIG_ENDIAN);
        arena.putShort(at + 12, (short) (v6 ? Net.ETHERTYPE_IPV6 : Net.ETHERTYPE_IPV4), ByteOrder.BIG_ENDIAN);
        return at + ETHERNET_HEADER;
    }

    /** Completes the next frame. */
    void end(final int packetBytes, final long nanos) {
        lengths[count] = ETHERNET_HEADER + packetBytes;
        times[count] = nanos;
        count++;
    }

    /** Appends a copy of an earlier frame. */
    void repeat(final int frame, final long nanos) {
        arena.putBytes(next(), arena, frame * FRAME_ROOM, lengths[frame]);
        end(lengths[frame] - ETHERNET_HEADER, nanos);
    }

    /** A frame as a buffer that starts at its first octet; the same object every time. */
    UnsafeBuffer frame(final int i) {
        view.wrap(arena, i * FRAME_ROOM, lengths[i]);
        return view;
    }

    int length(final int i) {
        return lengths[i];
    }

    long time(final int i) {
        return times[i];
    }
}
