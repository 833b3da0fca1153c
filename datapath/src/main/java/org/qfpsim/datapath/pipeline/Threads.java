package org.qfpsim.datapath.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline's engines and gather on threads of their own, or several of them on one. The caller's thread is the source: it offers,
 * flushes and waits.
 *
 * <p>Waiting burns a core only if there is one for every thread; otherwise it yields to the thread that is waited for. (Parking was
 * measured at a third of the packets a second: docs/performance-log.md.)
 */
public final class Threads implements AutoCloseable {
    private final Pipeline pipeline;
    private final List<AgentRunner> runners = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final IdleStrategy sourceIdle;
    private final boolean oversubscribed;

    /**
     * Starts a thread for each engine and one for gather, and waits until all of them run.
     *
     * @param pipeline at rest.
     */
    public Threads(final Pipeline pipeline) {
        this(pipeline, Integer.MAX_VALUE);
    }

    /**
     * Starts at most so many threads, which share the engines and gather, and waits until all of them run.
     *
     * @param pipeline at rest.
     * @param most     from 1.
     */
    public Threads(final Pipeline pipeline, final int most) {
        this.pipeline = pipeline;
        final List<Agent> agents = share(pipeline, most);
        oversubscribed = agents.size() + 1 > Runtime.getRuntime().availableProcessors();
        sourceIdle = idle();
        pipeline.source(Thread.currentThread());
        final CountDownLatch started = new CountDownLatch(agents.size());
        for (final Agent agent : agents) {
            final AgentRunner runner = new AgentRunner(idle(), this::failed, null, new Started(agent, started));
            runners.add(runner);
            AgentRunner.startOnThread(runner, daemon());
        }
        try {
            started.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the engines started", e);
        }
    }

    /** Engines in order, gather last: deals them out in turn, and each thread turns what it got. */
    private static List<Agent> share(final Pipeline pipeline, final int most) {
        final List<Agent> agents = new ArrayList<>(pipeline.engines());
        agents.add(pipeline.gatherAgent());
        if (most >= agents.size()) {
            return agents;
        }
        final List<Agent> shared = new ArrayList<>();
        for (int thread = 0; thread < most; thread++) {
            final List<Agent> own = new ArrayList<>();
            for (int i = thread; i < agents.size(); i += most) {
                own.add(agents.get(i));
            }
            shared.add(new CompositeAgent(own));
        }
        return shared;
    }

    private static ThreadFactory daemon() {
        return task -> {
            final Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Says when its thread runs. */
    private record Started(Agent agent, CountDownLatch latch) implements Agent {
        @Override
        public void onStart() {
            latch.countDown();
        }

        @Override
        public int doWork() throws Exception {
            return agent.doWork();
        }

        @Override
        public String roleName() {
            return agent.roleName();
        }
    }

    private void failed(final Throwable error) {
        failure.compareAndSet(null, error);
    }

    private IdleStrategy idle() {
        return oversubscribed ? new YieldingIdleStrategy() : new BusySpinIdleStrategy();
    }

    /** How many threads there are besides the source's. */
    public int count() {
        return runners.size();
    }

    /** Whether there are more threads than processors. */
    public boolean oversubscribed() {
        return oversubscribed;
    }

    /**
     * Waits a little, after the source found a full ring or nothing to do.
     *
     * @param work what was done since the last call; 0 makes the wait longer.
     * @throws IllegalStateException if an agent has failed.
     */
    public void idle(final int work) {
        check();
        sourceIdle.idle(work);
    }

    /**
     * Waits until every packet that was offered is committed.
     *
     * @throws IllegalStateException if an agent has failed.
     */
    public void drain() {
        pipeline.dispatcher().flush();
        while (pipeline.inFlight() != 0) {
            idle(0);
        }
        check();
    }

    private void check() {
        final Throwable error = failure.get();
        if (error != null) {
            throw new IllegalStateException("a datapath thread failed", error);
        }
    }

    /** Drains, then stops the threads. */
    @Override
    public void close() {
        try {
            drain();
        } finally {
            runners.forEach(AgentRunner::close);
            pipeline.source(null);
        }
        check();
    }
}
