package org.qfpsim.sim.outside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.net.host.InternetChecksum;

/**
 * A UDP port of this machine as the router's way out, without any rights: IKE, and ESP in UDP. The router's interface has the machine's
 * address; both of its ports, 500 and 4500, leave by this one. Which of them a datagram is for follows from the port that has spoken to its
 * sender; a sender that nobody has spoken to speaks as on port 4500.
 */
final class UdpPort implements IpPort {
    private static final int PACKET_BYTES = 65_536;
    private static final int HEADERS = Net.IPV4_HEADER_BYTES + Net.UDP_HEADER_BYTES;
    private static final int BATCH = 64;
    private static final int WAIT_MILLIS = 100;
    private static final int MAX_PEERS = 4096;
    private static final byte TTL = 64;

    private final DatagramChannel channel;
    private final Selector selector;
    private final byte[] own;
    private final ByteBuffer in = ByteBuffer.allocateDirect(ROOM + HEADERS + PACKET_BYTES);
    private final UnsafeBuffer packet = new UnsafeBuffer(in);
    private final ByteBuffer out = ByteBuffer.allocateDirect(PACKET_BYTES);
    private final UnsafeBuffer outView = new UnsafeBuffer(out);
    /** Which of the router's ports has spoken to whom; the eldest are forgotten. */
    private final Map<InetSocketAddress, Integer> spoken = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<InetSocketAddress, Integer> eldest) {
            return size() > MAX_PEERS;
        }
    };

    private UdpPort(final DatagramChannel channel, final Selector selector, final byte[] own) {
        this.channel = channel;
        this.selector = selector;
        this.own = own;
    }

    /**
     * Opens a port.
     *
     * @param text {@code ADDRESS:PORT}.
     * @return the open port.
     * @throws InputException if it cannot be opened; the message says what to do.
     */
    static UdpPort open(final String text) {
        final int colon = text.lastIndexOf(':');
        final String digits = text.substring(colon + 1);
        if (colon <= 0 || !text.substring(0, colon).matches("\\d{1,3}(\\.\\d{1,3}){3}") || !digits.matches("\\d{1,5}")
            || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > 65_535) {
            throw new InputException("udp:" + text + " is not udp:ADDRESS:PORT with an IPv4 address of this machine, such as"
                + " udp:192.0.2.2:4500");
        }
        try {
            final InetAddress address = InetAddress.getByName(text.substring(0, colon));
            final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.bind(new InetSocketAddress(address, Integer.parseInt(digits)));
            channel.configureBlocking(false);
            final Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new UdpPort(channel, selector, address.getAddress());
        } catch (final IOException e) {
            throw InputException.io("udp:" + text, "cannot be opened", e);
        }
    }

    @Override
    public int receive(final OutsidePort.FrameSink sink) throws IOException {
        selector.select(WAIT_MILLIS);
        selector.selectedKeys().clear();
        int count = 0;
        while (count < BATCH) {
            in.clear().position(ROOM + HEADERS);
            final InetSocketAddress from = (InetSocketAddress) channel.receive(in);
            if (from == null) {
                return count;
            }
            count++;
            if (from.getAddress() instanceof Inet4Address) {
                sink.frame(packet, ROOM, wrap(from, in.position() - ROOM - HEADERS));
            }
        }
        return count;
    }

    /** Puts the headers in front that the kernel has taken; returns the packet's length. */
    private int wrap(final InetSocketAddress from, final int length) {
        final int to;
        synchronized (spoken) {
            to = spoken.getOrDefault(from, Net.PORT_NATT);
        }
        final int udp = ROOM + Net.IPV4_HEADER_BYTES;
        // Version and header length, no services, the length; no fragment; TTL, protocol, no checksum yet (RFC 791).
        packet.putInt(ROOM, 0x4500_0000 | length + HEADERS, ByteOrder.BIG_ENDIAN);
        packet.putInt(ROOM + 4, 0x4000, ByteOrder.BIG_ENDIAN);
        packet.putInt(ROOM + 8, TTL << 24 | Net.PROTO_UDP << 16, ByteOrder.BIG_ENDIAN);
        packet.putBytes(ROOM + 12, from.getAddress().getAddress());
        packet.putBytes(ROOM + 16, own);
        packet.putShort(ROOM + 10, (short) InternetChecksum.finish(InternetChecksum.sum(packet, ROOM, Net.IPV4_HEADER_BYTES)),
            ByteOrder.BIG_ENDIAN);
        packet.putShort(udp, (short) from.getPort(), ByteOrder.BIG_ENDIAN);
        packet.putShort(udp + 2, (short) to, ByteOrder.BIG_ENDIAN);
        // The kernel has checked the checksum; 0 is none (RFC 768).
        packet.putInt(udp + 4, length + Net.UDP_HEADER_BYTES << 16, ByteOrder.BIG_ENDIAN);
        return length + HEADERS;
    }

    @Override
    public boolean send(final DirectBuffer sent, final int offset, final int length) {
        final int header = length < HEADERS ? 0 : (Net.u8(sent, offset) & 0xf) * 4;
        if (header < Net.IPV4_HEADER_BYTES || length < header + Net.UDP_HEADER_BYTES || Net.u8(sent, offset + 9) != Net.PROTO_UDP
            || (Net.u16(sent, offset + 6) & 0x3fff) != 0) {
            return false;
        }
        final int udp = offset + header;
        final int payload = Net.u16(sent, udp + 4) - Net.UDP_HEADER_BYTES;
        if (payload < 0 || payload > length - header - Net.UDP_HEADER_BYTES) {
            return false;
        }
        final byte[] address = new byte[4];
        sent.getBytes(offset + 16, address);
        try {
            final InetSocketAddress to = new InetSocketAddress(InetAddress.getByAddress(address), Net.u16(sent, udp + 2));
            synchronized (spoken) {
                spoken.put(to, Net.u16(sent, udp));
            }
            outView.putBytes(0, sent, udp + Net.UDP_HEADER_BYTES, payload);
            out.clear().limit(payload);
            return to.getPort() != 0 && channel.send(out, to) == payload;
        } catch (final IOException e) {
            // Nobody there, no route: a port of a router loses the packet.
            return false;
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
