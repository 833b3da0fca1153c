package org.qfpsim.sim.capture;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The classic capture format: a 24-octet file header, then per frame a 16-octet header (seconds, fraction, captured length, original
 * length) and the captured octets. The magic number tells byte order and the unit of the fraction.
 */
final class PcapFormat implements CaptureFormat {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int SUPPORTED_MAJOR = 2;
    /** The upper six bits of the link type field tell about a frame check sequence. */
    private static final int LINK_TYPE_MASK = 0x03ff_ffff;

    private final CaptureInput in;
    private final LinkType linkType;
    private final int nanosPerUnit;

    private PcapFormat(final CaptureInput in, final LinkType linkType, final int nanosPerUnit) {
        this.in = in;
        this.linkType = linkType;
        this.nanosPerUnit = nanosPerUnit;
    }

    /**
     * Opens a file whose magic number has been read.
     *
     * @param in    behind the magic number.
     * @param magic read as big-endian.
     * @return the format, or null if the magic number is of another format.
     */
    static @Nullable PcapFormat open(final CaptureInput in, final int magic) {
        final boolean big = magic == MICROSECONDS || magic == NANOSECONDS;
        final int native32 = big ? magic : Integer.reverseBytes(magic);
        if (native32 != MICROSECONDS && native32 != NANOSECONDS) {
            return null;
        }
        in.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        final int major = in.u16("file header");
        in.skip(14, "file header");
        if (major != SUPPORTED_MAJOR) {
            throw in.error("pcap version " + major + " is not supported; convert it with editcap -F pcap");
        }
        final int number = in.s32("file header") & LINK_TYPE_MASK;
        final LinkType linkType = LinkType.of(number);
        if (linkType == null) {
            throw in.error(LinkType.unsupported(number));
        }
        return new PcapFormat(in, linkType, native32 == NANOSECONDS ? 1 : 1000);
    }

    @Override
    public boolean next(final Frame frame) {
        in.beginRecord();
        if (in.atEnd()) {
            return false;
        }
        final long seconds = in.u32("record header");
        final long fraction = in.u32("record header");
        final long captured = in.u32("record header");
        final long original = in.u32("record header");
        frame.read(in, captured, original);
        frame.timestampNanos = seconds * 1_000_000_000L + fraction * nanosPerUnit;
        frame.linkType = linkType;
        return true;
    }
}
