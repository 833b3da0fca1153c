package org.qfpsim.datapath.route;

import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.trace.CostMeter;
import org.qfpsim.datapath.trace.PacketWatcher;
import org.qfpsim.datapath.trace.WatchVersions;

/**
 * The packet that is being routed: what it is looked up in, what became of it so far, and whom it leaves with. One object for all packets
 * of a router, one after the other. A packet may become several, by fragmentation: the first that is lost decides.
 */
final class Trip {
    /** A packet is wrapped at most so often; one more wrapping is a tunnel through itself. */
    static final int MAX_DEPTH = 5;
    private static final int TAIL_DROP = Verdict.DROP_GLOBAL | GlobalDrop.TAIL_DROP.id();
    /** A host takes 576 octets in any case: RFC 1812 section 4.3.2.3 wants as much of the packet as fits in there. */
    private static final int ICMP_EXCERPT = 576 - 20 - 8;
    /** The minimum MTU of IPv6 less the headers of the error (RFC 4443 section 2.4). */
    private static final int ICMP6_EXCERPT = 1280 - 40 - 8;

    final Notifications notifications;
    final FlowTable flows;
    final CostMeter cost;
    final IpView view = new IpView();
    final Notifications.Subject about = new Notifications.Subject();
    private final PacketWatcher whole;
    private final PacketWatcher nested;
    private final Scratch[] scratch = new Scratch[MAX_DEPTH + 2];
    private final FrameEgress egress;
    private final PuntPort punts;
    private final RouteVersions versions;

    private RouteTables tables;
    private @Nullable CounterBlock block;
    long arrival;
    long nanos;
    /** The interface that it came in by, or {@link RoutedConfig#NO_INTERFACE} if it is the router's own. */
    int input;
    /** Whether it is IKE or ESP of the router's own, which crypto maps let pass. */
    boolean exempt;
    /** Follows it, if it is watched. */
    PacketWatcher watcher;
    int sent;
    int sealed;
    private int punted;
    private int failure;
    /** The way out that took no more, if that is why it was lost. */
    private @Nullable Port full;

    Trip(final RouteVersions versions, final FlowTable flows, final Notifications notifications, final FrameEgress egress,
         final PuntPort punts, final WatchVersions watches, final CostMeter cost) {
        whole = new PacketWatcher(watches, false);
        nested = new PacketWatcher(watches, true);
        watcher = whole;
        this.versions = versions;
        this.cost = cost;
        tables = versions.at(Long.MIN_VALUE);
        this.flows = flows;
        this.notifications = notifications;
        this.egress = egress;
        this.punts = punts;
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = new Scratch();
        }
    }

    void begin(final long position, final long time, final int port, final CounterBlock counters) {
        arrival = position;
        nanos = time;
        input = port;
        block = counters;
        tables = versions.at(position);
        exempt = false;
        sent = 0;
        sealed = 0;
        punted = Verdict.NONE;
        failure = Verdict.NONE;
        full = null;
    }

    /** Whether the packets that follow are datagrams that were put together, within the handling of their last fragment. */
    void nest(final boolean inDatagram) {
        watcher = inDatagram ? nested : whole;
    }

    /** Whether the tables of the packet are those of a later one. */
    boolean holdsAt(final long position) {
        return versions.at(position) == tables;
    }

    RouteTables tables() {
        return tables;
    }

    CounterBlock block() {
        return Objects.requireNonNull(block);
    }

    Scratch scratch(final int depth) {
        return scratch[depth];
    }

    /** What came from the control plane, and goes there. */
    PortCounters internal() {
        return versions.internal();
    }

    /** It is lost, whoever said so: counted where it came in, or where the way out took no more. */
    void lost() {
        final Port out = full;
        final Port in = tables.port(input);
        if (out != null) {
            out.counters.lost(true);
        } else {
            (in == null ? versions.internal() : in.counters).lost(false);
        }
    }

    /** Whether it is the router's own. */
    boolean isOwn() {
        return input == RoutedConfig.NO_INTERFACE;
    }

    /** What became of it. */
    int outcome() {
        return failure != Verdict.NONE ? failure : sent > 0 || punted == Verdict.NONE ? Verdict.FORWARD : punted;
    }

    /** Loses it, or a part of it; false, for those who go on only while nothing is lost. */
    boolean fail(final int verdict) {
        if (failure == Verdict.NONE) {
            failure = verdict;
        }
        return false;
    }

    boolean fail(final GlobalDrop drop) {
        return fail(Verdict.DROP_GLOBAL | drop.id());
    }

    boolean lives() {
        return failure == Verdict.NONE;
    }

    /** Puts a frame on the wire. */
    boolean transmit(final int port, final UnsafeBuffer buffer, final int offset, final int length) {
        final Port out = tables.port(port);
        if (!egress.transmit(port, buffer, offset, length, nanos)) {
            full = full == null && lives() ? out : full;
            return fail(TAIL_DROP);
        }
        if (out != null) {
            out.counters.sent(PortCounters.isPriorityFrame(buffer, offset, length), length);
            out.counters.told(nanos);
        }
        sent++;
        if (watcher.on) {
            watcher.transmit(port, buffer, offset, length);
        }
        return true;
    }

    /** Sends it up. */
    boolean punt(final PuntCause cause, final boolean frame, final int port, final DirectBuffer buffer, final int offset,
                 final int length) {
        return punt(cause, frame, port, 0, 0, buffer, offset, length);
    }

    /** Sends it up to wait for a neighbour. */
    boolean punt(final PuntCause cause, final boolean frame, final int port, final long hopHigh, final long hopLow,
                 final DirectBuffer buffer, final int offset, final int length) {
        final int refused = punts.offer(block(), cause.id(), nanos, frame, port, 0, hopHigh, hopLow, buffer, offset, length);
        if (refused != Verdict.NONE) {
            return fail(refused);
        }
        internal().sent(frame ? PortCounters.isPriorityFrame(buffer, offset, length) : PortCounters.isPriority(buffer, offset), length);
        punted = Verdict.PUNT | cause.id();
        if (watcher.on) {
            watcher.punt(cause.id(), frame, buffer, offset, length);
        }
        return true;
    }

    /**
     * Loses a packet and asks the control plane to tell its sender, by an excerpt of it. The excerpt is policed too, and not counted as the
     * packet, which is lost in any case.
     */
    boolean failWithIcmp(final int drop, final int error, final UnsafeBuffer buffer, final int at,
                         final int length) {
        if (!isOwn() && lives()) {
            final int most = buffer.getByte(at) >>> 4 == 4 ? ICMP_EXCERPT : ICMP6_EXCERPT;
            punts.offer(block(), PuntCause.QFP_ICMP_GENERATED_PACKET.id(), nanos, false, input, error, 0, 0, buffer, at,
                Math.min(length, most));
        }
        return fail(drop);
    }

    /** Fills in what a notification says of the packet in {@link #view}. */
    Notifications.Subject aboutView(final int port, final int flow) {
        about.v6 = view.v6;
        about.srcHigh = view.srcHigh;
        about.srcLow = view.srcLow;
        about.dstHigh = view.dstHigh;
        about.dstLow = view.dstLow;
        about.protocol = view.protocol;
        about.spi = 0;
        about.ports = 0;
        about.port = port;
        about.flow = flow;
        about.sequence = 0;
        return about;
    }
}
