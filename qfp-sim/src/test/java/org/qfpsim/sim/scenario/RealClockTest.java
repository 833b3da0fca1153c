package org.qfpsim.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/**
 * Routers on a real clock. What must always hold is that no packet is without an account; the expectations, within their tolerances, only
 * while the machine keeps up.
 */
class RealClockTest {
    private static final boolean LONG = Integer.getInteger("qfp.test.scale", 1) > 1;
    private static final int AT_A_TIME = 8;
    /** More traffic than a small machine carries in real time. */
    private static final List<String> TOO_MUCH = List.of("hub-1000-spokes", "spoofed-flood");
    /**
     * One leaves IKE 50 ms, which a program that has just been started does not keep: both ends begin, and it is another story. In the
     * others exactly ten packets are under way, which a reading just calls few: an eleventh makes it another reading.
     */
    private static final List<String> TOO_CLOSE =
        List.of("race-v2-new-spi-early", "race-v1-old-spi-after-delete", "race-v2-old-spi-after-delete");
    private static final String SHORT = """
        title: Two routers that have three seconds
        duration: 3500ms
        drain: 300ms
        tolerance: 500ms
        routers:
          r[1-2]: {config: r.cfg}
        hosts:
          alice: {ipv4: 192.168.1.10/24, gateway: 192.168.1.1}
          bob: {ipv4: 192.168.2.10/24, gateway: 192.168.2.1}
        links:
          office: {ports: [alice, r1 Gi0/0/1]}
          wan: {ports: [r1 Gi0/0/0, r2 Gi0/0/0], delay: 10ms}
          branch: {ports: [r2 Gi0/0/1, bob]}
        streams:
          first: {from: alice, to: bob, kind: ping, rate: 10, size: 100, start: 0s, stop: 1s}
          to-bob: {from: alice, to: bob, rate: 100, size: 100, start: 1500ms}
          to-alice: {from: bob, to: alice, rate: 100, size: 100, start: 1500ms}
        timeline:
          - {at: 2s, router: r1, command: qfp-sim rekey crypto-sa}
        """;
    private static final String REKEY = """
        expect:
          - {stream: to-bob, measure: lost, is: 0}
          - {stream: to-alice, measure: lost, is: 0}
          - {stream: to-bob, measure: sent, is: 200}
          - {router: r2, counter: ipsec 4, is: 0}
          - {link: wan, measure: lost, is: 0}
        """;
    private static final String LOSS = """
          - {at: 2500ms, router: r2, command: qfp-sim lose crypto-sa}
        expect:
          - {stream: to-bob, measure: lost, min: 2, max: 6}
          - {stream: to-bob, measure: outage, max: 60ms}
          - {router: r2, counter: ipsec 4, min: 1, max: 5}
          - {router: r2, log: RECVD_PKT_INV_SPI, min: 1, max: 2}
        """;

    private static ScenarioResult run(final ScenarioFolder folder, final Mode mode, final Writer story) {
        return new ScenarioRunner(new RouterFactory(new KeyExport()),
            new ScenarioRunner.Settings(mode, () -> NetworkClock.real(System::nanoTime), null, null))
            .run(folder, new PrintWriter(story), nanos -> { });
    }

    private static ScenarioFolder written(final Path folder, final String yaml, final String configFrom) throws IOException {
        Files.write(folder.resolve("r.cfg"), ScenarioFolder.find(configFrom).read("r.cfg"));
        Files.writeString(folder.resolve("scenario.yaml"), yaml);
        return ScenarioFolder.find(folder.toString());
    }

    private static ScenarioResult.Pace pace(final ScenarioResult result) {
        return Objects.requireNonNull(result.pace());
    }

    @ParameterizedTest
    @CsvSource({"race-v1-both-rekey, INVOKER", "race-v2-both-rekey, DEDICATED"})
    void shouldRekeyAndRecoverInRealTime(final String configFrom, final Mode mode, @TempDir final Path folder) throws IOException {
        final StringWriter story = new StringWriter();
        final ScenarioResult result = run(written(folder, SHORT + (mode == Mode.INVOKER ? REKEY : LOSS), configFrom), mode, story);
        assertThat(result.problems()).isEmpty();
        assertThat(result.nanos()).isGreaterThanOrEqualTo(3_800_000_000L);
        assertThat(story.toString()).contains("Real clock: tolerance 0.500 s, the latest event came ", "(give or take 50)");
        assertThat(pace(result).latenessNanos()).as("time passes while routers work").isPositive();
        assumeTrue(pace(result).kept(), () -> "this machine was too slow: " + pace(result).text());
        assertThat(result.failure()).isEmpty();
    }

    @Test
    void shouldAllowForWhatComesLate(@TempDir final Path folder) {
        final Scenario scenario = ScenarioReader.read(Example.write(folder, Example.YAML), Set.of("ppes", "release"), null);
        final Tolerance real = new Tolerance(scenario, true);
        final Tolerance virtual = new Tolerance(scenario, false);
        // 250 ms: of 110 packets a second in all, of one of 100, and of one of 10.
        assertThat(scenario.expectations()).extracting(real::of)
            .containsExactly(28L, 1L, 1L, 1L, 25L, 250_000_000L, 250_000_000L, 3L, 0L, 0L, 0L);
        assertThat(scenario.expectations()).extracting(virtual::of).containsOnly(0L);
    }

    @Test
    void shouldRefuseWhatTakesMoreThanFiveMinutes() {
        assertThatThrownBy(() -> run(ScenarioFolder.find("invalid-spi"), Mode.INVOKER, Writer.nullWriter()))
            .isInstanceOf(InputException.class)
            .hasMessage("invalid-spi takes 421 s, and --clock real is for scenarios of up to 300 s; run it with --clock virtual");
    }

    @Test
    void shouldHoldForAllThatFitWhenThereIsTime() throws InterruptedException, ExecutionException {
        assumeTrue(LONG, "all scenarios on a real clock take a quarter of an hour: -Plong");
        final List<ScenarioResult> results = new ArrayList<>();
        try (ExecutorService runners = Executors.newFixedThreadPool(AT_A_TIME)) {
            final List<Future<ScenarioResult>> running = ScenarioFolder.shipped().stream()
                .filter(name -> !name.equals("invalid-spi") && !TOO_MUCH.contains(name) && !TOO_CLOSE.contains(name))
                .map(name -> runners.submit(() -> run(ScenarioFolder.find(name), Mode.INVOKER, Writer.nullWriter()))).toList();
            for (final Future<ScenarioResult> each : running) {
                results.add(each.get());
            }
        }
        assertThat(results).allSatisfy(result -> assertThat(result.problems()).as(result.name()).isEmpty());
        final List<ScenarioResult> kept = results.stream().filter(result -> pace(result).kept()).toList();
        assertThat(kept).as("machine too slow for all of them").isNotEmpty()
            .allSatisfy(result -> assertThat(result.failure()).as(result.name()).isEmpty());
    }
}
