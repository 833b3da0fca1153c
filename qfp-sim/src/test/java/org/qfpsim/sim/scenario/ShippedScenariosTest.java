package org.qfpsim.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** The scenarios that come with the program: they hold, they repeat themselves, and threads change nothing. */
class ShippedScenariosTest {
    private static final int SCALE = Integer.getInteger("qfp.test.scale", 1);
    /** Too much for each build; they run in the long one. */
    private static final List<String> LONG = List.of("hub-1000-spokes", "spoofed-flood");
    /** A thousand threads tell nothing that a hundred do not. */
    private static final List<String> NOT_ON_THREADS = List.of("hub-1000-spokes");

    static List<String> scenarios() {
        return ScenarioFolder.shipped().stream().filter(name -> SCALE > 1 || !LONG.contains(name)).toList();
    }

    private static ScenarioResult run(final String name, final Mode mode) {
        final ScenarioRunner runner = new ScenarioRunner(new RouterFactory(new KeyExport()),
            new ScenarioRunner.Settings(mode, () -> NetworkClock.VIRTUAL, null, null));
        return runner.run(ScenarioFolder.find(name), new PrintWriter(Writer.nullWriter()), nanos -> { });
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldHoldAndBeTheSameAgainAndOnThreads(final String name) {
        final ScenarioResult first = run(name, Mode.INVOKER);
        assertThat(first.failure()).isEmpty();
        assertThat(first.checks()).isNotEmpty();
        assertThat(run(name, Mode.INVOKER)).isEqualTo(first);
        if (!NOT_ON_THREADS.contains(name)) {
            assertThat(run(name, Mode.DEDICATED)).isEqualTo(first);
        }
    }
}
