package org.qfpsim.sim.capture;

/** The one frame that a {@link CaptureReader} holds; overwritten by the next. */
final class Frame {
    /** The largest frame that is accepted, the limit that Wireshark has: 256 KiB. */
    static final int MAX_BYTES = 1 << 18;

    byte[] data = new byte[2048];
    int capturedLength;
    int originalLength;
    long timestampNanos;
    LinkType linkType = LinkType.ETHERNET;

    /**
     * Reads the octets of the frame.
     *
     * @param in       the file, at the first octet.
     * @param captured as claimed, unsigned 32 bits.
     * @param original as claimed, unsigned 32 bits.
     */
    void read(final CaptureInput in, final long captured, final long original) {
        if (captured > MAX_BYTES) {
            throw in.error("record claims " + captured + " octets, more than " + MAX_BYTES
                + ": the file is damaged here; what was before it was read");
        }
        if (captured > data.length) {
            data = new byte[Math.max((int) captured, Math.min(2 * data.length, MAX_BYTES))];
        }
        in.read(data, (int) captured, "record");
        capturedLength = (int) captured;
        originalLength = (int) Math.min(Integer.MAX_VALUE, Math.max(captured, original));
    }
}
