package org.qfpsim.perf.bench;

import java.util.Arrays;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.Dispatcher;
import org.qfpsim.datapath.pipeline.FrameVector;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.Threads;

/** Dispatch by itself: frames of zeros, or of no octets at all, which the engine drops at once, so that it is never waited for. */
public final class DispatchRig implements AutoCloseable {
    private static final int FRAMES = 4096;
    private static final int CACHE_LINE = 64;

    private final CounterStore store = CounterStore.inMemory(1);
    private final Pipeline pipeline;
    private final FrameVector frames;
    private final int burst;
    private final @Nullable Threads threads;
    private long offered;

    /**
     * Builds a router.
     *
     * @param octets    of a frame.
     * @param lent      whether the engine reads it where it is, so that only its head is copied.
     * @param otherCore whether the engine and gather run on another thread.
     */
    public DispatchRig(final int octets, final boolean lent, final boolean otherCore) {
        final PipelineConfig config = new PipelineConfig();
        burst = config.batch();
        pipeline = new Pipeline(config, List.of(), store, (_, _, _, _) -> true, CommitObserver.NONE);
        pipeline.configure(List.of(Traffic.US), List.of(), true);
        final int stride = octets + CACHE_LINE - 1 & -CACHE_LINE;
        final int[] offsets = new int[FRAMES];
        Arrays.setAll(offsets, i -> i * stride);
        final int[] lengths = new int[FRAMES];
        Arrays.fill(lengths, octets);
        frames = new FrameVector(new UnsafeBuffer(BufferUtil.allocateDirectAligned(Math.max(FRAMES * stride, CACHE_LINE), 4096)),
            LinkLayer.ETHERNET, offsets, lengths, lengths, new long[FRAMES], lent);
        threads = otherCore ? new Threads(pipeline, 1) : null;
    }

    /**
     * Sends all frames.
     *
     * @return nanoseconds a packet of those bursts that found room at once.
     */
    public double pass() {
        final Dispatcher dispatcher = pipeline.dispatcher();
        long nanos = 0;
        long timed = 0;
        for (int next = 0; next < FRAMES;) {
            final long start = System.nanoTime();
            final int taken = dispatcher.offer(frames, next, Math.min(next + burst, FRAMES));
            dispatcher.flush();
            final long end = System.nanoTime();
            if (taken == next + burst) {
                nanos += end - start;
                timed += burst;
            }
            next = taken;
            letOthersWork();
        }
        offered += FRAMES;
        if (threads != null) {
            threads.drain();
        }
        return timed == 0 ? Double.NaN : (double) nanos / timed;
    }

    private void letOthersWork() {
        if (threads == null) {
            pipeline.drain();
        } else {
            // With a ring that is never full, dispatch finds room, and lines that the other core has written.
            while (pipeline.inFlight() > burst) {
                threads.idle(0);
            }
        }
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.close();
        }
        Traffic.require("received", offered, store.reader().total(Total.RECEIVED));
        pipeline.close();
        store.close();
    }
}
