package org.qfpsim.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** Runs scenarios with small routers. */
class ScenarioRunnerTest {
    private static final ScenarioRunner.Settings DEDICATED =
        new ScenarioRunner.Settings(Mode.DEDICATED, () -> NetworkClock.VIRTUAL, null, null);

    @TempDir
    private Path folder;
    private final StringWriter story = new StringWriter();

    private ScenarioResult run(final String yaml, final ScenarioRunner.Settings settings) {
        return run(Example.write(folder, yaml), settings);
    }

    private ScenarioResult run(final ScenarioFolder where, final ScenarioRunner.Settings settings) {
        story.getBuffer().setLength(0);
        return new ScenarioRunner(new TestRouters(), settings).run(where, new PrintWriter(story), nanos -> { });
    }

    private ScenarioResult real(final ScenarioFolder where, final ScenarioRunner.Settings settings) {
        return new ScenarioRunner(new RouterFactory(new KeyExport()), settings).run(where, new PrintWriter(story), nanos -> { });
    }

    @Test
    void shouldTellTheStoryAndFindEverythingAsExpected() {
        final ScenarioResult result = run(Example.YAML, ScenarioRunner.Settings.DEFAULT);
        assertThat(result.failure()).isEmpty();
        assertThat(result.passed()).isTrue();
        assertThat(story.toString().lines())
            .startsWith(folder.getFileName() + ": Two routers, one of which forgets its route",
                "2 routers, 2 hosts, 3 links, 2 streams; 30.000 s, seed 5", "")
            .contains("     0.000  Traffic flows between two offices.",
                "    10.000  Somebody types a wrong route.",
                "    10.000  r1#route 10.9.9.9",
                "    15.000  * r2 loses power",
                "    16.000  r2: %TEST-5-RESTART: System restarted",
                "    20.000  * link wan has delay 20ms from now on",
                "    25.000  * stream echo stops")
            .anyMatch(line -> line.matches("    10\\.\\d{3}  r1: %TEST-4-NOROUTE: no route to 10\\.2\\.0\\.10"))
            .anyMatch(line -> line.matches("  ok      r1 counter NoRoute +220 +seen: 220"))
            .contains("  data: 2,900 sent, 2,600 arrived, 300 lost; nothing got through from 10.000 s to 12.000 s")
            .noneMatch(line -> line.contains("route 192.0.2.2"));
        assertThat(result.toMap()).containsEntry("passed", true).containsEntry("seconds", 31.0);
    }

    @Test
    void shouldBeTheSameAgainAndWithThreads() {
        final String first = run(Example.YAML, ScenarioRunner.Settings.DEFAULT).fingerprint();
        final String told = story.toString();
        assertThat(run(Example.YAML, ScenarioRunner.Settings.DEFAULT).fingerprint()).isEqualTo(first);
        assertThat(run(Example.YAML, DEDICATED).fingerprint()).isEqualTo(first);
        assertThat(story).hasToString(told);
        final ScenarioRunner.Settings other = new ScenarioRunner.Settings(Mode.INVOKER, () -> NetworkClock.VIRTUAL, null, 6L);
        assertThat(run(Example.YAML, other).fingerprint()).isNotEqualTo(first);
    }

    @Test
    void shouldNameTheExpectationThatFailedAndWhatWasSeen() {
        final ScenarioResult result = run(Example.YAML.replace("counter: NoRoute, is: 220", "counter: NoRoute, max: 3"),
            ScenarioRunner.Settings.DEFAULT);
        assertThat(result.passed()).isFalse();
        assertThat(result.failure()).isEqualTo("r1 counter NoRoute: expected up to 3, seen 220");
        assertThat(story.toString().lines()).anyMatch(line -> line.matches("  FAILED  r1 counter NoRoute +up to 3 +seen: 220"));
        assertThat(run(Example.YAML.replace("counter: NoRoute,", "counter: NoRoutes,"), ScenarioRunner.Settings.DEFAULT).failure())
            .isEqualTo("r1 counter NoRoutes: expected 220, seen no such counter");
        assertThat(run(Example.YAML.replace("log: \"%TEST-5-RESTART\"", "log: RESTORED"), ScenarioRunner.Settings.DEFAULT).failure())
            .isEqualTo("r2 log lines with 'RESTORED': expected 1 or more, seen 0");
        assertThat(run(Example.YAML.replace("contains: NoRoute 220", "lacks: NoRoute"), ScenarioRunner.Settings.DEFAULT).failure())
            .isEqualTo("r1#show drops lacks 'NoRoute': expected yes, seen no: NoRoute 220");
        final String shorter = Example.YAML.replace("measure: outage, is: 2s", "measure: outage, is: 1s");
        assertThat(run(shorter, ScenarioRunner.Settings.DEFAULT).failure())
            .isEqualTo("stream data outage: expected 1.000 s, seen 2.000 s");
    }

    @Test
    void shouldDropTheNextFramesAndFailIfTheyNeverCome() {
        final String yaml = """
            title: two of ten packets
            duration: 2s
            hosts:
              a: {ipv4: 10.0.0.1/24}
              b: {ipv4: 10.0.0.2/24}
            links:
              wire: {ports: [a, b]}
            streams:
              s: {from: a, to: b, rate: 10, start: 0s, stop: 1s}
            timeline:
              - {at: 300ms, link: wire, next: {match: udp, from: a, skip: 1, drop: 2}}
            expect:
              - {stream: s, measure: lost, is: 2}
              - {link: wire, measure: lost, is: 2}
            """;
        assertThat(run(yaml, ScenarioRunner.Settings.DEFAULT).failure()).isEmpty();
        assertThat(story.toString().lines()).filteredOn(line -> line.endsWith("* link wire: udp from a is dropped")).hasSize(2);
        assertThat(run(yaml, DEDICATED).failure()).isEmpty();
        assertThat(run(yaml.replace("drop: 2", "drop: 20").replace("is: 2", "is: 6"), ScenarioRunner.Settings.DEFAULT).failure())
            .isEqualTo("link wire still waits for 14 of the frames that were to be dropped: udp");
    }

    @Test
    void shouldRefuseAnInterfaceThatARouterDoesNotHave() {
        assertThatThrownBy(() -> run(Example.YAML.replace("[r1 outside,", "[r1 outsid,"), ScenarioRunner.Settings.DEFAULT))
            .isInstanceOf(InputException.class).hasMessageEndingWith("line 12: $.links.wan.ports[0]: r1 has no interface 'outsid'; "
                + "it has inside, outside");
        assertThatThrownBy(() -> run(Example.YAML.replace("[r1 outside,", "[r1 inside,"), ScenarioRunner.Settings.DEFAULT))
            .isInstanceOf(InputException.class).hasMessageEndingWith("$.links.wan.ports[0]: r1 interface 0 has a link already");
    }

    @Test
    void shouldStayWithinTolerancesOnARealClock() {
        final ScenarioResult result = run("""
            title: a second of real time
            duration: 1s
            drain: 200ms
            hosts:
              a: {ipv4: 10.0.0.1/24}
              b: {ipv4: 10.0.0.2/24}
            links:
              wire: {ports: [a, b]}
            streams:
              s: {from: a, to: b, rate: 100, start: 0s}
            expect:
              - {stream: s, measure: sent, is: 100, slack: 5}
              - {stream: s, measure: lost, is: 0}
            """, new ScenarioRunner.Settings(Mode.DEDICATED, () -> NetworkClock.real(System::nanoTime), null, null));
        assertThat(result.failure()).isEmpty();
        assertThat(story.toString()).contains("100 (give or take 5)");
        assertThat(result.nanos()).isGreaterThanOrEqualTo(1_200_000_000L);
    }

    @Test
    void shouldRunHundredsOfHostsOfWhichHalfLosePower() {
        final ScenarioResult result = run("""
            title: three hundred
            duration: 10s
            hosts:
              hub: {ipv4: 10.255.0.1/8}
              spoke[1-300]: {ipv4: "10.${n/250}.${n%250+1}.9/8"}
            links:
              lan: {ports: [hub, "spoke[1-300]"], queue: 100000}
            streams:
              s[1-300]: {from: "spoke${n}", to: hub, rate: 2, start: "${n+1000}ms"}
            timeline:
              - {at: 5s, host: "spoke[1-150]", do: crash}
            expect:
              - {stream: "s[1-300]", measure: lost, is: 0}
              - {stream: "s[1-150]", measure: sent, is: 8}
              - {stream: "s[151-300]", measure: sent, is: 18}
              - {link: lan, measure: lost, is: 0}
            """, ScenarioRunner.Settings.DEFAULT);
        assertThat(result.failure()).isEmpty();
        assertThat(result.checks()).hasSize(601);
        assertThat(result.rows()).hasSize(4);
    }

    @Test
    void shouldReportProgressInVirtualTime() {
        final List<Long> seen = new ArrayList<>();
        new ScenarioRunner(new TestRouters(), ScenarioRunner.Settings.DEFAULT)
            .run(Example.write(folder, Example.YAML), new PrintWriter(story), seen::add);
        assertThat(seen).hasSize(123).isSorted();
    }

    /** All of them if there is time ({@code -Plong}). */
    static List<String> shipped() {
        return Integer.getInteger("qfp.test.scale", 1) > 1 ? ScenarioFolder.shipped() : List.of("bad-link", "nat-rebind", "row-static-map");
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void shouldPassAndBeTheSameAgain(final String name) {
        final ScenarioResult result = real(ScenarioFolder.find(name), ScenarioRunner.Settings.DEFAULT);
        assertThat(result.failure()).isEmpty();
        assertThat(real(ScenarioFolder.find(name), DEDICATED).fingerprint()).isEqualTo(result.fingerprint());
    }
}
