package org.qfpsim.sim.capture;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pcapng format (draft-ietf-opsawg-pcapng): blocks of type, total length, body, total length. Interfaces are described per section;
 * each section has its own byte order. Blocks that are not packets, sections or interfaces are passed over.
 */
final class PcapngFormat implements CaptureFormat {
    /** The same in both byte orders. */
    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int OPTION_END = 0;
    private static final int IF_TSRESOL = 9;
    private static final int IF_TSOFFSET = 14;
    private static final int MIN_BLOCK = 12;
    private static final int MAX_INTERFACES = 1 << 16;

    private record Interface(int linkNumber, @Nullable LinkType linkType, long snapLength, TimestampUnit unit) {
    }

    private final CaptureInput in;
    private final List<Interface> interfaces = new ArrayList<>();
    private final byte[] octet = new byte[1];

    private PcapngFormat(final CaptureInput in) {
        this.in = in;
    }

    /**
     * Opens a file whose first 4 octets have been read.
     *
     * @param in    behind them.
     * @param magic read as big-endian.
     * @return the format, or null if it is another one.
     */
    static @Nullable PcapngFormat open(final CaptureInput in, final int magic) {
        if (magic != SECTION_HEADER) {
            return null;
        }
        final PcapngFormat format = new PcapngFormat(in);
        format.section();
        return format;
    }

    @Override
    public boolean next(final Frame frame) {
        while (true) {
            in.beginRecord();
            if (in.atEnd()) {
                return false;
            }
            final int type = in.s32("block header");
            if (type == SECTION_HEADER) {
                section();
                continue;
            }
            final long length = checked(in.u32("block header"));
            final boolean packet = switch (type) {
                case INTERFACE_DESCRIPTION -> describe(length);
                case ENHANCED_PACKET -> enhanced(frame, length);
                case SIMPLE_PACKET -> simple(frame, length);
                case PACKET -> obsolete(frame, length);
                default -> false;
            };
            endBlock(length);
            if (packet) {
                return true;
            }
        }
    }

    /** A section header: the length can be read only when the byte order is known. */
    private void section() {
        in.order(ByteOrder.BIG_ENDIAN);
        final int rawLength = in.s32("section header");
        final int magic = in.s32("section header");
        final boolean big = magic == BYTE_ORDER_MAGIC;
        if (!big && Integer.reverseBytes(magic) != BYTE_ORDER_MAGIC) {
            throw in.error("section header has byte-order magic 0x" + Integer.toHexString(magic)
                + " instead of 0x1a2b3c4d: not a pcapng file, or damaged here");
        }
        in.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        final long length = checked(Integer.toUnsignedLong(big ? rawLength : Integer.reverseBytes(rawLength)));
        need(length, 28, "section header");
        final int major = in.u16("section header");
        if (major != 1) {
            throw in.error("pcapng version " + major + " is not supported; convert it with editcap -F pcapng");
        }
        interfaces.clear();
        endBlock(length);
    }

    private boolean describe(final long length) {
        need(length, 20, "interface description");
        if (interfaces.size() == MAX_INTERFACES) {
            throw in.error("more than " + MAX_INTERFACES + " interfaces in one section: the file is damaged");
        }
        final int number = in.u16("interface description");
        in.skip(2, "interface description");
        final long snapLength = in.u32("interface description");
        TimestampUnit unit = TimestampUnit.MICROSECONDS;
        while (remaining(length) >= 4) {
            final int code = in.u16("option");
            final int size = in.u16("option");
            final long padded = size + 3L & ~3L;
            if (code == OPTION_END) {
                break;
            }
            if (padded > remaining(length)) {
                throw in.error("option " + code + " claims " + size + " octets, the block has " + remaining(length) + " left");
            }
            if (code == IF_TSRESOL && size == 1) {
                in.read(octet, 1, "option");
                unit = unit.withResolution(octet[0]);
                in.skip(3, "option");
            } else if (code == IF_TSOFFSET && size == 8) {
                unit = unit.withOffset(in.s64("option"));
            } else {
                in.skip(padded, "option");
            }
        }
        interfaces.add(new Interface(number, LinkType.of(number), snapLength, unit));
        return false;
    }

    private boolean enhanced(final Frame frame, final long length) {
        need(length, 32, "enhanced packet block");
        final Interface from = interfaceAt(in.u32("enhanced packet block"));
        stamped(frame, from, length);
        return true;
    }

    private boolean obsolete(final Frame frame, final long length) {
        need(length, 32, "packet block");
        final Interface from = interfaceAt(in.u16("packet block"));
        in.skip(2, "packet block");
        stamped(frame, from, length);
        return true;
    }

    private void stamped(final Frame frame, final Interface from, final long length) {
        final long high = in.u32("packet block");
        final long low = in.u32("packet block");
        final long captured = in.u32("packet block");
        final long original = in.u32("packet block");
        packet(frame, from, captured, original, length);
        frame.timestampNanos = from.unit.nanos(high << 32 | low);
    }

    /** Has neither a time nor a captured length; the time of the frame before it stays. */
    private boolean simple(final Frame frame, final long length) {
        need(length, 16, "simple packet block");
        final Interface from = interfaceAt(0);
        final long original = in.u32("simple packet block");
        final long snapped = from.snapLength == 0 ? original : Math.min(original, from.snapLength);
        packet(frame, from, snapped, original, length);
        return true;
    }

    private void packet(final Frame frame, final Interface from, final long captured, final long original, final long length) {
        if (captured > remaining(length)) {
            throw in.error("record claims " + captured + " octets, its block has " + remaining(length)
                + ": the file is damaged here; what was before it was read");
        }
        if (from.linkType == null) {
            throw in.error(LinkType.unsupported(from.linkNumber));
        }
        frame.read(in, captured, original);
        frame.linkType = from.linkType;
    }

    private Interface interfaceAt(final long index) {
        if (index >= interfaces.size()) {
            throw in.error("interface " + index + " is not described, there are " + interfaces.size()
                + ": the file is damaged here; what was before it was read");
        }
        return interfaces.get((int) index);
    }

    private long checked(final long length) {
        if (length < MIN_BLOCK || (length & 3) != 0) {
            throw in.error("block length " + length + " is not a multiple of 4 and at least " + MIN_BLOCK
                + ": the file is damaged here; what was before it was read");
        }
        return length;
    }

    private void need(final long length, final int minimum, final String what) {
        if (length < minimum) {
            throw in.error(what + " has " + length + " octets, at least " + minimum + " are needed: the file is damaged here");
        }
    }

    /** Octets of the body that are not read yet. */
    private long remaining(final long length) {
        return length - in.recordBytes() - 4;
    }

    private void endBlock(final long length) {
        in.skip(remaining(length), "block");
        final long trailer = in.u32("block");
        if (trailer != length) {
            throw in.error("block length " + length + " is repeated as " + trailer
                + " at its end: the file is damaged here; what was before it was read");
        }
    }
}
