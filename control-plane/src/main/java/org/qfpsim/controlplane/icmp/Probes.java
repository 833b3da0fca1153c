package org.qfpsim.controlplane.icmp;

import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.router.UdpPacket;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.route.Punt;
import org.qfpsim.datapath.route.RoutedDatapath;

/**
 * Datagrams to ports that nobody listens at, with a TTL that grows: what comes back as an ICMP error (RFC 792) tells the way to a station.
 * A probe, its answer or as much waiting as was asked for, the next probe. Each probe of a series has a destination port of its own, and
 * each series a source port.
 */
public final class Probes {
    private static final int FIRST_PORT = 49_152;
    private static final int PORTS = 16_384;
    private static final int TTL_AT = 8;
    private static final int EXCEEDED = 11;
    private static final int UNREACHABLE = 3;
    private static final int MAX_PORT = 65_535;
    /** The platform's sign for each code of an unreachable (RFC 792, RFC 1812 section 5.2.7.1). */
    private static final String SIGNS = "NHP!M????????A";
    private static final char OTHER = '?';

    private final RoutedDatapath datapath;
    private final Timers timers;
    private final Map<Integer, Series> running = new HashMap<>();
    private int series;
    private int identification;

    /**
     * What is sent.
     *
     * @param source      an own address.
     * @param destination whom to.
     * @param firstTtl    from 1.
     * @param lastTtl     at most 255.
     * @param probes      for each TTL, from 1.
     * @param waitNanos   how long an answer is waited for.
     * @param port        of the first probe.
     */
    public record Request(IpAddress source, IpAddress destination, int firstTtl, int lastTtl, int probes, long waitNanos, int port) {
    }

    /** Is told what became of each probe. */
    public interface Listener {
        /** A probe reached a port that nobody listens at: the station is there. */
        char REACHED = '!';
        /** The TTL of a probe was used up on the way. */
        char ON_THE_WAY = ' ';
        /** Nothing came back. */
        char LOST = '*';

        /**
         * A probe is over.
         *
         * @param ttl   its TTL.
         * @param from  who answered; null if nobody did.
         * @param sign  {@link #REACHED}, {@link #ON_THE_WAY}, {@link #LOST}; {@code N}, {@code H}, {@code P}, {@code A}, {@code M} or
         *              {@code ?} for another unreachable.
         * @param nanos until the answer came.
         * @return false to end the series here.
         */
        boolean over(int ttl, @Nullable IpAddress from, char sign, long nanos);

        /** The last probe is over, or the series was ended. */
        void ended();
    }

    /**
     * Nothing is sent yet.
     *
     * @param datapath takes the probes.
     * @param timers   the time.
     */
    public Probes(final RoutedDatapath datapath, final Timers timers) {
        this.datapath = datapath;
        this.timers = timers;
    }

    /** Probes that wait for each other. */
    private final class Series {
        private final int sourcePort;
        private final Request request;
        private final Listener listener;
        private int sent;
        private boolean last;
        private long sentNanos;
        private Timers.@Nullable Timer timeout;

        Series(final int sourcePort, final Request request, final Listener listener) {
            this.sourcePort = sourcePort;
            this.request = request;
            this.listener = listener;
        }

        int ttl() {
            return request.firstTtl + sent / request.probes;
        }

        int port() {
            return (request.port + sent - 1) % MAX_PORT + 1;
        }

        void send() {
            final UnsafeBuffer packet = new UnsafeBuffer(new UdpPacket(request.source, sourcePort, request.destination, port(), new byte[0])
                .octets(identification++ & 0xffff));
            packet.putByte(TTL_AT, (byte) ttl());
            Checksum.write(packet, 0, Net.IPV4_HEADER_BYTES);
            sentNanos = timers.nanos();
            timeout = timers.after(request.waitNanos, () -> over(null, Listener.LOST));
            datapath.inject(packet, 0, packet.capacity(), sentNanos);
        }

        void over(final @Nullable IpAddress from, final char sign) {
            if (timeout != null) {
                timeout.cancel();
            }
            last |= sign != Listener.LOST && sign != Listener.ON_THE_WAY;
            final boolean wanted = listener.over(ttl(), from, sign, timers.nanos() - sentNanos);
            sent++;
            final boolean hopDone = sent % request.probes == 0;
            if (!wanted || hopDone && (last || ttl() > request.lastTtl)) {
                running.remove(sourcePort);
                listener.ended();
            } else {
                send();
            }
        }
    }

    /**
     * Begins a series.
     *
     * @param request  what is sent.
     * @param listener is told of each answer.
     */
    public void start(final Request request, final Listener listener) {
        final int sourcePort = FIRST_PORT + series++ % PORTS;
        final Series made = new Series(sourcePort, request, listener);
        running.put(sourcePort, made);
        made.send();
    }

    /**
     * Looks at a punted packet.
     *
     * @param punt   why it came.
     * @param buffer where it is.
     * @param offset first octet.
     * @param length octets.
     * @return true if it was an error about a probe that waits for one.
     */
    public boolean punted(final Punt punt, final DirectBuffer buffer, final int offset, final int length) {
        final int header = punt.frame() ? 0 : IcmpView.headerOf(buffer, offset, length);
        if (header == 0) {
            return false;
        }
        final int type = Net.u8(buffer, offset + header);
        final int inner = offset + header + IcmpView.HEADER;
        final int innerHeader = type == EXCEEDED || type == UNREACHABLE
            ? IcmpView.headerOf(buffer, inner, length - header - IcmpView.HEADER, Net.PROTO_UDP) : 0;
        if (innerHeader == 0) {
            return false;
        }
        final Series probed = running.get(Net.u16(buffer, inner + innerHeader));
        if (probed == null || probed.port() != Net.u16(buffer, inner + innerHeader + 2)
            || !probed.request.destination.equals(IcmpView.address(buffer, inner + 16))) {
            return false;
        }
        probed.over(IcmpView.address(buffer, offset + 12),
            type == EXCEEDED ? Listener.ON_THE_WAY : sign(Net.u8(buffer, offset + header + 1)));
        return true;
    }

    private static char sign(final int code) {
        return code < SIGNS.length() ? SIGNS.charAt(code) : OTHER;
    }
}
