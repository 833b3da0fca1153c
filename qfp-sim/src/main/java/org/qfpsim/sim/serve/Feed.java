package org.qfpsim.sim.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.live.GoneException;
import org.qfpsim.sim.live.History;
import org.qfpsim.sim.live.LookSource;

/**
 * Looks at routers once a second, whoever and however many read what came of it: a reader never waits for a router, nor a router for a
 * reader.
 */
final class Feed implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 1000;

    private final LookSource source;
    private final Map<String, History> histories = new LinkedHashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("feed").unstarted(this::loop);

    /**
     * Not started yet.
     *
     * @param source  of looks.
     * @param routers some of its routers.
     */
    Feed(final LookSource source, final List<String> routers) {
        this.source = source;
        routers.forEach(router -> histories.put(router, new History()));
    }

    /** Takes looks from now on, until {@link #close}. */
    void start() {
        thread.start();
    }

    private void loop() {
        try {
            while (true) {
                sample();
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at each router once. */
    void sample() {
        histories.forEach((router, history) -> {
            try {
                source.look(router).ifPresentOrElse(history::add, history::down);
            } catch (final GoneException e) {
                history.down();
            }
        });
    }

    /** Names of the routers. */
    List<String> routers() {
        return List.copyOf(histories.keySet());
    }

    /** What is known of a router; null if there is none of that name. */
    @Nullable History find(final String router) {
        return histories.get(router);
    }

    /** What is known of a router of {@link #routers}. */
    History history(final String router) {
        return Objects.requireNonNull(histories.get(router), router);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
