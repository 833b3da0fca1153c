package org.qfpsim.sim.serve;

import java.util.List;
import java.util.Optional;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.sim.live.LookSource;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** The story up to the middle of its black hole, on virtual time, with what a feed has seen of it: a look a second. */
final class Story implements LookSource {
    private static final long SECOND = 1_000_000_000L;

    private final LiveScenario scenario = LiveScenario.build(ScenarioFolder.find("invalid-spi"), new RouterFactory(new KeyExport()),
        ScenarioRunner.Settings.DEFAULT);
    private final Feed feed = new Feed(this, List.of("r2", "r1"));

    /** Runs it. */
    Story(final int seconds) {
        for (int i = 0; i <= seconds; i++) {
            scenario.run(i * SECOND);
            feed.sample();
        }
    }

    Feed feed() {
        return feed;
    }

    String show(final String router, final String command) {
        final StringBuilder text = new StringBuilder();
        scenario.command(router, command, text::append);
        return text.toString();
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
