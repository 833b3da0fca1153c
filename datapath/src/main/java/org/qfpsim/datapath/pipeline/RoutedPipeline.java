package org.qfpsim.datapath.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.feature.Tables;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.FlowTable;
import org.qfpsim.datapath.route.Forwarder;
import org.qfpsim.datapath.route.FrameEgress;
import org.qfpsim.datapath.route.Notification;
import org.qfpsim.datapath.route.Notifications;
import org.qfpsim.datapath.route.OutboundFlow;
import org.qfpsim.datapath.route.PortCounters;
import org.qfpsim.datapath.route.PuntHandler;
import org.qfpsim.datapath.route.RouteTables;
import org.qfpsim.datapath.route.RouteVersions;
import org.qfpsim.datapath.route.PacketBuffers;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;
import org.qfpsim.datapath.route.RoutedSa;
import org.qfpsim.datapath.route.SaUse;
import org.qfpsim.datapath.sa.LocalAddresses;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.trace.CaptureBuffer;
import org.qfpsim.datapath.trace.TraceBuffer;
import org.qfpsim.datapath.trace.Watch;

/**
 * A pipeline that routes: frames come in by interfaces and leave by interfaces. Who turns it is for the caller to say, as with
 * {@link Pipeline}; on threads, the source's thread calls {@link #flush} where it would flush the dispatcher.
 */
public final class RoutedPipeline implements RoutedDatapath, AutoCloseable {
    private final RouteVersions versions = new RouteVersions();
    private final FlowTable flows = new FlowTable();
    private final SaUse use = new SaUse();
    private final Notifications notifications;
    private final Pipeline pipeline;
    private final Injections injections;
    /** An address keeps its number for as long as the router runs: SAs are found by it. */
    private final Map<IpAddress, Integer> numbers = new HashMap<>();
    private final Map<OutboundFlow, OutboundKeys.Made> outbound = new HashMap<>();
    private final Deque<OutboundFlow> leaving = new ArrayDeque<>();

    /**
     * Builds a router's datapath at rest, without interfaces.
     *
     * @param config   settings; concluded here.
     * @param backends crypto libraries in the order of preference; not closed by this.
     * @param store    memory for the counters of as many engines; not closed by this.
     * @param egress   where frames leave.
     * @param observer who sees every verdict.
     */
    public RoutedPipeline(final PipelineConfig config, final List<CryptoBackend> backends, final CounterStore store,
                          final FrameEgress egress, final CommitObserver observer) {
        notifications = new Notifications(config.conclude().notificationRows());
        pipeline = new Pipeline(config, backends, store, (buffer, offset, length, nanos) -> false, observer,
            (punts, watches) -> new Forwarder(versions, flows, use, notifications, egress, punts, watches,
                config.costMeter(PipelineConfig.GATHER)));
        injections = new Injections(config, pipeline.dispatcher());
        configure(RoutedConfig.EMPTY);
    }

    /** The engines, gather and what is between them. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /**
     * Takes an Ethernet frame in; source's thread.
     *
     * @param interfaceIndex where it came in.
     * @param frame          where it is.
     * @param offset         its first octet.
     * @param length         octets.
     * @param nanos          time.
     * @return false if the ring is full and it must be offered again (never when full rings drop).
     */
    public boolean receive(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        return pipeline.dispatcher().offer(interfaceIndex, frame, offset, length, length, nanos, LinkLayer.ETHERNET);
    }

    /**
     * Takes Ethernet frames in, in order, as far as there is room; source's thread.
     *
     * @param interfaceIndex where they came in.
     * @param frames         the frames.
     * @param from           the first to take.
     * @param to             the one behind the last.
     * @return the first that must be offered again; {@code to} if there is none (always when full rings drop).
     */
    public int receive(final int interfaceIndex, final FrameVector frames, final int from, final int to) {
        return pipeline.dispatcher().offer(interfaceIndex, frames, from, to);
    }

    @Override
    public void configure(final RoutedConfig next) {
        final RouteTables tables = versions.compile(next);
        final List<IpAddress> addresses = next.ownAddresses();
        final LocalAddresses ours = new LocalAddresses(addresses, addresses.stream().mapToInt(this::number).toArray());
        pipeline.submit(position -> {
            versions.publish(tables, position, pipeline.gathered());
            pipeline.tables().replace(Tables.Forwarding.routed(ours), position, pipeline.gathered());
        });
    }

    private int number(final IpAddress address) {
        return numbers.computeIfAbsent(address, key -> numbers.size());
    }

    @Override
    public void policer(final PuntCause cause, final boolean high, final int perSecond) {
        pipeline.policer(cause, high, perSecond);
    }

    @Override
    public PortCounters portCounters(final int interfaceIndex) {
        return versions.counters(interfaceIndex);
    }

    @Override
    public void watch(final @Nullable TraceBuffer trace, final List<CaptureBuffer> captures) {
        final Watch watch = trace == null && captures.isEmpty() ? null
            : new Watch(trace, captures, pipeline.mostInFlight(), pipeline.config().traceClock());
        pipeline.submit(position -> pipeline.watches().publish(watch, position, pipeline.gathered()));
    }

    /** Whether engines and gather look at what is watched: for a moment longer than anything is. */
    public boolean watching() {
        return pipeline.watches().newest() != null;
    }

    @Override
    public RoutedConfig configuration() {
        return versions.configuration();
    }

    @Override
    public RoutedSa installInbound(final SaSpec spec, final int flow, final int interfaceIndex) {
        final int number = pipeline.installer().installed().size();
        use.bind(number, flow, interfaceIndex);
        return new InboundFlow(spec, flow, pipeline.installer().install(spec, number(spec.destination())), use);
    }

    @Override
    public void invalidate(final RoutedSa sa) {
        if (sa instanceof final InboundFlow in) {
            pipeline.installer().invalidate(in.installed());
        } else {
            throw new IllegalArgumentException("an outbound SA cannot be marked invalid");
        }
    }

    @Override
    public RoutedSa installOutbound(final SaSpec spec, final int flow) {
        if (flow < 0 || flow > RoutedConfig.MAX_FLOW) {
            throw new IllegalArgumentException("flow " + flow + " is not within 0 to " + RoutedConfig.MAX_FLOW);
        }
        final OutboundKeys.Made made = pipeline.outboundKeys().make(spec);
        final OutboundFlow sa = new OutboundFlow(flow, made.sa());
        outbound.put(sa, made);
        pipeline.submit(position -> flows.bind(flow, sa, position, pipeline.gathered()));
        return sa;
    }

    @Override
    public void retire(final RoutedSa sa) {
        if (sa.isRetired()) {
            throw new IllegalArgumentException("SA " + sa.spec().name() + " was retired before");
        }
        if (sa instanceof final InboundFlow in) {
            in.retired();
            pipeline.installer().retire(in.installed());
        } else if (sa instanceof final OutboundFlow out) {
            out.retired();
            leaving.add(out);
            pipeline.submit(position -> {
                flows.unbind(out, position, pipeline.gathered());
                out.position(position);
            });
        }
    }

    @Override
    public int reclaim() {
        int work = pipeline.installer().reclaim();
        if (pipeline.watches().ended(pipeline.gathered())) {
            pipeline.submit(position -> pipeline.watches().settle(pipeline.gathered()));
        }
        while (!leaving.isEmpty() && leaving.peek().position() <= pipeline.gathered()) {
            final OutboundKeys.Made made = outbound.remove(leaving.remove());
            if (made != null) {
                pipeline.outboundKeys().free(made);
            }
            work++;
        }
        return work;
    }

    @Override
    public boolean inject(final DirectBuffer packet, final int offset, final int length, final long nanos) {
        return injections.packet(packet, offset, length, nanos);
    }

    @Override
    public boolean injectFrame(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        requireRoom(length);
        return injections.frame(interfaceIndex, frame, offset, length, nanos);
    }

    @Override
    public boolean injectTunnel(final int interfaceIndex, final IpAddress nbma, final int flow, final int protocolType,
                                final DirectBuffer payload, final int offset, final int length, final long nanos) {
        requireRoom(length);
        return injections.tunnel(interfaceIndex, nbma, flow, protocolType, payload, offset, length, nanos);
    }

    private void requireRoom(final int length) {
        if (length > injections.room()) {
            throw new IllegalArgumentException("a packet of " + length + " octets does not fit in a slot of "
                + pipeline.config().slotBytes());
        }
    }

    /**
     * Takes in what the control plane has injected, publishes what was offered and makes the changes that were asked for; source's thread.
     *
     * @return work done.
     */
    public int flush() {
        return injections.dispatch() + pipeline.dispatcher().flush();
    }

    /**
     * Takes in what was injected and lets every agent work once, on the caller's thread.
     *
     * @return work done; 0 means that nothing is in flight.
     */
    public int turn() {
        return flush() + pipeline.turn();
    }

    /** Turns until nothing is in flight but fragments that wait for others. */
    public void drain() {
        while (turn() != 0) {
            Thread.onSpinWait();
        }
    }

    /** Whether nothing is on its way through; source's thread, or at rest. */
    public boolean isIdle() {
        return injections.isEmpty() && pipeline.inFlight() == 0;
    }

    @Override
    public int drainPunts(final PuntHandler handler, final int limit) {
        return pipeline.drainPunts((cause, buffer, index, length) -> PuntPath.deliver(handler, cause, buffer, index), limit);
    }

    @Override
    public int drainNotifications(final Consumer<Notification> handler, final int limit) {
        return notifications.drain(handler, limit);
    }

    @Override
    public PacketBuffers buffers() {
        final PipelineConfig config = pipeline.config();
        return new PacketBuffers(config.ringSlots(), config.slotBytes(), config.batch(), config.dispatch() == DispatchPolicy.FLOW_HASH,
            pipeline.slotsInUse(), injections.capacity(), injections.waiting());
    }

    /** Frees the SAs. No agent runs any more. */
    @Override
    public void close() {
        pipeline.close();
    }
}
