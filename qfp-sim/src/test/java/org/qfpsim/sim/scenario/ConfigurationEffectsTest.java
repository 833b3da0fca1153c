package org.qfpsim.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.net.Wire;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;
import picocli.CommandLine;

/** What lines of a configuration do, as seen by who runs a scenario. */
class ConfigurationEffectsTest {
    /** A host on each side of one router, and a destination that it has no route to. */
    private static final String YAML = """
        title: one router
        duration: 150s
        routers:
          r1: {ppes: 1}
        hosts:
          a: {ipv4: 10.1.0.10/24, gateway: 10.1.0.1}
          b: {ipv4: 10.2.0.10/24, gateway: 10.2.0.1}
        links:
          left: {ports: [a, r1 Gi0/0/0]}
          right: {ports: [r1 Gi0/0/1, b]}
        streams:
          lost: {from: a, to: 10.9.9.9, rate: 50, start: 1s, stop: 100s}
        """;
    private static final String CONFIG = """
        hostname BORDER
        interface GigabitEthernet0/0/0
         ip address 10.1.0.1 255.255.255.0
        interface GigabitEthernet0/0/1
         ip address 10.2.0.1 255.255.255.0
        """;

    @TempDir
    private Path folder;
    private final StringWriter story = new StringWriter();

    private ScenarioFolder write(final String yaml, final String config) {
        try {
            Files.writeString(folder.resolve("scenario.yaml"), yaml);
            Files.writeString(folder.resolve("r1.cfg"), config);
            return ScenarioFolder.of(folder);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ScenarioResult run(final String yaml, final String config) {
        story.getBuffer().setLength(0);
        return new ScenarioRunner(new RouterFactory(new KeyExport()), ScenarioRunner.Settings.DEFAULT)
            .run(write(yaml, config), new PrintWriter(story), nanos -> { });
    }

    @Test
    void shouldRingTheAlarmOfADropCause() {
        final ScenarioResult result = run(YAML + """
            expect:
              - {router: r1, log: "%IOSXE_QFP-4-DROP_EXCEED: Slot: 0, QFP:0, Drop 19 (Ipv4NoRoute) 49 pps exceeds", is: 1, until: 61s}
              - {router: r1, log: DROP_EXCEED, is: 2}
              - {router: r1, log: DROP_RECOVER, is: 0}
            """, CONFIG + "platform qfp drops threshold per-cause 19 30\n");
        assertThat(result.failure()).isEmpty();
        assertThat(run(YAML + "expect:\n  - {router: r1, log: DROP_EXCEED, is: 0}\n",
            CONFIG + "platform qfp drops threshold per-cause 19 50\n").failure()).isEmpty();
    }

    @Test
    void shouldShowOnTheConsoleWhatLoggingConsoleSays() {
        final String alarm = CONFIG + "platform qfp drops threshold per-cause 19 30\n";
        run(YAML, alarm);
        assertThat(story.toString()).contains("r1: Jan").contains("DROP_EXCEED");
        run(YAML, alarm + "logging console errors\n");
        assertThat(story.toString()).doesNotContain("DROP_EXCEED");
        run(YAML, alarm + "no logging console\n");
        assertThat(story.toString()).doesNotContain("DROP_EXCEED");
    }

    @Test
    void shouldPoliceWhatIsPunted() {
        final String pings = """
            streams:
              lost: {from: a, to: 10.1.0.1, kind: ping, rate: 50, start: 1s, stop: 11s}
            """;
        final String yaml = YAML.substring(0, YAML.indexOf("streams:")) + pings;
        assertThat(run(yaml + "expect:\n  - {router: r1, counter: PuntPerCausePolicerDrops, is: 0}\n", CONFIG).failure()).isEmpty();
        assertThat(run(yaml + "expect:\n  - {router: r1, counter: PuntPerCausePolicerDrops, min: 380, max: 400}\n",
            CONFIG + "platform punt-policer 11 10\n").failure()).isEmpty();
        assertThat(run(yaml + "expect:\n  - {router: r1, counter: PuntPerCausePolicerDrops, is: 0}\n",
            CONFIG + "platform punt-policer 11 10 high\n").failure()).as("pings have no precedence").isEmpty();
    }

    @Test
    void shouldPromptAsTheRouterDoes() {
        run(YAML + """
            timeline:
              - {at: 2s, router: r1, command: show arp}
              - {at: 3s, router: r1, command: configure terminal}
              - {at: 4s, router: r1, command: hostname EDGE}
              - {at: 5s, router: r1, command: end}
              - {at: 6s, router: r1, command: show arp}
            """, CONFIG);
        assertThat(story.toString().lines()).contains("     2.000  BORDER#show arp", "     3.000  BORDER#configure terminal",
            "     4.000  BORDER(config)#hostname EDGE", "     5.000  EDGE(config)#end", "     6.000  EDGE#show arp");
    }

    @Test
    void shouldTakeTheZoneButNoHardwareOrReleaseWhileItRuns() {
        run(YAML + """
            timeline:
              - {at: 2s, router: r1, command: show platform hardware qfp active statistics drop}
              - {at: 3s, router: r1, command: configure terminal}
              - {at: 4s, router: r1, command: clock timezone EAST 5}
              - {at: 4s, router: r1, command: service timestamps log datetime localtime}
              - {at: 5s, router: r1, command: qfp-sim release 3.7}
              - {at: 6s, router: r1, command: qfp-sim restore-sas}
              - {at: 6s, router: r1, command: qfp-sim platform esp5}
              - {at: 7s, router: r1, command: end}
              - {at: 8s, router: r1, command: show platform hardware qfp active statistics drop}
            """, CONFIG + "qfp-sim release 17.13\nplatform qfp drops threshold per-cause 19 30\n");
        assertThat(story.toString().lines()).filteredOn(line -> line.contains("IpsecDenyDrop")).as("zero rows, in 3.7 only").isEmpty();
        assertThat(story.toString()).contains("05:01:00: %IOSXE_QFP-4-DROP_EXCEED",
            "% Only the startup configuration can say qfp-sim release", "% Only the startup configuration can say qfp-sim restore-sas",
            "% Only the startup configuration can say qfp-sim platform");
    }

    @Test
    void shouldWarnOfWhatIsIncompleteWithFileAndLine() throws Exception {
        write(YAML, CONFIG + "interface tu0\n tunnel protection ipsec profile NONE\nip route 10.9.0.0 255.255.0.0 Gi0/0/7\n");
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final ScenarioCommand command = new ScenarioCommand(new RouterFactory(new KeyExport()), null, keys -> { });
        new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).parseArgs(folder.toString());
        assertThat(command.call()).isZero();
        final List<String> warnings = List.of("r1.cfg:6: interface Tunnel0: incomplete: tunnel source is missing",
            "r1.cfg:6: interface Tunnel0: incomplete: tunnel destination is missing",
            "r1.cfg:6: interface Tunnel0: crypto ipsec profile NONE does not exist",
            "r1.cfg:8: ip route 10.9.0.0 255.255.0.0 GigabitEthernet0/0/7: there is no such interface");
        assertThat(out.toString().lines()).containsSubsequence(warnings.stream().map(warning -> "warning: " + folder + "/" + warning).toList());
        assertThat(err.toString().lines())
            .containsSubsequence(warnings.stream().map(warning -> "qfp: " + folder.getFileName() + ": warning: " + folder + "/" + warning).toList());
    }

    /** A router that has lost a packet without counting it fails the scenario, whatever was expected. */
    @Test
    void shouldFailWhenARoutersBalanceIsBroken() {
        final NodeFactory broken = new NodeFactory() {
            @Override
            public Node router(final RouterSpec spec, final Mode mode) {
                return new Unbalanced(new RouterFactory(new KeyExport()).router(spec, mode));
            }

            @Override
            public Set<String> settings() {
                return Set.of("ppes");
            }
        };
        final ScenarioResult result = new ScenarioRunner(broken, ScenarioRunner.Settings.DEFAULT)
            .run(write(YAML.replace("150s", "5s").replace("stop: 100s", "stop: 4s"), CONFIG), new PrintWriter(story), nanos -> { });
        assertThat(result.passed()).isFalse();
        assertThat(result.checks()).isEmpty();
        assertThat(result.failure()).isEqualTo("r1 received 5 packets, forwarded 4: 1 are without an account");
        assertThat(story.toString().lines()).anyMatch(line -> line.startsWith("  FAILED  r1 received 5 packets"));
    }

    /** Says of itself that a packet is missing. */
    private record Unbalanced(Node node) implements Node {
        @Override
        public String name() {
            return node.name();
        }

        @Override
        public List<String> interfaces() {
            return node.interfaces();
        }

        @Override
        public int interfaceIndex(final String text) {
            return node.interfaceIndex(text);
        }

        @Override
        public void connect(final Wire wire) {
            node.connect(wire);
        }

        @Override
        public void receive(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
            node.receive(interfaceIndex, frame, offset, length, nanos);
        }

        @Override
        public long nextDeadline() {
            return node.nextDeadline();
        }

        @Override
        public int advance(final long nanos) {
            return node.advance(nanos);
        }

        @Override
        public String execute(final String commandLine) {
            return node.execute(commandLine);
        }

        @Override
        public void crash() {
            node.crash();
        }

        @Override
        public void restart(final long nanos) {
            node.restart(nanos);
        }

        @Override
        public void onLog(final Consumer<String> listener) {
            node.onLog(listener);
        }

        @Override
        public OptionalLong counter(final String counter) {
            return node.counter(counter);
        }

        @Override
        public List<String> problems() {
            return List.of("received 5 packets, forwarded 4: 1 are without an account");
        }

        @Override
        public void close() {
            node.close();
        }
    }
}
