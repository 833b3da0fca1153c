package org.qfpsim.controlplane.icmp;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.route.InterfaceAddress;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.Punt;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;

/**
 * Answers echo requests, and sends the errors that the datapath asks for with an excerpt of the packet. No error is sent about an ICMP
 * error, about a later fragment, about a packet to a group, or to somebody who is not one station (RFC 1122 section 3.2.2, RFC 4443 section
 * 2.4). Unreachables of IPv4 are limited to one in 500 ms, errors of IPv6 to one in 100 ms, the platform's defaults.
 */
public final class IcmpResponder {
    /** {@code ip icmp rate-limit unreachable}: nanoseconds between two. */
    public static final long UNREACHABLE_NANOS = 500_000_000L;
    /** {@code ipv6 icmp error-interval}: nanoseconds between two. */
    public static final long ERROR6_NANOS = 100_000_000L;

    private static final int PORT_UNREACHABLE = 3 << 24 | 3 << 16;
    private static final int PORT_UNREACHABLE_6 = 1 << 24 | 4 << 16;
    private static final int ECHO_REPLY = 0;
    private static final int UNREACHABLE = 3;
    private static final int ECHO = 8;
    private static final int ECHO_6 = 128;
    private static final int ECHO_REPLY_6 = 129;
    private static final int ERROR_HEADER = 8;
    private static final int FIRST_INFORMATION_6 = 128;
    private static final int EXCERPT = 548;
    private static final int EXCERPT_6 = 1232;

    private final RoutedDatapath datapath;
    private final Timers timers;
    private long nextUnreachable = Long.MIN_VALUE;
    private long nextError6 = Long.MIN_VALUE;
    private long echoes;
    private long errors;
    private long suppressed;

    /**
     * Makes a responder.
     *
     * @param datapath takes what it sends.
     * @param timers   the time.
     */
    public IcmpResponder(final RoutedDatapath datapath, final Timers timers) {
        this.datapath = datapath;
        this.timers = timers;
    }

    /** Echo requests answered. */
    public long echoes() {
        return echoes;
    }

    /** Errors sent. */
    public long errors() {
        return errors;
    }

    /** Errors not sent, because there were too many or none may be sent about the packet. */
    public long suppressed() {
        return suppressed;
    }

    /**
     * Looks at a punted packet.
     *
     * @param punt   why it came.
     * @param buffer where it is.
     * @param offset first octet.
     * @param length octets.
     * @return true if it was ours: an excerpt, or an echo request.
     */
    public boolean punted(final Punt punt, final DirectBuffer buffer, final int offset, final int length) {
        if (punt.frame()) {
            return false;
        }
        if (punt.cause() == PuntCause.QFP_ICMP_GENERATED_PACKET.id()) {
            error(punt.icmp(), punt.interfaceIndex(), buffer, offset, length);
            return true;
        }
        return echo(buffer, offset, length);
    }

    private boolean echo(final DirectBuffer buffer, final int offset, final int length) {
        final boolean v6 = length > 0 && Net.u8(buffer, offset) >> 4 == 6;
        final int header = v6 ? Net.IPV6_HEADER_BYTES : length > 0 ? (Net.u8(buffer, offset) & 15) << 2 : 0;
        if (header < Net.IPV4_HEADER_BYTES || length < header + ERROR_HEADER
            || Net.u8(buffer, offset + (v6 ? 6 : 9)) != (v6 ? IcmpPacket.ICMP6 : IcmpPacket.ICMP)
            || Net.u8(buffer, offset + header) != (v6 ? ECHO_6 : ECHO)) {
            return false;
        }
        final byte[] packet = new byte[length];
        buffer.getBytes(offset, packet);
        final IpAddress from = address(buffer, offset + (v6 ? 8 : 12), v6);
        final IpAddress to = address(buffer, offset + (v6 ? 24 : 16), v6);
        if (IcmpPacket.isRight(ByteBuffer.wrap(packet), header) && datapath.configuration().ownAddresses().contains(to)) {
            final byte[] message = new byte[length - header];
            System.arraycopy(packet, header, message, 0, message.length);
            message[0] = (byte) (v6 ? ECHO_REPLY_6 : ECHO_REPLY);
            send(IcmpPacket.build(to, from, message));
            echoes++;
        }
        return true;
    }

    private static IpAddress address(final DirectBuffer buffer, final int at, final boolean v6) {
        final byte[] octets = new byte[v6 ? 16 : 4];
        buffer.getBytes(at, octets);
        return IpAddress.of(octets);
    }

    private void send(final byte[] packet) {
        datapath.inject(new UnsafeBuffer(packet), 0, packet.length, timers.nanos());
    }

    /**
     * Sends an error about a packet, if one may be sent.
     *
     * @param error          type &lt;&lt; 24 | code &lt;&lt; 16 | MTU, of the packet's family.
     * @param interfaceIndex where the packet came in: the error comes from its address.
     * @param buffer         where the packet is.
     * @param offset         first octet of its IP header.
     * @param length         octets of it that are there.
     */
    public void error(final int error, final int interfaceIndex, final DirectBuffer buffer, final int offset, final int length) {
        final boolean v6 = length > 0 && Net.u8(buffer, offset) >> 4 == 6;
        final int header = v6 ? Net.IPV6_HEADER_BYTES : Net.IPV4_HEADER_BYTES;
        final IpAddress source = length < header ? null : source(interfaceIndex, v6);
        if (source == null || !mayBeToldOf(buffer, offset, length, v6) || isTooSoon(error, v6)) {
            suppressed++;
            return;
        }
        final int excerpt = Math.min(length, v6 ? EXCERPT_6 : EXCERPT);
        final ByteBuffer message = ByteBuffer.allocate(ERROR_HEADER + excerpt);
        message.putInt(error & 0xffff_0000).putInt(error & 0xffff);
        buffer.getBytes(offset, message, ERROR_HEADER, excerpt);
        send(IcmpPacket.build(source, address(buffer, offset + (v6 ? 8 : 12), v6), message.array()));
        errors++;
    }

    /**
     * Sends the error about a datagram to one of our addresses at whose port nobody listens (RFC 1122 section 4.1.3.1).
     *
     * @param interfaceIndex where the packet came in.
     * @param buffer         where it is.
     * @param offset         first octet of its IP header.
     * @param length         octets of it that are there.
     */
    public void portUnreachable(final int interfaceIndex, final DirectBuffer buffer, final int offset, final int length) {
        final boolean v6 = length > 0 && Net.u8(buffer, offset) >> 4 == 6;
        if (length >= (v6 ? Net.IPV6_HEADER_BYTES : Net.IPV4_HEADER_BYTES)
            && datapath.configuration().ownAddresses().contains(address(buffer, offset + (v6 ? 24 : 16), v6))) {
            error(v6 ? PORT_UNREACHABLE_6 : PORT_UNREACHABLE, interfaceIndex, buffer, offset, length);
        }
    }

    private @Nullable IpAddress source(final int interfaceIndex, final boolean v6) {
        final RoutedConfig config = datapath.configuration();
        if (interfaceIndex < 0 || interfaceIndex >= config.interfaces().size()) {
            return null;
        }
        final InterfaceSpec spec = config.interfaces().get(interfaceIndex);
        return spec.addresses().stream().filter(address -> address.address().v6() == v6 && !address.isLinkLocal())
            .map(InterfaceAddress::address).findFirst().orElse(null);
    }

    private static boolean mayBeToldOf(final DirectBuffer buffer, final int at, final int length, final boolean v6) {
        if (v6) {
            final boolean one = Net.u8(buffer, at + 8) != 0xff && (Net.i64(buffer, at + 8) != 0 || Net.i64(buffer, at + 16) != 0);
            final boolean informs = Net.u8(buffer, at + 6) != IcmpPacket.ICMP6
                || length > Net.IPV6_HEADER_BYTES && Net.u8(buffer, at + Net.IPV6_HEADER_BYTES) >= FIRST_INFORMATION_6;
            return one && informs && Net.u8(buffer, at + 24) != 0xff;
        }
        final int header = (Net.u8(buffer, at) & 15) << 2;
        final int source = Net.u8(buffer, at + 12);
        final boolean later = (Net.u16(buffer, at + 6) & 0x1fff) != 0;
        final boolean one = source != 0 && source != 127 && source < 224 && Net.u8(buffer, at + 16) < 224;
        return one && !later && (Net.u8(buffer, at + 9) != IcmpPacket.ICMP || length > header && isQuery(Net.u8(buffer, at + header)));
    }

    /** Whether an ICMP message is none of the errors (RFC 1122 section 3.2.2). */
    private static boolean isQuery(final int type) {
        return type == ECHO_REPLY || type == ECHO || type > 12;
    }

    private boolean isTooSoon(final int error, final boolean v6) {
        final long now = timers.nanos();
        if (v6) {
            if (now < nextError6) {
                return true;
            }
            nextError6 = now + ERROR6_NANOS;
        } else if (error >>> 24 == UNREACHABLE) {
            if (now < nextUnreachable) {
                return true;
            }
            nextUnreachable = now + UNREACHABLE_NANOS;
        }
        return false;
    }
}
