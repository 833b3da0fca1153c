package org.qfpsim.perf.bench;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.Dispatcher;
import org.qfpsim.datapath.pipeline.FrameVector;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.Threads;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.InstalledSa;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.trace.CycleSampler;

/**
 * A pipeline, a sender and a counting sink.
 *
 * <pre>
 *   frames (off heap, one after the other) -- offer: head into the slot --&gt; engine -- gather --&gt; sink
 * </pre>
 * A replay window takes a sequence number once, so {@link #renew} encrypts all frames again with new numbers between two passes, with the
 * receiver's own key schedule so that no second set of keys disturbs the caches. A pass reads the frames from where that left them: the
 * second- or third-level cache, where a network card would have put them.
 */
public final class InboundRig implements AutoCloseable {
    private static final int CACHE_LINE = 64;
    private static final long NANOS_PER_PACKET = 67;
    private static final long NAP_NANOS = 10_000;

    private final InboundLoad load;
    private final CryptoBackends backends;
    private final CounterStore store;
    private final Pipeline pipeline;
    private final Sink sink;
    private final OutboundSa[] senders;
    private final UnsafeBuffer[] inner;
    private final UnsafeBuffer arena;
    private final int[] offsets;
    private final int[] lengths;
    private final FrameVector frames;
    private final int burst;
    private long clock;
    private long offered;

    /**
     * Builds a router and sends a first pass through, comparing every packet.
     *
     * @param load what goes through.
     */
    public InboundRig(final InboundLoad load) {
        this(load, CounterStore.inMemory(load.ppes()));
    }

    /**
     * The same with counters of the caller's; this closes them.
     *
     * @param load  what goes through.
     * @param store with a block for each engine.
     */
    public InboundRig(final InboundLoad load, final CounterStore store) {
        this(load, store, null);
    }

    /**
     * One whose stages can be timed.
     *
     * @param load  what goes through.
     * @param times filled by {@link #pass(StageTimes)} and {@link #pass(Threads, StageTimes)}.
     */
    public InboundRig(final InboundLoad load, final StageTimes times) {
        this(load, CounterStore.inMemory(load.ppes()), times);
    }

    private InboundRig(final InboundLoad load, final CounterStore store, final @Nullable StageTimes times) {
        this.load = load;
        this.store = store;
        try {
            backends = CryptoBackends.open(load.backend());
        } catch (final CryptoUnavailableException e) {
            throw Traffic.unavailable(e);
        }
        inner = Traffic.innerPackets(Traffic.sizes(load.size()));
        sink = times == null ? new Sink(inner) : new Sink.Timed(inner, times);
        final PipelineConfig config = new PipelineConfig().ppes(load.ppes()).cost(load.sampling(), new CycleSampler());
        burst = config.batch();
        pipeline = new Pipeline(config, backends.all(), store, sink, CommitObserver.NONE);
        pipeline.configure(List.of(Traffic.US), List.of(), true);
        final EspTransform transform = backends.forSuite(load.suite()).newLane().transform(load.suite());
        senders = new OutboundSa[load.sas()];
        for (int i = 0; i < senders.length; i++) {
            senders[i] = sender(i, transform);
        }
        offsets = new int[load.frames()];
        lengths = new int[load.frames()];
        arena = new UnsafeBuffer(BufferUtil.allocateDirectAligned(layOut(), 4096));
        frames = new FrameVector(arena, LinkLayer.ETHERNET, offsets, lengths, lengths, new long[lengths.length], true);
        renewAll();
        checkContents();
    }

    private OutboundSa sender(final int number, final EspTransform transform) {
        final int window = load.replayWindow();
        final InstalledSa sa = pipeline.installInbound(Traffic.sa(number, load.suite(), load.esn(), window));
        return new OutboundSa(load.kind() == InboundLoad.Kind.UNKNOWN_SPI
            ? Traffic.unknownSa(number, load.suite(), load.esn(), window)
            : Traffic.sa(number, load.suite(), load.esn(), window), transform, InboundSa.keyHandle(sa.record()));
    }

    /** Gives each frame its place; the octets of all. */
    private int layOut() {
        int at = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = at;
            lengths[i] = Traffic.ETHERNET_BYTES
                + senders[0].outerBytes(inner[i % inner.length].capacity(), Net.IPV4_HEADER_BYTES);
            at += lengths[i] + CACHE_LINE - 1 & -CACHE_LINE;
        }
        return at;
    }

    /** Frames of a pass. */
    public int frames() {
        return offsets.length;
    }

    /** Library and version. */
    public String description() {
        return backends.forSuite(load.suite()).description();
    }

    /** What was sampled of the cost of features, in all passes. */
    public CostLook costs() {
        return CostLook.read(store.reader());
    }

    /** Makes the next pass possible. Not part of what is measured. */
    public void renew() {
        if (load.kind() == InboundLoad.Kind.GOOD) {
            renewAll();
        }
    }

    private void renewAll() {
        for (int i = 0; i < offsets.length; i++) {
            final UnsafeBuffer packet = inner[i % inner.length];
            final int at = offsets[i];
            Traffic.ethernet(arena, at);
            senders[i % senders.length].wrap(arena, at + Traffic.ETHERNET_BYTES, packet, 0, packet.capacity(), Net.IPV4_HEADER_BYTES,
                Traffic.PROTOCOL_FIELD, 0, false);
            if (load.kind() == InboundLoad.Kind.BAD_ICV) {
                final int last = at + lengths[i] - 1;
                arena.putByte(last, (byte) ~arena.getByte(last));
            }
        }
    }

    /** Sends all frames through, turning the agents on this thread after every burst. */
    public void pass() {
        final Dispatcher dispatcher = pipeline.dispatcher();
        tick();
        for (int next = 0; next < lengths.length;) {
            next = dispatcher.offer(frames, next, Math.min(next + burst, lengths.length));
            pipeline.turn();
        }
        pipeline.drain();
        offered += lengths.length;
    }

    /**
     * Sends all frames through on this thread, and takes the time of each stage.
     *
     * @param times what this rig was built with.
     */
    public void pass(final StageTimes times) {
        times.clear();
        times.stamping(false);
        final Dispatcher dispatcher = pipeline.dispatcher();
        tick();
        for (int next = 0; next < lengths.length;) {
            times.turn();
            final long start = System.nanoTime();
            next = dispatcher.offer(frames, next, Math.min(next + burst, lengths.length));
            dispatcher.flush();
            final long dispatched = System.nanoTime();
            pipeline.turn();
            times.turned(start, dispatched, System.nanoTime());
        }
        pipeline.drain();
        offered += lengths.length;
    }

    /**
     * Sends all frames through with this thread asleep most of the time, so that an engine and gather have a core each where there are
     * two; gather stamps what leaves.
     *
     * @param threads of {@link #start}.
     * @param times   what this rig was built with.
     */
    public void pass(final Threads threads, final StageTimes times) {
        times.clear();
        times.stamping(true);
        final Dispatcher dispatcher = pipeline.dispatcher();
        tick();
        for (int next = 0; next < lengths.length;) {
            next = dispatcher.offer(frames, next, Math.min(next + burst, lengths.length));
            dispatcher.flush();
            if (pipeline.inFlight() >= pipeline.config().ringSlots() - burst) {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
        threads.drain();
        offered += lengths.length;
    }

    /**
     * Sends all frames through engines on threads of their own.
     *
     * @param threads of {@link #start}.
     */
    public void pass(final Threads threads) {
        final Dispatcher dispatcher = pipeline.dispatcher();
        tick();
        for (int next = 0; next < lengths.length;) {
            final int taken = dispatcher.offer(frames, next, Math.min(next + burst, lengths.length));
            dispatcher.flush();
            if (taken == next) {
                threads.idle(0);
            }
            next = taken;
        }
        threads.drain();
        offered += lengths.length;
    }

    /** Gives every frame its time of arrival. */
    private void tick() {
        final long[] nanos = frames.nanos();
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = clock;
            clock += NANOS_PER_PACKET;
        }
    }

    /** Starts the threads of dedicated mode. */
    public Threads start() {
        return new Threads(pipeline);
    }

    private void checkContents() {
        sink.comparing(true);
        pass();
        sink.comparing(false);
        check();
    }

    /** Fails unless every packet met the end that its kind asks for. */
    public void check() {
        final CounterReader counters = store.reader();
        final boolean forwarded = load.kind() == InboundLoad.Kind.GOOD || load.kind() == InboundLoad.Kind.REPLAY_OFF;
        Traffic.require("received", offered, counters.total(Total.RECEIVED));
        Traffic.require("forwarded", forwarded ? offered : 0, counters.total(Total.FORWARDED));
        Traffic.require("packets at the sink", forwarded ? offered : 0, sink.packets());
        Traffic.require("octets at the sink", sink.octets(), counters.total(Total.FORWARDED_OCTETS));
        Traffic.require("unknown SPI", load.kind() == InboundLoad.Kind.UNKNOWN_SPI ? offered : 0,
            counters.ipsecPackets(IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI.id()));
        Traffic.require("bad ICV", load.kind() == InboundLoad.Kind.BAD_ICV ? offered : 0,
            counters.ipsecPackets(IpsecDrop.IN_MAC_EXCEPTION.id()));
    }

    @Override
    public void close() {
        check();
        pipeline.close();
        store.close();
        backends.close();
    }
}
