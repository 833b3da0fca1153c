package org.qfpsim.controlplane.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a pcapng file: one section, any number of interfaces with their own link types, nanosecond timestamps, a comment per packet where
 * wanted. Builds each block in one buffer and hands it to the stream in one call. Single thread.
 */
public final class PcapngWriter implements Closeable {
    /** LINKTYPE_ETHERNET. */
    public static final int ETHERNET = 1;
    /** LINKTYPE_RAW: an IP header. */
    public static final int RAW_IP = 101;

    private static final int MAX_PACKET = 262_144;
    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int OPT_COMMENT = 1;
    private static final int SHB_USERAPPL = 4;
    private static final int IF_NAME = 2;
    private static final int IF_TSRESOL = 9;
    private static final byte NANOSECONDS = 9;
    private static final int MAX_OPTION = 0xfffc;

    private final OutputStream out;
    private ByteBuffer block = buffer(4096);
    private int interfaces;

    /**
     * Writes the section header.
     *
     * @param out         where to; closed with this writer. Should be buffered.
     * @param application what the file says wrote it.
     * @throws IOException if writing fails.
     */
    public PcapngWriter(final OutputStream out, final String application) throws IOException {
        this.out = out;
        begin(SECTION_HEADER, 24);
        block.putInt(0x1a2b3c4d).putShort((short) 1).putShort((short) 0).putLong(-1);
        option(SHB_USERAPPL, application.getBytes(StandardCharsets.UTF_8));
        end(true);
    }

    /**
     * Describes one more interface.
     *
     * @param linkType what its packets start with: a LINKTYPE_ value.
     * @param name     what Wireshark calls it.
     * @return its number, for {@link #write}.
     * @throws IOException if writing fails.
     */
    public int addInterface(final int linkType, final String name) throws IOException {
        begin(INTERFACE_DESCRIPTION, 8);
        // Snap length 0: packets are not cut.
        block.putShort((short) linkType).putShort((short) 0).putInt(0);
        option(IF_NAME, name.getBytes(StandardCharsets.UTF_8));
        option(IF_TSRESOL, new byte[] {NANOSECONDS});
        end(true);
        return interfaces++;
    }

    /**
     * Writes a packet.
     *
     * @param interfaceNumber from {@link #addInterface}.
     * @param timestampNanos  nanoseconds since the epoch, 0 or more.
     * @param packet          its octets, from position to limit, at most 262144; left as it is.
     * @param originalLength  octets that it had on the wire, at least as many.
     * @param comment         shown by Wireshark as packet comment; cut at 65532 octets.
     * @throws IOException              if writing fails.
     * @throws IllegalArgumentException if the interface or a length is out of range.
     */
    public void write(final int interfaceNumber, final long timestampNanos, final ByteBuffer packet, final int originalLength,
                      final @Nullable String comment) throws IOException {
        final int length = packet.remaining();
        if (interfaceNumber < 0 || interfaceNumber >= interfaces) {
            throw new IllegalArgumentException("interface " + interfaceNumber + " is not one of " + interfaces);
        }
        if (length > MAX_PACKET || originalLength < length) {
            throw new IllegalArgumentException("packet of " + length + " octets, originally " + originalLength
                + ": not within 0 to " + MAX_PACKET + ", or more than the original");
        }
        begin(ENHANCED_PACKET, 20 + length + 3);
        block.putInt(interfaceNumber).putInt((int) (timestampNanos >>> 32)).putInt((int) timestampNanos);
        block.putInt(length).putInt(originalLength).put(packet.duplicate());
        pad(length);
        if (comment != null) {
            option(OPT_COMMENT, comment.getBytes(StandardCharsets.UTF_8));
        }
        end(comment != null);
    }

    private void begin(final int type, final int bodyBytes) {
        block.clear();
        reserve(8 + bodyBytes);
        block.putInt(type).putInt(0);
    }

    private void option(final int code, final byte[] value) {
        final byte[] bounded = value.length <= MAX_OPTION ? value : Arrays.copyOf(value, characterBoundary(value, MAX_OPTION));
        reserve(4 + bounded.length + 3);
        block.putShort((short) code).putShort((short) bounded.length).put(bounded);
        pad(bounded.length);
    }

    /** The last place up to {@code limit} where no UTF-8 sequence is cut. */
    private static int characterBoundary(final byte[] utf8, final int limit) {
        int at = limit;
        while (at > 0 && (utf8[at] & 0xc0) == 0x80) {
            at--;
        }
        return at;
    }

    private void pad(final int length) {
        for (int i = length; (i & 3) != 0; i++) {
            block.put((byte) 0);
        }
    }

    private void end(final boolean options) throws IOException {
        reserve(8);
        if (options) {
            // opt_endofopt
            block.putInt(0);
        }
        final int total = block.position() + 4;
        block.putInt(total).putInt(4, total);
        out.write(block.array(), 0, total);
    }

    private void reserve(final int bytes) {
        if (block.remaining() < bytes) {
            block = buffer(Math.max(2 * block.capacity(), block.position() + bytes)).put(block.flip());
        }
    }

    private static ByteBuffer buffer(final int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
