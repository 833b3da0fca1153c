package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.Attachment;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** Ports that are not Ethernet, and what is said about those that cannot be opened. */
class PortKindsTest {
    private static final String SCENARIO = """
        title: a router with ports
        routers:
          r2: {}
        hosts:
          bob: {ipv4: 10.2.0.10/24, gateway: 10.2.0.1}
        links:
          branch: {ports: [r2 Gi0/0/1, bob]}
        """;

    private static LiveScenario router(final Path folder, final String configuration, final String... attachments) throws IOException {
        Files.writeString(folder.resolve("r2.cfg"), configuration);
        Files.writeString(folder.resolve("scenario.yaml"), SCENARIO);
        return LiveScenario.build(ScenarioFolder.of(folder), new RouterFactory(new KeyExport()), new ScenarioRunner.Settings(Mode.INVOKER,
            () -> NetworkClock.real(System::nanoTime), null, null, List.of(attachments).stream().map(Attachment::parse).toList()));
    }

    private static void await(final LiveScenario scenario, final String what, final BooleanSupplier condition) {
        final long end = scenario.nanos() + 15_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (scenario.nanos() > end) {
                fail("not within 15 s: " + what);
            }
            scenario.run(scenario.nanos() + 5_000_000);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Gi0/0/0=eth:no-such-one | this machine has no interface no-such-one; 'ip link' lists those that it has",
        "Gi0/0/0=udp:300.1.1.1 | is not udp:ADDRESS:PORT",
        "Gi0/0/0=udp:203.0.113.77:4500 | udp:203.0.113.77:4500: cannot be opened: Cannot assign requested address",
        "Gi0/0/0=tun:a-name-that-is-too-long | a device's name has at most 15 characters",
        "Gi0/0/0=wlan0 | write eth:NAME, tun:NAME or udp:ADDRESS:PORT",
        "Gi0/0/7=eth:lo | r2 has no interface 'Gi0/0/7'; it has GigabitEthernet0/0/0, GigabitEthernet0/0/1",
        "r9:Gi0/0/0=eth:lo | there is no router 'r9'",
        "=eth:lo | is not [ROUTER:]INTERFACE=PORT",
    })
    void shouldSayWhatIsWrong(final String attachment, final String message, @TempDir final Path folder) {
        assertThatThrownBy(() -> router(folder, Tunnel.of(1).routerConfiguration(), attachment).close()).isInstanceOf(InputException.class)
            .hasMessageContaining(message);
    }

    @Test
    void shouldNeedARealClock(@TempDir final Path folder) throws IOException {
        Files.writeString(folder.resolve("scenario.yaml"), SCENARIO + "outside:\n  a: {port: \"udp:127.0.0.1:45000\"}\n");
        Files.writeString(folder.resolve("r2.cfg"), Tunnel.of(1).routerConfiguration());
        assertThatThrownBy(() -> new ScenarioRunner(new RouterFactory(new KeyExport()), new ScenarioRunner.Settings(Mode.INVOKER,
            () -> NetworkClock.VIRTUAL, null, null)).run(ScenarioFolder.of(folder), new PrintWriter(Writer.nullWriter()),
            nanos -> { })).isInstanceOf(InputException.class).hasMessageContaining("run it with --clock real");
    }

    @Test
    void shouldBeTheClearSideOfThisMachine(@TempDir final Path folder) throws IOException, InterruptedException {
        assumeTrue(StrongSwan.missing().isEmpty(), () -> StrongSwan.missing().orElse(""));
        final String device = "qfptun" + ProcessHandle.current().pid() % 100_000;
        final String configuration = Tunnel.of(1).routerConfiguration().replace("ip address 10.9.0.2 255.255.255.0\n crypto map VPN",
            "ip address 198.18.77.2 255.255.255.0");
        try (LiveScenario scenario = router(folder, configuration, "Gi0/0/0=tun:" + device)) {
            Tool.run(List.of("ip", "addr", "add", "198.18.77.1/24", "dev", device));
            Tool.run(List.of("ip", "link", "set", device, "up"));
            Tool.run(List.of("ip", "route", "add", "10.2.0.0/24", "dev", device));
            final Process ping = new ProcessBuilder("ping", "-n", "-c", "5", "-i", "0.1", "-W", "5", "10.2.0.10").start();
            await(scenario, "end of ping", () -> !ping.isAlive());
            assertThat(ping.waitFor()).isZero();
            assertThat(scenario.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 4500", "2, 4500", "2, 14500"})
    void shouldCarryATunnelOverOneUdpPort(final int version, final int port, @TempDir final Path folder) throws IOException {
        assumeTrue(StrongSwan.missing().isEmpty(), () -> StrongSwan.missing().orElse(""));
        final Tunnel tunnel = Tunnel.of(version);
        try (NetworkNamespace namespace = NetworkNamespace.create(Tunnel.addresses(), Tunnel.ROUTER)) {
            // This machine's own address is the router's.
            Tool.run(List.of("ip", "addr", "add", Tunnel.ROUTER + "/24", "dev", namespace.hostSide()));
            try (StrongSwan daemon = StrongSwan.start(namespace, tunnel.daemonConfiguration().replace("remote_addrs = 10.9.0.2",
                "remote_addrs = 10.9.0.2\n    remote_port = " + port + "\n    local_port = 4500"));
                LiveScenario scenario = router(folder, tunnel.routerConfiguration(), "Gi0/0/0=udp:" + Tunnel.ROUTER + ":" + port)) {
                final Process initiate = daemon.controlLater("--initiate", "--child", "net", "--timeout", "10");
                await(scenario, "initiate", () -> !initiate.isAlive());
                try (Ping ping = Ping.start(namespace, Tunnel.PEER_INSIDE, Tunnel.BOB, 50, 500)) {
                    await(scenario, "replies\n" + daemon.log(), () -> ping.replies() >= 10);
                }
                assertThat(scenario.problems()).isEmpty();
            }
        }
    }
}
