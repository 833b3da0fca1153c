package org.qfpsim.datapath.trace;

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.packet.Net;

/** A record in the making, laid out as {@link TraceBuffer} has it. Gather's. */
final class TraceStage {
    /** Copy of a whole frame. */
    static final int FORM_ETHERNET = 0;
    /** Copy from the IP header on. */
    static final int FORM_IP = 1;
    /** Copy from the header behind the IP header on; the IP protocol is in the upper half. */
    static final int FORM_UPPER = 2;
    /** Copy of what an Ethernet frame without IP carries; the type is in the upper half. */
    static final int FORM_PAYLOAD = 3;
    /** What may stand in front of the octets that a copy from layer 4 on begins with. */
    static final int LONGEST_HEADERS = 128;

    private static final int ETHERNET = 14;
    private static final int STEP_NUMBERS = 16;

    final UnsafeBuffer buffer;
    private final TraceSpec spec;
    private final int most;
    private int steps;
    private int step;

    TraceStage(final TraceSpec spec) {
        this.spec = spec;
        most = spec.dataBytes() / TraceSpec.STEP_BYTES;
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(spec.recordBytes(), 64));
    }

    void begin(final long start, final int input) {
        steps = 0;
        buffer.putLong(TraceBuffer.START, start);
        buffer.putInt(TraceBuffer.INPUT, input);
        buffer.putInt(TraceBuffer.INJECT, 0);
        buffer.putInt(TraceBuffer.OUTPUT, TraceRecord.NO_INTERFACE);
        buffer.putInt(TraceBuffer.LOST_STEPS, 0);
        buffer.putLong(TraceBuffer.IN_COPIED, 0);
        buffer.putLong(TraceBuffer.OUT_COPIED, 0);
        buffer.putLong(TraceBuffer.IN_FORM, 0);
    }

    /** Begins a step; false if there is no room for it. */
    boolean step(final TraceStep kind, final int input, final int output, final long lapsed) {
        if (!spec.fia() && !kind.feature()) {
            return false;
        }
        if (steps == most) {
            buffer.putInt(TraceBuffer.LOST_STEPS, buffer.getInt(TraceBuffer.LOST_STEPS) + 1);
            return false;
        }
        step = TraceBuffer.HEADER + steps++ * TraceSpec.STEP_BYTES;
        buffer.putInt(step, kind.ordinal());
        buffer.putInt(step + 4, input);
        buffer.putInt(step + 8, output);
        buffer.putInt(step + 12, Math.clamp(lapsed, 0, Integer.MAX_VALUE));
        return true;
    }

    /** Sets a number of the step that was begun last. */
    void number(final int index, final long value) {
        buffer.putLong(step + STEP_NUMBERS + index * Long.BYTES, value);
    }

    void addresses(final long srcHigh, final long srcLow, final long dstHigh, final long dstLow) {
        number(2, srcHigh);
        number(3, srcLow);
        number(4, dstHigh);
        number(5, dstLow);
    }

    void output(final int port) {
        buffer.putInt(TraceBuffer.OUTPUT, port);
    }

    int output() {
        return buffer.getInt(TraceBuffer.OUTPUT);
    }

    void inject(final int cause) {
        buffer.putInt(TraceBuffer.INJECT, cause);
    }

    int inject() {
        return buffer.getInt(TraceBuffer.INJECT);
    }

    void copyInput(final DirectBuffer from, final int at, final int available, final int length, final int link) {
        copy(TraceBuffer.IN_COPIED, TraceBuffer.HEADER + spec.dataBytes(), TraceBuffer.IN_FORM, from, at, available, length, link);
    }

    void copyOutput(final DirectBuffer from, final int at, final int length, final int link) {
        if (spec.copyOutput() && buffer.getInt(TraceBuffer.OUT_LENGTH) == 0) {
            copy(TraceBuffer.OUT_COPIED, TraceBuffer.HEADER + spec.dataBytes() + spec.copyBytes(), TraceBuffer.OUT_FORM, from, at, length,
                length, link);
        }
    }

    private void copy(final int field, final int to, final int form, final DirectBuffer from, final int at, final int available,
                      final int length, final int link) {
        int skip = 0;
        int begins = link == LinkLayer.ETHERNET ? FORM_ETHERNET : FORM_IP;
        if (spec.layer() != TraceSpec.Layer.L2 && begins == FORM_ETHERNET && available >= ETHERNET) {
            final int type = Net.u16(from, at + ETHERNET - 2);
            skip = ETHERNET;
            begins = type == Net.ETHERTYPE_IPV4 || type == Net.ETHERTYPE_IPV6 ? FORM_IP : FORM_PAYLOAD | type << 16;
        }
        if (spec.layer() == TraceSpec.Layer.L4 && begins == FORM_IP) {
            final int first = available > skip ? Net.u8(from, at + skip) : 0;
            final int header = first >> 4 == 6 ? Net.IPV6_HEADER_BYTES : (first & 0xf) * 4;
            if (header >= Net.IPV4_HEADER_BYTES && available >= skip + header) {
                begins = FORM_UPPER | Net.u8(from, at + skip + (first >> 4 == 6 ? 6 : 9)) << 16;
                skip += header;
            }
        }
        final int copied = Math.min(spec.copyBytes(), available - skip);
        buffer.putBytes(to, from, at + skip, copied);
        buffer.putInt(field, copied);
        buffer.putInt(field + 4, length - skip);
        buffer.putInt(form, begins);
    }

    void end(final int verdict, final long lapsed, final long meant) {
        buffer.putInt(TraceBuffer.STEPS, steps);
        buffer.putInt(TraceBuffer.VERDICT, verdict);
        buffer.putLong(TraceBuffer.LAPSED, lapsed);
        buffer.putLong(TraceBuffer.MEANT, meant);
    }
}
