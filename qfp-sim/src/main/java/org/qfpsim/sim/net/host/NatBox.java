package org.qfpsim.sim.net.host;

import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;

/**
 * A box that hides a network behind one IPv4 address: {@code inside} and {@code outside}. Rewrites addresses, UDP ports and ICMP echo
 * identifiers, with right checksums, one TTL less. Drops and counts what it has no mapping for and what has no ports, as bare ESP and
 * fragments. Its command {@code rebind} gives every mapping another port, as a box does that was restarted. One thread.
 */
public final class NatBox extends SimpleNode {
    private static final List<String> INTERFACES = List.of("inside", "outside");
    private static final List<String> COUNTERS =
        List.of("translated-out", "translated-in", "no-mapping", "no-ports", "malformed", "ttl-exceeded", "no-route", "table-full");
    private static final int INSIDE = 0;
    private static final int OUTSIDE = 1;
    private static final int UDP_CHECKSUM = 6;
    private static final int ICMP_CHECKSUM = 2;
    private static final int ICMP_ID = 4;

    private final long mac;
    private final List<HostAddress> addresses;
    private final NatTable table;
    private final Neighbours[] neighbours = new Neighbours[2];

    /**
     * A running box with an empty table.
     *
     * @param name         unique in its network.
     * @param mac          the Ethernet address inside; outside has the next one.
     * @param inside       its IPv4 address inside.
     * @param outside      its IPv4 address outside, with a gateway if there is more than one network there.
     * @param timeoutNanos after which an unused mapping ends.
     * @param seed         of the ports.
     * @throws IllegalArgumentException if an address is an IPv6 one.
     */
    public NatBox(final String name, final long mac, final HostAddress inside, final HostAddress outside, final long timeoutNanos,
                  final long seed) {
        super(name, INTERFACES, COUNTERS);
        if (inside.address().v6() || outside.address().v6()) {
            throw new IllegalArgumentException(name + " translates IPv4 only");
        }
        this.mac = mac;
        this.addresses = List.of(inside, outside);
        this.table = new NatTable(timeoutNanos, seed);
        forgetNeighbours();
    }

    private void forgetNeighbours() {
        for (int i = 0; i < neighbours.length; i++) {
            final int interfaceIndex = i;
            neighbours[i] = new Neighbours(mac + i, List.of(addresses.get(i)), frame -> transmit(interfaceIndex, frame));
        }
    }

    @Override
    public void receive(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        now(nanos);
        if (!isRunning() || length < Packets.ETHERNET_BYTES) {
            return;
        }
        final long to = MacAddress.get(frame, offset);
        if (to != mac + interfaceIndex && !MacAddress.isGroup(to) || neighbours[interfaceIndex].receive(frame, offset, length)) {
            return;
        }
        final IpView packet = IpView.of(frame, offset, length);
        if (packet == null || packet.v6()) {
            count("malformed");
        } else if (packet.ttl() <= 1) {
            count("ttl-exceeded");
        } else if (packet.fragment() || !hasPorts(packet)) {
            count("no-ports");
        } else if (interfaceIndex == INSIDE) {
            leave(packet);
        } else {
            enter(packet);
        }
    }

    private static boolean hasPorts(final IpView packet) {
        if (packet.length() < Packets.ICMP_ECHO_BYTES) {
            return false;
        }
        final int type = Net.u8(packet.buffer(), packet.payload());
        return packet.protocol() == Net.PROTO_UDP || packet.protocol() == Packets.PROTO_ICMP && (type == 8 || type == 0);
    }

    private void leave(final IpView packet) {
        final int port = Net.u16(packet.buffer(), packet.payload() + (packet.protocol() == Net.PROTO_UDP ? 0 : ICMP_ID));
        final NatTable.Mapping mapping = table.leave(new NatTable.Inside(packet.protocol(), packet.source(), port), now());
        if (mapping == null) {
            count("table-full");
            return;
        }
        forward(OUTSIDE, packet.destination(), rewrite(packet, true, addresses.get(OUTSIDE).address(), mapping.port()), "translated-out");
    }

    private void enter(final IpView packet) {
        final int port = Net.u16(packet.buffer(), packet.payload() + (packet.protocol() == Net.PROTO_UDP ? 2 : ICMP_ID));
        final NatTable.Mapping mapping = neighbours[OUTSIDE].isOwn(packet.destination())
            ? table.enter(packet.protocol(), port, now()) : null;
        if (mapping == null) {
            count("no-mapping");
            return;
        }
        final NatTable.Inside inside = mapping.inside();
        forward(INSIDE, inside.address(), rewrite(packet, false, inside.address(), inside.port()), "translated-in");
    }

    private void forward(final int interfaceIndex, final IpAddress destination, final byte[] frame, final String counter) {
        final IpAddress nextHop = addresses.get(interfaceIndex).nextHop(destination);
        if (nextHop == null) {
            count("no-route");
        } else {
            count(counter);
            neighbours[interfaceIndex].send(nextHop, frame, now());
        }
    }

    /** A copy with another source or destination; a checksum that was wrong stays wrong (RFC 1624). */
    private static byte[] rewrite(final IpView packet, final boolean source, final IpAddress address, final int port) {
        final int payload = packet.payload() - packet.start();
        final int length = payload + packet.length();
        final byte[] frame = new byte[Packets.ETHERNET_BYTES + length];
        packet.buffer().getBytes(packet.start(), frame, Packets.ETHERNET_BYTES, length);
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        buffer.putShort(12, (short) Net.ETHERTYPE_IPV4, ByteOrder.BIG_ENDIAN);
        final int at = Packets.ETHERNET_BYTES;
        final int addressAt = at + (source ? 12 : 16);
        final boolean udp = packet.protocol() == Net.PROTO_UDP;
        final int portAt = at + payload + (udp ? (source ? 0 : 2) : ICMP_ID);
        final int checksumAt = at + payload + (udp ? UDP_CHECKSUM : ICMP_CHECKSUM);
        final int checksum = Net.u16(buffer, checksumAt);
        final long addressBefore = InternetChecksum.sum(buffer, addressAt, 4);
        final long portBefore = Net.u16(buffer, portAt);
        buffer.putByte(at + 8, (byte) (packet.ttl() - 1));
        buffer.putInt(addressAt, (int) address.low(), ByteOrder.BIG_ENDIAN);
        buffer.putShort(portAt, (short) port, ByteOrder.BIG_ENDIAN);
        Checksum.write(buffer, at, payload);
        if (!udp || checksum != 0) {
            // The pseudo header has the address; that of ICMP has none.
            final long before = portBefore + (udp ? addressBefore : 0);
            final long after = port + (udp ? InternetChecksum.sum(buffer, addressAt, 4) : 0);
            final int updated = InternetChecksum.update(checksum, before, after);
            buffer.putShort(checksumAt, (short) (udp && updated == 0 ? 0xffff : updated), ByteOrder.BIG_ENDIAN);
        }
        return frame;
    }

    @Override
    public long nextDeadline() {
        return isRunning() ? Math.min(neighbours[INSIDE].nextDeadline(), neighbours[OUTSIDE].nextDeadline()) : Long.MAX_VALUE;
    }

    @Override
    public int advance(final long nanos) {
        now(nanos);
        return isRunning() ? neighbours[INSIDE].advance(nanos) + neighbours[OUTSIDE].advance(nanos) : 0;
    }

    @Override
    public String execute(final String commandLine) {
        return switch (commandLine.strip()) {
            case "rebind" -> {
                table.rebind();
                yield table.size() + " mappings have other ports now\n";
            }
            case "show translations" -> {
                final StringBuilder text = new StringBuilder(64);
                table.mappings().forEach(mapping -> text.append("%-4d %s:%d -> %s:%d\n".formatted(mapping.inside().protocol(),
                    mapping.inside().address(), mapping.inside().port(), addresses.get(OUTSIDE).address(), mapping.port())));
                yield text.toString();
            }
            default -> "% a NAT box knows 'rebind' and 'show translations'\n";
        };
    }

    @Override
    public void crash() {
        super.crash();
        table.clear();
        forgetNeighbours();
    }

    @Override
    public void close() {
        table.clear();
    }
}
