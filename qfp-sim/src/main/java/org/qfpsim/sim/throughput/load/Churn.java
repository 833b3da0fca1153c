package org.qfpsim.sim.throughput.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.pipeline.Threads;
import org.qfpsim.datapath.sa.InstalledSa;

/** A control thread that installs SAs while packets flow, and takes them away again: what rekeys ask of a router. */
final class Churn {
    /** Behind the SPIs of peers. */
    private static final int FIRST = Peers.MOST + 1;
    private static final double NANOS = 1e9;

    private final Pipeline pipeline;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;

    /**
     * Starts it.
     *
     * @param pipeline the router; its source is the caller's thread.
     * @param traffic  what SAs are like.
     * @param sas      how many are installed and retired.
     * @param after    seconds from now.
     */
    Churn(final Pipeline pipeline, final TrafficSpec traffic, final int sas, final double after) {
        this.pipeline = pipeline;
        thread = new Thread(() -> {
            try {
                LockSupport.parkNanos((long) (after * NANOS));
                work(traffic, sas);
            } catch (final RuntimeException e) {
                failure.set(e);
            }
        }, "control");
        thread.setDaemon(true);
        thread.start();
    }

    private void work(final TrafficSpec traffic, final int sas) {
        final List<InstalledSa> installed = new ArrayList<>();
        for (int i = 0; i < sas; i++) {
            installed.add(pipeline.installInbound(Peers.sa(traffic, FIRST + i)));
        }
        installed.forEach(pipeline.installer()::retire);
    }

    /** Waits for the end, making the changes that it asks for. The source's thread; packets may be in flight. */
    void finish(final Threads threads) {
        while (thread.isAlive()) {
            threads.idle(pipeline.dispatcher().flush());
        }
        pipeline.dispatcher().flush();
        final RuntimeException error = failure.get();
        if (error != null) {
            throw new IllegalStateException("the control thread failed", error);
        }
    }

    /** Frees what was retired. The threads have ended. */
    static void reclaim(final Pipeline pipeline) {
        while (pipeline.installer().reclaim() != 0) {
            pipeline.dispatcher().flush();
        }
    }
}
