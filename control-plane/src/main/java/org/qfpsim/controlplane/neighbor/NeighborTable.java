package org.qfpsim.controlplane.neighbor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.icmp.IcmpResponder;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.InterfaceKind;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.MacAddress;
import org.qfpsim.datapath.route.Notification;
import org.qfpsim.datapath.route.Punt;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;

/**
 * The neighbours of a router, of both families: asks for those that packets wait for, answers those that ask for us, and tells the datapath
 * whom it has found ({@link RoutedConfig#adjacencies}; what others have put there stays).
 * <ol>
 *   <li>a packet waits, or is lost, for a neighbour: it is asked for each second, {@value #ATTEMPTS} times; then the packets that were kept
 *       are unreachable
 *   <li>an answer, or a request of the neighbour's own for us: it is known, and the packets leave
 *   <li>after four hours without a word it is asked again, and forgotten if it does not answer
 *   <li>its interface goes down: it is forgotten at once; comes up: we announce our addresses
 * </ol>
 */
public final class NeighborTable {
    /** Requests before a neighbour counts as absent. */
    public static final int ATTEMPTS = 3;
    /** Time between two requests. */
    public static final long RETRY_NANOS = 1_000_000_000L;
    /** How long a silent neighbour is believed ({@code arp timeout 14400}; {@code ipv6 nd cache expire 14400}). */
    public static final long LIFETIME_NANOS = 14_400_000_000_000L;

    /** Neighbours asked for at a time: a scan of a network does not fill the memory. */
    private static final int MAX_INCOMPLETE = 1024;
    private static final MacAddress NOBODY = new MacAddress(0);

    private final RoutedDatapath datapath;
    private final Timers timers;
    private final OwnAddresses own;
    private final Unreachable unreachable;
    private final NeighborWire wire;
    private final Map<Neighbor.Key, Neighbor> neighbors = new LinkedHashMap<>();
    private final AdjacencyPublisher publisher;
    private List<InterfaceSpec> known = List.of();
    /** Those whose addresses were announced if they were up. */
    private List<InterfaceSpec> announced = List.of();
    private int incomplete;
    private long lost;

    /**
     * Makes an empty table.
     *
     * @param datapath asks for neighbours and is told of them.
     * @param timers   the time.
     * @param log      where a duplicate address is reported.
     * @param icmp     tells senders that a neighbour does not answer.
     */
    public NeighborTable(final RoutedDatapath datapath, final Timers timers, final EventLog log, final IcmpResponder icmp) {
        this.datapath = datapath;
        this.timers = timers;
        own = new OwnAddresses(log);
        unreachable = new Unreachable(icmp);
        wire = new NeighborWire(datapath, timers);
        publisher = new AdjacencyPublisher(datapath);
    }

    /**
     * A neighbour that is known.
     *
     * @param interfaceIndex where it is.
     * @param address        its address.
     * @param mac            its Ethernet address.
     * @param ageNanos       since it was last heard.
     */
    public record Entry(int interfaceIndex, IpAddress address, MacAddress mac, long ageNanos) {
    }

    /** Those that are known, in the order in which they were first asked for. */
    public List<Entry> entries() {
        final List<Entry> entries = new ArrayList<>();
        for (final Neighbor neighbor : neighbors.values()) {
            if (neighbor.mac != null) {
                entries.add(new Entry(neighbor.key.interfaceIndex(), neighbor.key.address(), neighbor.mac,
                    timers.nanos() - neighbor.heardNanos));
            }
        }
        return entries;
    }

    /** {@code clear arp-cache}: asks each neighbour of IPv4 that is known; who does not answer is forgotten. */
    public void refresh() {
        List.copyOf(neighbors.values()).stream().filter(neighbor -> neighbor.mac != null && !neighbor.key.address().v6())
            .forEach(neighbor -> {
                neighbor.cancelTimer();
                neighbor.asked = 0;
                ask(neighbor);
            });
    }

    /** Packets that waited in vain, or had to make room. */
    public long lost() {
        return lost;
    }

    /**
     * To be called after the datapath's interfaces were changed: announces the addresses of those that came up (RFC 5227 section 3,
     * RFC 4861 section 7.2.6) and forgets the neighbours of those that went down.
     */
    public void interfacesChanged() {
        final List<InterfaceSpec> before = announced;
        known = datapath.configuration().interfaces();
        announced = known;
        final List<Neighbor> gone = neighbors.values().stream().filter(neighbor -> !isUp(neighbor.key.interfaceIndex())).toList();
        gone.forEach(this::forget);
        if (!gone.isEmpty()) {
            publisher.publish(entries());
        }
        for (final InterfaceSpec spec : known) {
            final InterfaceSpec was = spec.index() < before.size() ? before.get(spec.index()) : null;
            if (isUp(spec.index()) && (was == null || !was.up() || !was.addresses().equals(spec.addresses()))) {
                spec.addresses().forEach(address -> wire.announce(spec, address.address()));
            }
        }
    }

    private boolean isUp(final int index) {
        return index >= 0 && index < known.size() && known.get(index).up() && known.get(index).kind() == InterfaceKind.ETHERNET;
    }

    /**
     * Looks at a punted packet.
     *
     * @param punt   why it came.
     * @param buffer where it is.
     * @param offset first octet.
     * @param length octets.
     * @return true if it was ours: ARP, neighbour discovery, or a packet that waits for a neighbour.
     */
    public boolean punted(final Punt punt, final DirectBuffer buffer, final int offset, final int length) {
        known = datapath.configuration().interfaces();
        if (punt.frame()) {
            if (punt.cause() != PuntCause.ARP_REQUEST_OR_RESPONSE.id()) {
                return false;
            }
            ArpPacket.read(buffer, offset, length).ifPresent(arp -> received(punt.interfaceIndex(), arp));
            return true;
        }
        final IpAddress hop = punt.nextHop();
        if (hop != null) {
            final byte[] packet = new byte[length];
            buffer.getBytes(offset, packet);
            wanted(punt.interfaceIndex(), hop, packet);
            return true;
        }
        if (NeighborMessage.looksLike(buffer, offset, length)) {
            NeighborMessage.read(buffer, offset, length).ifPresent(message -> received(punt.interfaceIndex(), message));
            return true;
        }
        return false;
    }

    /**
     * Looks at a notification: a neighbour is wanted although its packet could not be sent up.
     *
     * @param notification from the datapath.
     * @return true if it was ours.
     */
    public boolean notified(final Notification notification) {
        known = datapath.configuration().interfaces();
        if (notification.kind() != Notification.Kind.NEIGHBOR_WANTED || !isUp(notification.interfaceIndex())) {
            return false;
        }
        wanted(notification.interfaceIndex(), notification.destination(), null);
        return true;
    }

    private void wanted(final int index, final IpAddress address, final byte @Nullable [] packet) {
        final Neighbor.Key key = new Neighbor.Key(index, address);
        Neighbor neighbor = neighbors.get(key);
        if (neighbor == null) {
            if (!isUp(index) || incomplete >= MAX_INCOMPLETE) {
                lost += packet == null ? 0 : 1;
                return;
            }
            neighbor = new Neighbor(key);
            neighbors.put(key, neighbor);
            incomplete++;
            ask(neighbor);
        }
        final MacAddress mac = neighbor.mac;
        if (packet != null && mac != null) {
            // It was on its way up when the answer came.
            wire.send(known.get(key.interfaceIndex()), mac, packet);
        } else if (packet != null && !neighbor.hold(packet)) {
            lost++;
        }
    }

    /** Asks, and looks again in a second. */
    private void ask(final Neighbor neighbor) {
        final int index = neighbor.key.interfaceIndex();
        if (neighbor.asked == ATTEMPTS || !isUp(index) || !wire.ask(known.get(index), neighbor.key.address())) {
            giveUp(neighbor);
            return;
        }
        neighbor.asked++;
        neighbor.timer = timers.after(RETRY_NANOS, () -> ask(neighbor));
    }

    private void giveUp(final Neighbor neighbor) {
        final boolean wasKnown = neighbor.mac != null;
        lost += unreachable.tell(neighbor);
        forget(neighbor);
        if (wasKnown) {
            publisher.publish(entries());
        }
    }

    private void forget(final Neighbor neighbor) {
        neighbor.cancelTimer();
        neighbors.remove(neighbor.key);
        incomplete -= neighbor.mac == null ? 1 : 0;
    }

    private void received(final int index, final ArpPacket arp) {
        if (!isUp(index) || arp.senderMac().isGroup()) {
            return;
        }
        final InterfaceSpec spec = known.get(index);
        if (own.claimed(spec, arp.sender(), arp.senderMac())) {
            return;
        }
        final boolean forUs = OwnAddresses.has(spec, arp.target());
        // RFC 826: who is known is updated in any case, who is not only if the packet was for us.
        if (arp.sender().low() != 0 && (forUs || neighbors.containsKey(new Neighbor.Key(index, arp.sender())))) {
            heard(index, arp.sender(), arp.senderMac());
        }
        if (forUs && !arp.reply()) {
            wire.answer(spec, arp);
        }
    }

    private void received(final int index, final NeighborMessage message) {
        if (!isUp(index)) {
            return;
        }
        final InterfaceSpec spec = known.get(index);
        final MacAddress mac = message.mac();
        if (message.advertisement()) {
            if (!own.claimed(spec, message.target(), mac == null ? NOBODY : mac) && mac != null
                && neighbors.containsKey(new Neighbor.Key(index, message.target()))) {
                heard(index, message.target(), mac);
            }
            return;
        }
        if (!OwnAddresses.has(spec, message.target())) {
            return;
        }
        final boolean nobody = message.source().high() == 0 && message.source().low() == 0;
        if (!nobody && mac != null) {
            heard(index, message.source(), mac);
        }
        final Neighbor asker = neighbors.get(new Neighbor.Key(index, message.source()));
        wire.answer(spec, message, mac != null ? mac : asker == null ? null : asker.mac);
    }

    private void heard(final int index, final IpAddress address, final MacAddress mac) {
        final Neighbor neighbor = neighbors.computeIfAbsent(new Neighbor.Key(index, address), key -> {
            incomplete++;
            return new Neighbor(key);
        });
        final boolean changed = !mac.equals(neighbor.mac);
        incomplete -= neighbor.mac == null ? 1 : 0;
        neighbor.mac = mac;
        neighbor.heardNanos = timers.nanos();
        neighbor.asked = 0;
        neighbor.cancelTimer();
        neighbor.timer = timers.after(LIFETIME_NANOS, () -> ask(neighbor));
        if (changed) {
            publisher.publish(entries());
        }
        neighbor.held.forEach(packet -> wire.send(known.get(index), mac, packet));
        neighbor.held.clear();
    }
}
