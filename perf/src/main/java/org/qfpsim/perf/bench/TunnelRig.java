package org.qfpsim.perf.bench;

import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.Egress;
import org.qfpsim.datapath.pipeline.FrameVector;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.sa.PolicyRule;

/**
 * Two routers on one thread: clear packets are sealed by the first and opened by the second, or only sealed.
 *
 * <pre>
 *   clear frames -- offer --&gt; sealing pipeline -- copy onto the wire --&gt; opening pipeline --&gt; sink
 * </pre>
 * The first pass always goes all the way, and every packet is compared.
 */
public final class TunnelRig implements AutoCloseable {
    private static final int CACHE_LINE = 64;
    private static final long NANOS_PER_PACKET = 67;
    /** A frame of 1,500 octets. */
    private static final int WIRE_STRIDE = 24 * CACHE_LINE;

    private final InboundLoad load;
    private final CryptoBackends backends;
    private final CounterStore sealed = CounterStore.inMemory(1);
    private final CounterStore opened = CounterStore.inMemory(1);
    private final Pipeline sealing;
    private final Pipeline opening;
    private final UnsafeBuffer[] inner;
    private final FrameVector clear;
    private final Wire wire;
    private final int burst;
    private boolean opens = true;
    private long clock;
    private long offered;
    private long arrived;
    private long compared;

    /** Where sealed packets leave: counted, and kept as frames if somebody is to open them. */
    private final class Wire implements Egress {
        private final UnsafeBuffer memory;
        private final FrameVector frames;
        private int count;
        private long packets;

        Wire(final int room) {
            memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(room * WIRE_STRIDE, 4096));
            final int[] offsets = new int[room];
            for (int i = 0; i < room; i++) {
                offsets[i] = i * WIRE_STRIDE;
                Traffic.ethernet(memory, offsets[i]);
            }
            final int[] lengths = new int[room];
            frames = new FrameVector(memory, LinkLayer.ETHERNET, offsets, lengths, lengths, new long[room], true);
        }

        @Override
        public boolean transmit(final UnsafeBuffer buffer, final int offset, final int length, final long nanos) {
            packets++;
            if (opens) {
                memory.putBytes(frames.offsets()[count] + Traffic.ETHERNET_BYTES, buffer, offset, length);
                frames.lengths()[count] = length + Traffic.ETHERNET_BYTES;
                frames.nanos()[count] = nanos;
                count++;
            }
            return true;
        }
    }

    /**
     * Builds both and sends a first pass through.
     *
     * @param load  what goes through; one SA.
     * @param opens whether later passes are opened too.
     */
    public TunnelRig(final InboundLoad load, final boolean opens) {
        this.load = load;
        try {
            backends = CryptoBackends.open(load.backend());
        } catch (final CryptoUnavailableException e) {
            throw Traffic.unavailable(e);
        }
        inner = Traffic.innerPackets(Traffic.sizes(load.size()));
        final PipelineConfig config = new PipelineConfig();
        burst = config.batch();
        wire = new Wire(config.ringSlots());
        clear = layOut();
        sealing = new Pipeline(config, backends.all(), sealed, wire, CommitObserver.NONE);
        sealing.configure(List.of(Traffic.SENDER), List.of(new PolicyRule("protect", PolicyRule.Direction.OUTBOUND, Traffic.selector(),
            PolicyRule.Action.PROTECT, null)), false);
        sealing.installOutbound(Traffic.sa(0, load.suite(), load.esn(), load.replayWindow()), 0);
        opening = new Pipeline(new PipelineConfig(), backends.all(), opened, this::arrive, CommitObserver.NONE);
        opening.configure(List.of(Traffic.US), List.of(), true);
        opening.installInbound(Traffic.sa(0, load.suite(), load.esn(), load.replayWindow()));
        pass();
        compared = arrived;
        this.opens = opens;
        check();
    }

    private FrameVector layOut() {
        final int count = load.frames();
        final int[] offsets = new int[count];
        final int[] lengths = new int[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            offsets[i] = at;
            lengths[i] = Traffic.ETHERNET_BYTES + inner[i % inner.length].capacity();
            at += lengths[i] + CACHE_LINE - 1 & -CACHE_LINE;
        }
        final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(at, 4096));
        for (int i = 0; i < count; i++) {
            Traffic.ethernet(memory, offsets[i]);
            memory.putBytes(offsets[i] + Traffic.ETHERNET_BYTES, inner[i % inner.length], 0, inner[i % inner.length].capacity());
        }
        return new FrameVector(memory, LinkLayer.ETHERNET, offsets, lengths, lengths, new long[count], false);
    }

    private boolean arrive(final UnsafeBuffer buffer, final int offset, final int length, final long nanos) {
        if (compared == 0) {
            final UnsafeBuffer expected = inner[(int) (arrived % inner.length)];
            Traffic.require("octets of a packet", expected.capacity(), length);
            Traffic.requireSame(expected, buffer, offset);
        }
        arrived++;
        return true;
    }

    /** Frames of a pass. */
    public int frames() {
        return clear.lengths().length;
    }

    /** Sends all frames through, a burst at a time, turning the agents on this thread. */
    public void pass() {
        final long[] nanos = clear.nanos();
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = clock;
            clock += NANOS_PER_PACKET;
        }
        for (int next = 0; next < nanos.length;) {
            next = sealing.dispatcher().offer(clear, next, Math.min(next + burst, nanos.length));
            sealing.turn();
            deliver();
        }
        sealing.drain();
        deliver();
        offered += nanos.length;
    }

    private void deliver() {
        for (int next = 0; next < wire.count;) {
            next = opening.dispatcher().offer(wire.frames, next, wire.count);
            opening.turn();
        }
        opening.drain();
        wire.count = 0;
    }

    /** Fails unless every packet was sealed, and every one that was to be opened was. */
    private void check() {
        final CounterReader first = sealed.reader();
        final CounterReader second = opened.reader();
        final long toOpen = opens ? offered : compared;
        Traffic.require("sealed", offered, first.total(Total.ESP_SEALED));
        Traffic.require("packets on the wire", offered, wire.packets);
        Traffic.require("opened", toOpen, second.total(Total.ESP_OPENED));
        Traffic.require("packets at the sink", toOpen, arrived);
        Traffic.require("octets in clear", first.total(Total.FORWARDED_OCTETS) * toOpen / offered, second.total(Total.FORWARDED_OCTETS));
    }

    @Override
    public void close() {
        check();
        sealing.close();
        opening.close();
        sealed.close();
        opened.close();
        backends.close();
    }
}
