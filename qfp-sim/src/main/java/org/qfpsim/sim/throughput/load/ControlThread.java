package org.qfpsim.sim.throughput.load;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.pipeline.Threads;

/** The control plane of a trial: changes SAs from a thread of its own while packets flow. */
final class ControlThread {
    private final Pipeline pipeline;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;

    /**
     * Starts it.
     *
     * @param pipeline the router; its source is the caller's thread.
     * @param work     what is changed.
     */
    ControlThread(final Pipeline pipeline, final Runnable work) {
        this.pipeline = pipeline;
        thread = new Thread(() -> {
            try {
                work.run();
            } catch (final RuntimeException e) {
                failure.set(e);
            }
        }, "control");
        thread.setDaemon(true);
        thread.start();
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
