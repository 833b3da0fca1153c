package org.qfpsim.sim.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.sim.scenario.LiveScenario;

/**
 * Routers of this process. However many ask, a router is looked at no more than ten times a second: a look takes its control thread's time.
 */
public final class ScenarioSource implements LookSource {
    private static final long FRESH_NANOS = 100_000_000;
    private static final long PATIENCE_SECONDS = 5;

    private final LiveScenario scenario;
    private final LongSupplier nanoTime;
    private final Map<String, Taken> last = new HashMap<>();

    private record Taken(long nanos, Optional<RouterLook> look) {
    }

    /**
     * Routers of a scenario that another thread runs.
     *
     * @param scenario it.
     * @param nanoTime a steady clock.
     */
    public ScenarioSource(final LiveScenario scenario, final LongSupplier nanoTime) {
        this.scenario = scenario;
        this.nanoTime = nanoTime;
    }

    @Override
    public List<String> routers() {
        return scenario.routers();
    }

    @Override
    public synchronized Optional<RouterLook> look(final String router) {
        final Taken before = last.get(router);
        if (before != null && nanoTime.getAsLong() - before.nanos < FRESH_NANOS) {
            return before.look;
        }
        try {
            final Optional<RouterLook> look = scenario.look(router).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            last.put(router, new Taken(nanoTime.getAsLong(), look));
            return look;
        } catch (final TimeoutException e) {
            throw new GoneException(router + " has not answered for " + PATIENCE_SECONDS + " s");
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GoneException(router + ": interrupted");
        }
    }
}
