package org.qfpsim.datapath.crypto;

import java.lang.foreign.Arena;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/**
 * Packets to be opened together, a cache line off heap for each, and room in it for what a transform puts together for its algorithm.
 * A packet's place is its tag.
 *
 * <pre>
 *    0 key handle (8)      8 address of the SPI (8)     16 octets from there to the end of the ICV (4)
 *   20 ESN (4)             1 if the SA uses it          24 high half of the sequence number (4)
 *   28 transform (4)       number of what opens it
 *   32 source (8)          address of the SPI where the packet is read: as above, or that of a frame that was lent
 *   40 beside (24)         the transform's own
 * </pre>
 */
public final class OpenBatch {
    /** Octets from one packet to the next. */
    public static final int STRIDE = 64;
    /** Where {@link #BESIDE_BYTES} of the transform's own are. */
    public static final int BESIDE = 40;
    /** How many they are. */
    public static final int BESIDE_BYTES = STRIDE - BESIDE;

    private static final int NONE = -1;
    private static final int SEVERAL = -2;

    private static final int ESP = 8;
    private static final int LENGTH = 16;
    private static final int EXTENDED = 20;
    private static final int SEQ_HIGH = 24;
    private static final int TRANSFORM = 28;
    private static final int SOURCE = 32;

    private final Arena arena = Arena.ofAuto();
    private final long base;
    private final int[] status;
    /** Of the packets so far, if it is the same of all of them. */
    private int transform = NONE;

    /**
     * Makes an empty batch.
     *
     * @param most packets, 1 to {@link CryptoLane#MAX_PENDING}.
     */
    public OpenBatch(final int most) {
        base = RawMemory.allocate(arena, (long) most * STRIDE);
        status = new int[most];
    }

    /**
     * Describes a packet; parameters as in {@link EspTransform#open(long, long, int, boolean, int, int)}.
     *
     * @param at        where it is described, see {@link #at}.
     * @param transform number of what opens it, see {@link org.qfpsim.datapath.sa.Transforms}.
     * @param keyHandle from {@link CryptoBackend#install}.
     * @param esp       address of the SPI.
     * @param length    octets from the SPI to the end of the ICV.
     * @param esn       whether the SA uses extended sequence numbers.
     * @param seqHigh   the high half of the sequence number, used when {@code esn}.
     * @param source    address of the SPI where the packet is read: {@code esp}, or somewhere else, while at {@code esp} there is nothing
     *                  but ESP header and a counter mode's IV yet.
     */
    public static void put(final long at, final int transform, final long keyHandle, final long esp, final int length, final boolean esn,
                           final int seqHigh, final long source) {
        RawMemory.putLong(at, keyHandle);
        RawMemory.putLong(at + ESP, esp);
        RawMemory.putLong(at + LENGTH, length | (esn ? 1L << 32 : 0));
        RawMemory.putLong(at + SEQ_HIGH, seqHigh & 0xffff_ffffL | (long) transform << 32);
        RawMemory.putLong(at + SOURCE, source);
    }

    /** Begins a batch. */
    public void begin() {
        transform = NONE;
    }

    /** Says what opens packets that are described: whoever describes some calls this before they are opened. */
    public void expect(final int number) {
        transform = transform == NONE || transform == number ? number : SEVERAL;
    }

    /** Whether one transform opens all packets. */
    public boolean isUniform() {
        return transform != SEVERAL;
    }

    /** Where a packet is described; the others are {@link #STRIDE} octets apart. */
    public long at(final int tag) {
        assert tag >= 0 && tag < status.length;
        return base + (long) tag * STRIDE;
    }

    /** The key handle of a packet described at an address. */
    public static long keyHandle(final long at) {
        return RawMemory.getLong(at);
    }

    /** Address of its SPI. */
    public static long esp(final long at) {
        return RawMemory.getLong(at + ESP);
    }

    /** Address of its SPI where it is to be read. */
    public static long source(final long at) {
        return RawMemory.getLong(at + SOURCE);
    }

    /** Octets from SPI to the end of the ICV. */
    public static int length(final long at) {
        return RawMemory.getInt(at + LENGTH);
    }

    /** Whether its SA uses extended sequence numbers. */
    public static boolean extended(final long at) {
        return RawMemory.getInt(at + EXTENDED) != 0;
    }

    /** High half of its sequence number. */
    public static int seqHigh(final long at) {
        return RawMemory.getInt(at + SEQ_HIGH);
    }

    /** Number of what opens it. */
    public static int transform(final long at) {
        return RawMemory.getInt(at + TRANSFORM);
    }

    /** What became of the packets, by tag: written by the transform. */
    public int[] status() {
        return status;
    }
}
