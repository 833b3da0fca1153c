package org.qfpsim.sim.net.host;

import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.Net;

/**
 * Who has which Ethernet address behind one interface: ARP (RFC 826) and neighbour discovery (RFC 4861, its solicitations and
 * advertisements). Asks once a second, three times; packets for a neighbour that is being looked for wait, up to {@link #MAX_WAITING}.
 * What was learned is kept until something else is heard.
 */
final class Neighbours {
    static final int MAX_WAITING = 64;
    private static final int MAX_ENTRIES = 10_000;
    private static final long ASK_NANOS = 1_000_000_000L;
    private static final int ASKS = 3;
    private static final int ARP_BYTES = 28;
    private static final int ND_BYTES = 24;
    private static final int ND_OPTION_BYTES = 8;
    private static final int SOLICITATION = 135;
    private static final int ADVERTISEMENT = 136;
    private static final int HOP_LIMIT = 255;

    private final long mac;
    private final List<HostAddress> own;
    private final Consumer<byte[]> out;
    private final Map<IpAddress, Long> known = new LinkedHashMap<>();
    private final Map<IpAddress, Search> searches = new LinkedHashMap<>();
    private long unresolved;

    private static final class Search {
        private final Queue<byte[]> waiting = new ArrayDeque<>();
        private int asked;
        private long next;
    }

    Neighbours(final long mac, final List<HostAddress> own, final Consumer<byte[]> out) {
        this.mac = mac;
        this.own = List.copyOf(own);
        this.out = out;
    }

    /** Packets that were given up because nobody answered. */
    long unresolved() {
        return unresolved;
    }

    Map<IpAddress, Long> known() {
        return known;
    }

    boolean isOwn(final IpAddress address) {
        return own.stream().anyMatch(mine -> mine.address().equals(address));
    }

    /** Sends a frame with an Ethernet type to a neighbour, now or when its address is known. */
    void send(final IpAddress neighbour, final byte[] frame, final long nanos) {
        final Long to = known.get(neighbour);
        if (to != null) {
            transmit(to, frame);
            return;
        }
        final Search search = searches.computeIfAbsent(neighbour, unused -> new Search());
        if (search.waiting.size() >= MAX_WAITING) {
            unresolved++;
        } else {
            search.waiting.add(frame);
        }
        if (search.asked == 0) {
            ask(neighbour, search, nanos);
        }
    }

    private void transmit(final long to, final byte[] frame) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        MacAddress.put(buffer, 0, to);
        MacAddress.put(buffer, 6, mac);
        out.accept(frame);
    }

    private void ask(final IpAddress neighbour, final Search search, final long nanos) {
        search.asked++;
        search.next = nanos + ASK_NANOS;
        for (final HostAddress mine : own) {
            if (mine.address().v6() == neighbour.v6()) {
                if (neighbour.v6()) {
                    solicit(mine.address(), neighbour);
                } else {
                    arp(1, mine.address(), MacAddress.BROADCAST, neighbour);
                }
                return;
            }
        }
    }

    private void arp(final int operation, final IpAddress from, final long toMac, final IpAddress to) {
        final byte[] frame = new byte[Packets.ETHERNET_BYTES + ARP_BYTES];
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        buffer.putShort(12, (short) Net.ETHERTYPE_ARP, ByteOrder.BIG_ENDIAN);
        // Hardware Ethernet, protocol IPv4, their address lengths.
        buffer.putLong(14, 0x0001_0800_0604_0000L | operation, ByteOrder.BIG_ENDIAN);
        MacAddress.put(buffer, 22, mac);
        buffer.putInt(28, (int) from.low(), ByteOrder.BIG_ENDIAN);
        MacAddress.put(buffer, 32, toMac == MacAddress.BROADCAST ? 0 : toMac);
        buffer.putInt(38, (int) to.low(), ByteOrder.BIG_ENDIAN);
        transmit(toMac, frame);
    }

    private void solicit(final IpAddress from, final IpAddress target) {
        // RFC 4291 section 2.7.1: the solicited-node address.
        final IpAddress group = new IpAddress(true, 0xff02_0000_0000_0000L, 0x1_ff00_0000L | target.low() & 0xff_ffffL);
        transmit(MacAddress.ofMulticast(group),
            Packets.icmp(from, group, discovery(SOLICITATION, 0, target, 1), HOP_LIMIT, 0));
    }

    private byte[] discovery(final int type, final int flags, final IpAddress target, final int option) {
        final byte[] message = new byte[ND_BYTES + ND_OPTION_BYTES];
        final UnsafeBuffer buffer = new UnsafeBuffer(message);
        buffer.putByte(0, (byte) type);
        buffer.putByte(4, (byte) flags);
        buffer.putBytes(8, target.octets());
        buffer.putByte(ND_BYTES, (byte) option);
        buffer.putByte(ND_BYTES + 1, (byte) 1);
        MacAddress.put(buffer, ND_BYTES + 2, mac);
        return message;
    }

    /** Takes a frame if it is about neighbours; returns false if it is something else. */
    boolean receive(final DirectBuffer frame, final int offset, final int length) {
        if (Net.u16(frame, offset + 12) == Net.ETHERTYPE_ARP) {
            if (length >= Packets.ETHERNET_BYTES + ARP_BYTES) {
                arp(frame, offset + Packets.ETHERNET_BYTES);
            }
            return true;
        }
        return false;
    }

    private void arp(final DirectBuffer frame, final int at) {
        if (Net.i32(frame, at) != 0x0001_0800 || Net.u16(frame, at + 4) != 0x0604) {
            return;
        }
        final IpAddress sender = IpAddress.v4(Net.i32(frame, at + 14));
        final IpAddress target = IpAddress.v4(Net.i32(frame, at + 24));
        final long from = MacAddress.get(frame, at + 8);
        // RFC 826: who is known is updated; who asks for us is learned.
        if (known.containsKey(sender) || isOwn(target)) {
            learn(sender, from);
        }
        if (Net.u16(frame, at + 6) == 1 && isOwn(target)) {
            arp(2, target, from, sender);
        }
    }

    /** Takes an ICMPv6 message with a right checksum if it is about neighbours. */
    boolean discovery(final IpView packet) {
        final DirectBuffer buffer = packet.buffer();
        final int at = packet.payload();
        final int type = Net.u8(buffer, at);
        if (type != SOLICITATION && type != ADVERTISEMENT) {
            return false;
        }
        // RFC 4861 section 7.1: what was forwarded is not a neighbour's.
        if (packet.ttl() != HOP_LIMIT || packet.length() < ND_BYTES) {
            return true;
        }
        final IpAddress target = Packets.address(buffer, at + 8, true);
        final boolean option = packet.length() >= ND_BYTES + ND_OPTION_BYTES && Net.u8(buffer, at + ND_BYTES + 1) == 1;
        final long from = option ? MacAddress.get(buffer, at + ND_BYTES + 2) : 0;
        final int kind = option ? Net.u8(buffer, at + ND_BYTES) : 0;
        if (type == ADVERTISEMENT) {
            if (kind == 2 && (searches.containsKey(target) || known.containsKey(target))) {
                learn(target, from);
            }
        } else if (isOwn(target) && kind == 1) {
            learn(packet.source(), from);
            // Solicited and override.
            transmit(from, Packets.icmp(target, packet.source(), discovery(ADVERTISEMENT, 0x60, target, 2), HOP_LIMIT, 0));
        }
        return true;
    }

    private void learn(final IpAddress neighbour, final long address) {
        if (MacAddress.isGroup(address) || known.size() >= MAX_ENTRIES && !known.containsKey(neighbour)) {
            return;
        }
        known.put(neighbour, address);
        final Search search = searches.remove(neighbour);
        if (search != null) {
            search.waiting.forEach(frame -> transmit(address, frame));
        }
    }

    long nextDeadline() {
        return searches.values().stream().mapToLong(search -> search.next).min().orElse(Long.MAX_VALUE);
    }

    int advance(final long nanos) {
        int done = 0;
        for (final Map.Entry<IpAddress, Search> entry : new ArrayList<>(searches.entrySet())) {
            final Search search = entry.getValue();
            if (search.next <= nanos) {
                done++;
                if (search.asked < ASKS) {
                    ask(entry.getKey(), search, nanos);
                } else {
                    unresolved += search.waiting.size();
                    searches.remove(entry.getKey());
                }
            }
        }
        return done;
    }
}
