package org.qfpsim.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** A router whose control plane takes its time. */
class ControlWorkTest {
    @TempDir
    private Path folder;

    /** How many packets are lost before there is an SA. */
    private long lost(final String work) throws IOException {
        Files.write(folder.resolve("r.cfg"), ScenarioFolder.find("race-v1-both-rekey").read("r.cfg"));
        Files.writeString(folder.resolve("scenario.yaml"), """
            title: Two routers, one of which is slow
            duration: 4s
            routers:
              r1: {config: one.cfg}
              r2: {config: two.cfg, control-work: WORK}
            hosts:
              alice: {ipv4: 192.168.1.10/24, gateway: 192.168.1.1}
              bob: {ipv4: 192.168.2.10/24, gateway: 192.168.2.1}
            links:
              office: {ports: [alice, r1 Gi0/0/1]}
              wan: {ports: [r1 Gi0/0/0, r2 Gi0/0/0], delay: 10ms}
              branch: {ports: [r2 Gi0/0/1, bob]}
            streams:
              to-bob: {from: alice, to: bob, rate: 1000, size: 100, start: 1s}
            expect:
              - {stream: to-bob, measure: lost, is: 0}
            """.replace("WORK", work));
        final String config = Files.readString(folder.resolve("r.cfg"));
        Files.writeString(folder.resolve("one.cfg"), config.replace("${n%2+1}", "2").replace("${n}", "1"));
        Files.writeString(folder.resolve("two.cfg"), config.replace("${n%2+1}", "1").replace("${n}", "2"));
        final ScenarioResult result = new ScenarioRunner(new RouterFactory(new KeyExport()), ScenarioRunner.Settings.DEFAULT)
            .run(ScenarioFolder.find(folder.toString()), new PrintWriter(Writer.nullWriter()), nanos -> { });
        assertThat(result.problems()).isEmpty();
        return Long.parseLong(result.checks().getFirst().seen());
    }

    @Test
    void shouldKeepAPeerWaitingAndLoseNothingAfterwards() throws IOException {
        final long quick = lost("0us");
        final long slow = lost("20000us");
        assertThat(quick).isBetween(90L, 130L);
        // R1 may send after four messages to R2; one of them at least finds it at work, for 20 ms, and all together for less than 400.
        assertThat(slow - quick).isBetween(20L, 400L);
        assertThat(lost("20000us")).isEqualTo(slow);
    }

    @Test
    void shouldRefuseWhatIsNoTime() {
        assertThatThrownBy(() -> lost("20")).isInstanceOf(InputException.class)
            .hasMessage("router r2: control-work: 20 is not a time in microseconds; write it as 50us, up to 99999us");
    }
}
