package org.qfpsim.sim.live;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** Routers of a scenario on virtual time, which passes when it is told to: the same looks in every run. */
public final class VirtualSource implements LookSource {
    private static final String STORY = "invalid-spi";
    private static final long WINDOW = 60_000_000_000L;

    private final LiveScenario scenario;

    private VirtualSource(final LiveScenario scenario) {
        this.scenario = scenario;
    }

    /**
     * Builds a scenario.
     *
     * @param name as of {@code run}; null: the story.
     * @return the source, at time 0.
     */
    public static VirtualSource open(final @Nullable String name) {
        return new VirtualSource(LiveScenario.build(ScenarioFolder.find(name == null ? STORY : name), new RouterFactory(new KeyExport()),
            ScenarioRunner.Settings.DEFAULT));
    }

    /**
     * Lets time pass.
     *
     * @param until    when to stop, in nanoseconds.
     * @param interval between two looks.
     * @param look     is called at each of them, in the last minute only, and at the end.
     */
    public void play(final long until, final long interval, final Runnable look) {
        for (long at = until - WINDOW / interval * interval; at < until; at += interval) {
            if (at >= scenario.nanos()) {
                scenario.run(at);
                look.run();
            }
        }
        scenario.run(until);
        look.run();
    }

    @Override
    public List<String> routers() {
        return scenario.routers();
    }

    @Override
    public Optional<RouterLook> look(final String router) {
        return scenario.lookNow(router);
    }

    @Override
    public void close() {
        scenario.close();
    }
}
