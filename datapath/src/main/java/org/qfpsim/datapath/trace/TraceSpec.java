package org.qfpsim.datapath.trace;

import java.util.List;

/**
 * What is traced and how much of it is kept ({@code debug platform condition}, {@code debug platform packet-trace}).
 *
 * @param conditions packets that are meant: those that any condition holds for; none if there are none.
 * @param packets    records, {@value #MIN_PACKETS} to {@value #MAX_PACKETS}.
 * @param circular   whether the oldest record makes room; otherwise the first packets are kept.
 * @param fia        whether each step of a packet's path is written down, with the time that it took.
 * @param dataBytes  room for the path of a packet, {@value #MIN_DATA} to {@value #MAX_DATA} octets; a step takes 80.
 * @param only       which of the packets are recorded.
 * @param code       with {@link Only#DROPPED} the only drop ID, or {@link #ANY_CODE}.
 * @param copyInput  whether octets of the packet are kept as it came in.
 * @param copyOutput whether octets of the packet are kept as it left.
 * @param layer      where copies begin.
 * @param copyBytes  most octets of a copy, {@value #MIN_COPY} to {@value #MAX_COPY}.
 */
public record TraceSpec(List<Condition> conditions, int packets, boolean circular, boolean fia, int dataBytes, Only only, int code,
                        boolean copyInput, boolean copyOutput, Layer layer, int copyBytes) {
    /** Fewest records. */
    public static final int MIN_PACKETS = 16;
    /** Most records. */
    public static final int MAX_PACKETS = 8192;
    /** Least room for a path. */
    public static final int MIN_DATA = 2048;
    /** Most room for a path. */
    public static final int MAX_DATA = 16384;
    /** Shortest copy. */
    public static final int MIN_COPY = 16;
    /** Longest copy. */
    public static final int MAX_COPY = 2048;
    /** Octets of a copy if nothing is said. */
    public static final int DEFAULT_COPY = 64;
    /** Every drop. */
    public static final int ANY_CODE = 0;
    /** Most octets of everything that a trace keeps. */
    public static final long MAX_MEMORY = 64L << 20;

    static final int STEP_BYTES = 80;

    /** Which packets are recorded, of those that are meant. */
    public enum Only {
        /** All. */
        ALL,
        /** Those that are dropped. */
        DROPPED,
        /** Those that are sent up. */
        PUNTED
    }

    /** The first octet of a copy. */
    public enum Layer {
        /** The link layer's header. */
        L2,
        /** The IP header, or what follows the link layer's. */
        L3,
        /** The header behind the IP header, if there is one. */
        L4
    }

    /** Checks every range. */
    public TraceSpec {
        conditions = List.copyOf(conditions);
        check("packets", packets, MIN_PACKETS, MAX_PACKETS);
        check("data size", dataBytes, MIN_DATA, MAX_DATA);
        check("copy size", copyBytes, MIN_COPY, MAX_COPY);
        check("code", code, ANY_CODE, Short.MAX_VALUE);
        if (memory(packets, dataBytes, copyBytes) > MAX_MEMORY) {
            throw new IllegalArgumentException("a trace of " + packets + " packets with " + dataBytes + " octets of data is more than "
                + MAX_MEMORY + " octets");
        }
    }

    private static void check(final String what, final int value, final int low, final int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(what + " " + value + " is not within " + low + " to " + high);
        }
    }

    private static long memory(final int packets, final int dataBytes, final int copyBytes) {
        return (long) packets * (TraceBuffer.HEADER + dataBytes + 2L * copyBytes);
    }

    /** Octets that the records take. */
    public long memory() {
        return memory(packets, dataBytes, copyBytes);
    }

    int recordBytes() {
        return TraceBuffer.HEADER + dataBytes + 2 * copyBytes;
    }
}
