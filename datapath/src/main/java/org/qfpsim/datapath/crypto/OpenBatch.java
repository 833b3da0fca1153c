package org.qfpsim.datapath.crypto;

/**
 * Packets to be opened together: parallel arrays, so that a transform reads what it needs in one stream and keeps its own fields in
 * registers from one packet to the next. A packet's place is its tag.
 */
public final class OpenBatch {
    private final long[] keyHandles;
    private final long[] packets;
    private final int[] lengths;
    private final boolean[] extended;
    private final int[] seqHighs;
    private final int[] status;

    /**
     * Makes an empty batch.
     *
     * @param most packets, 1 to {@link CryptoLane#MAX_PENDING}.
     */
    public OpenBatch(final int most) {
        keyHandles = new long[most];
        packets = new long[most];
        lengths = new int[most];
        extended = new boolean[most];
        seqHighs = new int[most];
        status = new int[most];
    }

    /**
     * Describes a packet; parameters as in {@link EspTransform#open(long, long, int, boolean, int, int)}.
     *
     * @param tag       its place.
     * @param keyHandle from {@link CryptoBackend#install}.
     * @param esp       address of the SPI.
     * @param length    octets from the SPI to the end of the ICV.
     * @param esn       whether the SA uses extended sequence numbers.
     * @param seqHigh   the high half of the sequence number, used when {@code esn}.
     */
    public void put(final int tag, final long keyHandle, final long esp, final int length, final boolean esn, final int seqHigh) {
        keyHandles[tag] = keyHandle;
        packets[tag] = esp;
        lengths[tag] = length;
        extended[tag] = esn;
        seqHighs[tag] = seqHigh;
    }

    /** Key handles, by tag. */
    public long[] keyHandles() {
        return keyHandles;
    }

    /** Addresses of the SPIs, by tag. */
    public long[] packets() {
        return packets;
    }

    /** Octets from SPI to the end of the ICV, by tag. */
    public int[] lengths() {
        return lengths;
    }

    /** Whether the SA uses extended sequence numbers, by tag. */
    public boolean[] extended() {
        return extended;
    }

    /** High halves of the sequence numbers, by tag. */
    public int[] seqHighs() {
        return seqHighs;
    }

    /** What became of the packets, by tag: written by the transform. */
    public int[] status() {
        return status;
    }
}
