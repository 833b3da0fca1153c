package org.qfpsim.datapath.trace;

import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.IpAddress;

/** A copy of one record, to be read at leisure. */
public final class TraceRecord {
    /** Interface that is not known, or not one. */
    public static final int NO_INTERFACE = -1;
    /** The way to the route processor. */
    public static final int TO_RP = -2;

    private final UnsafeBuffer buffer;
    private final TraceSpec spec;

    TraceRecord(final UnsafeBuffer buffer, final TraceSpec spec) {
        this.buffer = buffer;
        this.spec = spec;
    }

    /**
     * A step of the path.
     *
     * @param kind    what was done.
     * @param input   interface that the packet had come in by.
     * @param output  interface that it was to leave through, or {@link #NO_INTERFACE}.
     * @param nanos   how long it took; 0 unless every step is recorded.
     * @param numbers eight, see {@link TraceStep}.
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Step(TraceStep kind, int input, int output, int nanos, long[] numbers) {
        /**
         * An address.
         *
         * @param first its first number.
         * @param v6    whether it is one of IPv6.
         * @return the address.
         */
        public IpAddress address(final int first, final boolean v6) {
            return new IpAddress(v6, numbers[first], numbers[first + 1]);
        }
    }

    /** Octets of a packet: from where on, those that were kept, and how many there were. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Copy(Form form, int type, byte[] octets, int length) {
    }

    /** What a copy begins with. */
    public enum Form {
        /** An Ethernet header. */
        ETHERNET,
        /** An IP header. */
        IP,
        /** The header behind an IP header; the type is the protocol. */
        UPPER,
        /** What an Ethernet frame carries that is not IP; the type is that of the frame. */
        PAYLOAD
    }

    /** Number among the packets that the conditions meant, from 0. */
    public long meant() {
        return buffer.getLong(TraceBuffer.MEANT);
    }

    /** Time of arrival, on the packets' clock. */
    public long startNanos() {
        return buffer.getLong(TraceBuffer.START);
    }

    /** Measured time from an engine's first look to gather's last. */
    public long lapsedNanos() {
        return buffer.getLong(TraceBuffer.LAPSED);
    }

    /** Interface that it came in by; {@link #NO_INTERFACE} if it was injected. */
    public int input() {
        return buffer.getInt(TraceBuffer.INPUT);
    }

    /** Cause of the injection, or 0. */
    public int inject() {
        return buffer.getInt(TraceBuffer.INJECT);
    }

    /** Interface that it left through, {@link #TO_RP}, or {@link #NO_INTERFACE}. */
    public int output() {
        return buffer.getInt(TraceBuffer.OUTPUT);
    }

    /** What became of it: a {@code Verdict}. */
    public int verdict() {
        return buffer.getInt(TraceBuffer.VERDICT);
    }

    /** Steps of the path. */
    public int steps() {
        return buffer.getInt(TraceBuffer.STEPS);
    }

    /** Steps that there was no room for. */
    public int lostSteps() {
        return buffer.getInt(TraceBuffer.LOST_STEPS);
    }

    /**
     * A step.
     *
     * @param index from 0.
     * @return the step.
     */
    public Step step(final int index) {
        final int at = TraceBuffer.HEADER + index * TraceSpec.STEP_BYTES;
        final long[] numbers = new long[8];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = buffer.getLong(at + 16 + i * Long.BYTES);
        }
        return new Step(TraceStep.of(buffer.getInt(at)), buffer.getInt(at + 4), buffer.getInt(at + 8), buffer.getInt(at + 12), numbers);
    }

    /** The packet as it came in; no octets if they were not kept. */
    public Copy in() {
        return copy(TraceBuffer.IN_COPIED, TraceBuffer.HEADER + spec.dataBytes(), TraceBuffer.IN_FORM);
    }

    /** The packet as it left; no octets if they were not kept or it did not leave. */
    public Copy out() {
        return copy(TraceBuffer.OUT_COPIED, TraceBuffer.HEADER + spec.dataBytes() + spec.copyBytes(), TraceBuffer.OUT_FORM);
    }

    private Copy copy(final int field, final int at, final int form) {
        final byte[] octets = new byte[buffer.getInt(field)];
        buffer.getBytes(at, octets);
        final int begins = buffer.getInt(form);
        return new Copy(Form.values()[begins & 0xffff], begins >>> 16, octets, buffer.getInt(field + 4));
    }
}
