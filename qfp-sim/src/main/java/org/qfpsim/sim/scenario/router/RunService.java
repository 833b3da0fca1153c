package org.qfpsim.sim.scenario.router;

import java.util.List;
import java.util.concurrent.Callable;
import org.qfpsim.sim.Subcommand;
import org.qfpsim.sim.scenario.ScenarioCommand;

/** Registers {@code run}: scenarios with routers. */
public final class RunService implements Subcommand {
    private static final String STORY = "invalid-spi";

    /** Called by the service loader. */
    public RunService() {
    }

    @Override
    public Callable<Integer> command() {
        final KeyExport keys = new KeyExport();
        return new ScenarioCommand(new RouterFactory(keys), STORY, keys::write);
    }

    @Override
    public List<Example> examples() {
        return List.of(new Example(Use.DROP_COUNTERS, "run"), new Example(Use.DROP_COUNTERS, "run --list"));
    }
}
