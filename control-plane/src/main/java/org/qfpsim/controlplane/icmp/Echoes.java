package org.qfpsim.controlplane.icmp;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.route.Punt;
import org.qfpsim.datapath.route.RoutedDatapath;

/**
 * Echo requests of the router's own (RFC 792), one series after the other or several at a time: a request, its reply or as much
 * waiting as was asked for, the next request.
 */
public final class Echoes {
    /** IP and ICMP header: the smallest packet. */
    public static final int LEAST_OCTETS = 36;

    private static final int HEADER = 8;
    private static final int DF_AT = 6;
    private static final int DF = 0x40;
    private static final int ECHO = 8;
    private static final int REPLY = 0;
    private static final int UNREACHABLE = 3;
    private static final int TOO_BIG = 4;
    private static final int EXCEEDED = 11;
    private static final short PATTERN = (short) 0xABCD;

    private final RoutedDatapath datapath;
    private final Timers timers;
    private final Map<Integer, Series> running = new HashMap<>();
    private int identifiers;

    /**
     * What is sent.
     *
     * @param source      an own address.
     * @param destination whom to.
     * @param octets      of each IP packet, from {@value #LEAST_OCTETS}.
     * @param repeat      how many.
     * @param df          whether they must not be cut.
     * @param waitNanos   how long a reply is waited for.
     */
    public record Request(IpAddress source, IpAddress destination, int octets, int repeat, boolean df, long waitNanos) {
    }

    /** Is told what became of each request. */
    public interface Listener {
        /**
         * A request is over.
         *
         * @param sign  {@code !} for a reply, {@code .} for none, {@code U} unreachable, {@code M} too big, {@code &} its TTL was used up.
         * @param nanos until the reply came.
         * @return false to end the series here.
         */
        boolean over(char sign, long nanos);
    }

    /**
     * Nothing is sent yet.
     *
     * @param datapath takes the requests.
     * @param timers   the time.
     */
    public Echoes(final RoutedDatapath datapath, final Timers timers) {
        this.datapath = datapath;
        this.timers = timers;
    }

    /** Requests that wait for each other. */
    private final class Series {
        private final int identifier;
        private final Request request;
        private final Listener listener;
        private int sequence;
        private long sentNanos;
        private Timers.@Nullable Timer timeout;

        Series(final int identifier, final Request request, final Listener listener) {
            this.identifier = identifier;
            this.request = request;
            this.listener = listener;
        }

        void send() {
            final byte[] message = new byte[request.octets - Net.IPV4_HEADER_BYTES];
            final UnsafeBuffer out = new UnsafeBuffer(message);
            for (int i = HEADER; i + 1 < message.length; i += 2) {
                out.putShort(i, PATTERN, ByteOrder.BIG_ENDIAN);
            }
            out.putInt(0, ECHO << 24, ByteOrder.BIG_ENDIAN);
            out.putInt(4, identifier << 16 | sequence & 0xffff, ByteOrder.BIG_ENDIAN);
            final UnsafeBuffer packet = new UnsafeBuffer(IcmpPacket.build(request.source, request.destination, message));
            if (request.df) {
                packet.putByte(DF_AT, (byte) DF);
                Checksum.write(packet, 0, Net.IPV4_HEADER_BYTES);
            }
            sentNanos = timers.nanos();
            timeout = timers.after(request.waitNanos, () -> over('.'));
            datapath.inject(packet, 0, packet.capacity(), sentNanos);
        }

        void over(final char sign) {
            if (timeout != null) {
                timeout.cancel();
            }
            sequence++;
            if (!listener.over(sign, timers.nanos() - sentNanos) || sequence >= request.repeat) {
                running.remove(identifier);
            } else {
                send();
            }
        }
    }

    /**
     * Begins a series.
     *
     * @param request  what is sent.
     * @param listener is told of each reply.
     */
    public void start(final Request request, final Listener listener) {
        final int identifier = identifiers++ & 0xffff;
        final Series series = new Series(identifier, request, listener);
        running.put(identifier, series);
        series.send();
    }

    /**
     * Looks at a punted packet.
     *
     * @param punt   why it came.
     * @param buffer where it is.
     * @param offset first octet.
     * @param length octets.
     * @return true if it was a reply to one of ours, or an error about one.
     */
    public boolean punted(final Punt punt, final DirectBuffer buffer, final int offset, final int length) {
        final int header = punt.frame() ? 0 : IcmpView.headerOf(buffer, offset, length);
        if (header == 0) {
            return false;
        }
        final int type = Net.u8(buffer, offset + header);
        if (type == REPLY) {
            return over(buffer, offset + header + 4, IcmpView.address(buffer, offset + 12), '!');
        }
        final char sign = type == EXCEEDED ? '&' : type != UNREACHABLE ? 0 : Net.u8(buffer, offset + header + 1) == TOO_BIG ? 'M' : 'U';
        final int inner = offset + header + HEADER;
        final int innerHeader = sign == 0 ? 0 : IcmpView.headerOf(buffer, inner, length - header - HEADER);
        return innerHeader != 0 && Net.u8(buffer, inner + innerHeader) == ECHO
            && over(buffer, inner + innerHeader + 4, IcmpView.address(buffer, inner + 16), sign);
    }

    private boolean over(final DirectBuffer buffer, final int at, final IpAddress destination, final char sign) {
        final Series series = running.get(Net.u16(buffer, at));
        if (series == null || series.sequence % 0x1_0000 != Net.u16(buffer, at + 2) || !series.request.destination.equals(destination)) {
            return false;
        }
        series.over(sign);
        return true;
    }
}
