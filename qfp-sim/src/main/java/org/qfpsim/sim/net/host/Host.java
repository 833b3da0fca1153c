package org.qfpsim.sim.net.host;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.agrona.DirectBuffer;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;

/**
 * A computer with one interface, {@code eth0}: sends the packets of streams, notes those that arrive, answers pings and those who look for
 * its Ethernet address, and keeps the syslog messages that it gets. It has no routes but its gateways, and does not reassemble fragments
 * (it counts them). One thread.
 */
public final class Host extends SimpleNode {
    private static final List<String> INTERFACES = List.of("eth0");
    private static final List<String> COUNTERS = List.of("sent", "received", "no-route", "malformed", "not-for-us", "fragments",
        "unexpected", "bad-checksum", "echo-requests", "syslog");

    private final long mac;
    private final List<HostAddress> addresses;
    private final Streams streams;
    private final List<StreamSource> sources = new ArrayList<>();
    private final SyslogReceiver syslog = new SyslogReceiver();
    private Neighbours neighbours;

    /**
     * A running host.
     *
     * @param name      unique in its network.
     * @param mac       its Ethernet address, 48 bits.
     * @param addresses its addresses.
     * @param streams   of its network.
     */
    public Host(final String name, final long mac, final List<HostAddress> addresses, final Streams streams) {
        super(name, INTERFACES, COUNTERS);
        this.mac = mac;
        this.addresses = List.copyOf(addresses);
        this.streams = streams;
        neighbours = new Neighbours(mac, this.addresses, frame -> transmit(0, frame));
    }

    /** Its addresses. */
    public List<HostAddress> addresses() {
        return addresses;
    }

    /**
     * Makes this host the sender of a stream; it does not start.
     *
     * @param spec with one of its addresses as source, unless it is spoofed.
     * @return what will be known of the stream.
     */
    public StreamMeter source(final StreamSpec spec) {
        final StreamMeter meter = streams.add(spec);
        sources.add(new StreamSource(meter));
        return meter;
    }

    /**
     * Starts or stops a stream that this host sends; nothing if it is so already.
     *
     * @param meter from {@link #source}.
     * @param on    whether it shall send.
     * @param nanos the time of the first packet.
     */
    public void stream(final StreamMeter meter, final boolean on, final long nanos) {
        for (final StreamSource source : sources) {
            if (source.meter() == meter) {
                if (on && isRunning()) {
                    source.start(nanos);
                } else {
                    source.stop();
                }
            }
        }
    }

    private void send(final IpAddress destination, final byte[] frame) {
        for (final HostAddress mine : addresses) {
            final IpAddress nextHop = mine.nextHop(destination);
            if (nextHop != null) {
                neighbours.send(nextHop, frame, now());
                return;
            }
        }
        count("no-route");
    }

    @Override
    public void receive(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        now(nanos);
        if (!isRunning() || length < Packets.ETHERNET_BYTES) {
            return;
        }
        final long to = MacAddress.get(frame, offset);
        if (to != mac && !MacAddress.isGroup(to)) {
            return;
        }
        if (!neighbours.receive(frame, offset, length)) {
            final IpView packet = IpView.of(frame, offset, length);
            if (packet == null) {
                count("malformed");
            } else {
                receive(packet);
            }
        }
    }

    private void receive(final IpView packet) {
        final boolean mine = neighbours.isOwn(packet.destination());
        final boolean echo = packet.protocol() == Packets.echoProtocol(packet.v6()) && packet.length() >= Packets.ICMP_ECHO_BYTES;
        final boolean udp = packet.protocol() == Net.PROTO_UDP && packet.length() >= Net.UDP_HEADER_BYTES;
        if (!mine && !(echo && packet.v6())) {
            count("not-for-us");
        } else if (packet.fragment()) {
            count("fragments");
        } else if (!echo && !udp) {
            count("unexpected");
        } else if (!packet.checksumRight()) {
            count("bad-checksum");
        } else if (udp) {
            measure(packet);
        } else if (!packet.v6() || !neighbours.discovery(packet)) {
            echo(packet);
        }
    }

    private void echo(final IpView packet) {
        final int type = Net.u8(packet.buffer(), packet.payload());
        if (type == Packets.echoRequest(packet.v6())) {
            count("echo-requests");
            send(packet.source(), Packets.echo(packet.destination(), packet.source(), Packets.echoReply(packet.v6()),
                packet.octets(4, packet.length() - 4), 0));
        } else if (type == Packets.echoReply(packet.v6())) {
            measure(packet);
        } else {
            count("unexpected");
        }
    }

    /** The payloads of UDP and of an echo message start at the same place. */
    private void measure(final IpView packet) {
        final int at = packet.payload() + Net.UDP_HEADER_BYTES;
        final int length = packet.length() - Net.UDP_HEADER_BYTES;
        final StreamMeter meter = Payload.isMarked(packet.buffer(), at, length)
            ? streams.find(Payload.stream(packet.buffer(), at)) : null;
        if (meter == null) {
            final boolean message = packet.protocol() == Net.PROTO_UDP
                && Net.u16(packet.buffer(), packet.payload() + 2) == SyslogReceiver.PORT
                && syslog.receive(packet.source(), packet.octets(Net.UDP_HEADER_BYTES, length));
            count(message ? "syslog" : "unexpected");
            if (!message && packet.protocol() == Net.PROTO_UDP) {
                send(packet.source(), Packets.portUnreachable(packet));
            }
            return;
        }
        count("received");
        final StreamSpec spec = meter.spec();
        final boolean whole = length == spec.size() - Packets.header(spec.destination().v6()) - Net.UDP_HEADER_BYTES;
        meter.receive(Payload.packet(packet.buffer(), at), whole && Payload.isIntact(spec, packet.buffer(), at, length));
    }

    @Override
    public long nextDeadline() {
        long next = isRunning() ? neighbours.nextDeadline() : Long.MAX_VALUE;
        for (final StreamSource source : sources) {
            next = Math.min(next, source.nextDeadline());
        }
        return next;
    }

    @Override
    public int advance(final long nanos) {
        now(nanos);
        int done = isRunning() ? neighbours.advance(nanos) : 0;
        for (final StreamSource source : sources) {
            while (source.nextDeadline() <= nanos) {
                count("sent");
                send(source.meter().spec().destination(), source.next(nanos));
                done++;
            }
        }
        return done;
    }

    @Override
    public String execute(final String commandLine) {
        final StringBuilder text = new StringBuilder(64);
        switch (commandLine.strip()) {
            case "show arp" -> neighbours.known().forEach((address, at) -> text.append("%-40s%012x\n".formatted(address, at)));
            case "show counters" -> counted().forEach((counter, value) -> text.append("%-20s%12d\n".formatted(counter, value)));
            case "show syslog" -> text.append(syslog.text());
            default -> text.append("% a host knows 'show arp', 'show counters' and 'show syslog'\n");
        }
        return text.toString();
    }

    @Override
    public void crash() {
        super.crash();
        sources.forEach(StreamSource::stop);
        neighbours = new Neighbours(mac, addresses, frame -> transmit(0, frame));
    }

    @Override
    public OptionalLong counter(final String counter) {
        if ("unresolved".equals(counter)) {
            return OptionalLong.of(neighbours.unresolved());
        }
        return super.counter(counter);
    }

    @Override
    public void close() {
        sources.clear();
    }
}
