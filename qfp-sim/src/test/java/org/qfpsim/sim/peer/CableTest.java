package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.outside.FrameSender;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.Attachment;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** An interface of this machine that is plugged straight into a router, and a machine of its own at the far end. */
class CableTest {
    private static final String ROUTER = """
        hostname R1
        interface GigabitEthernet0/0/0
         ip address 10.9.0.2 255.255.255.0
         no shutdown
        interface GigabitEthernet0/0/1
         ip address 10.2.0.1 255.255.255.0
         no shutdown
        end
        """;
    private static final String SCENARIO = """
        title: a router with a cable
        routers: {r1: {}}
        hosts: {bob: {ipv4: 10.2.0.10/24, gateway: 10.2.0.1}}
        links: {branch: {ports: [r1 Gi0/0/1, bob], delay: 1us}}
        """;
    private static final String SHOW = "show interfaces GigabitEthernet0/0/0";

    @BeforeEach
    void shouldHaveRoot() {
        assumeTrue(NetworkNamespace.missing().isEmpty(), () -> NetworkNamespace.missing().orElse(""));
    }

    private static NetworkNamespace namespace() {
        return NetworkNamespace.create(List.of("10.9.0.1/24"), "10.9.0.2");
    }

    private static LiveScenario router(final NetworkNamespace namespace, final Mode mode) {
        return LiveScenario.build(ScenarioFolder.of("r1", ROUTER, SCENARIO), new RouterFactory(new KeyExport()),
            new ScenarioRunner.Settings(mode, () -> NetworkClock.real(System::nanoTime), null, null,
                List.of(Attachment.parse("Gi0/0/0=eth:" + namespace.hostSide()))));
    }

    private static void await(final LiveScenario scenario, final String what, final BooleanSupplier condition) {
        final long end = scenario.nanos() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (scenario.nanos() > end) {
                fail("not within 20 s: " + what + "\n" + type(scenario, SHOW) + type(scenario, "show logging"));
            }
            scenario.run(scenario.nanos() + 5_000_000);
        }
    }

    private static String type(final LiveScenario scenario, final String line) {
        final StringBuilder text = new StringBuilder();
        scenario.command("r1", line, text::append);
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void shouldCarryPingsToTheRouterAndThroughIt(final Mode mode) throws IOException {
        try (NetworkNamespace namespace = namespace(); LiveScenario scenario = router(namespace, mode)) {
            for (final String to : List.of("10.9.0.2", "10.2.0.10")) {
                final Process ping = namespace.start("ping", "-n", "-c", "5", "-i", "0.1", "-s", "1200", "-W", "10", to);
                await(scenario, "end of ping", () -> !ping.isAlive());
                assertThat(ping.exitValue()).as(new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isZero();
            }
            assertThat(type(scenario, SHOW)).contains(" 0 overrun, ", "     0 output errors, ");
            assertThat(scenario.problems()).isEmpty();
        }
    }

    @Test
    void shouldSayThatTheCableIsOut() {
        try (NetworkNamespace namespace = namespace(); LiveScenario scenario = router(namespace, Mode.INVOKER)) {
            scenario.run(scenario.nanos() + 50_000_000);
            namespace.run("ip", "link", "set", "eth0", "down");
            await(scenario, "down", () -> type(scenario, SHOW).contains("is down, line protocol is down"));
            // It stays so, and is said once.
            scenario.run(scenario.nanos() + 1_500_000_000L);
            assertThat(type(scenario, "show logging")).containsOnlyOnce("%LINK-3-UPDOWN: ")
                .contains("%LINK-3-UPDOWN: Interface GigabitEthernet0/0/0, changed state to down",
                    "%LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet0/0/0, changed state to down");
            namespace.run("ip", "link", "set", "eth0", "up");
            await(scenario, "up", () -> type(scenario, SHOW).contains("is up, line protocol is up"));
            assertThat(type(scenario, "show logging")).contains("%LINK-3-UPDOWN: Interface GigabitEthernet0/0/0, changed state to up");
        }
    }

    @Test
    void shouldSurviveAnInterfaceThatGoesAndComesBack() {
        try (NetworkNamespace namespace = namespace(); LiveScenario scenario = router(namespace, Mode.INVOKER)) {
            scenario.run(scenario.nanos() + 50_000_000);
            Tool.run(List.of("ip", "link", "delete", namespace.hostSide()));
            await(scenario, "down", () -> type(scenario, SHOW).contains("is down, line protocol is down"));
            namespace.plug();
            namespace.run("ip", "addr", "add", "10.9.0.1/24", "dev", "eth0");
            await(scenario, "up", () -> type(scenario, SHOW).contains("is up, line protocol is up"));
            final Process ping = namespace.start("ping", "-n", "-c", "3", "-i", "0.1", "-W", "10", "10.9.0.2");
            await(scenario, "end of ping", () -> !ping.isAlive());
            assertThat(ping.exitValue()).isZero();
        }
    }

    @Test
    void shouldCountAsOverrunsWhatNobodyTook() {
        try (NetworkNamespace namespace = namespace(); LiveScenario scenario = router(namespace, Mode.INVOKER)) {
            scenario.run(scenario.nanos() + 50_000_000);
            // More than the ring holds, while nobody moves the router.
            try (FrameSender sender = new FrameSender(namespace.file(), "eth0")) {
                sender.start(new byte[1000], FrameSender.UNLIMITED);
                while (sender.sent() < 60_000) {
                    Thread.onSpinWait();
                }
            }
            await(scenario, "overruns", () -> !type(scenario, SHOW).contains(" 0 overrun, "));
            assertThat(scenario.problems()).isEmpty();
        }
    }

    @Test
    void shouldPassTheNetworkWhenItIsCaptured(@TempDir final Path folder) throws IOException {
        final Path capture = folder.resolve("all.pcapng");
        Files.writeString(folder.resolve("r1.cfg"), ROUTER);
        Files.writeString(folder.resolve("scenario.yaml"), SCENARIO + "duration: 2s\n");
        try (NetworkNamespace namespace = namespace()) {
            final Process ping = namespace.start("ping", "-n", "-c", "10", "-i", "0.1", "-W", "10", "10.9.0.2");
            new ScenarioRunner(new RouterFactory(new KeyExport()), new ScenarioRunner.Settings(Mode.INVOKER,
                () -> NetworkClock.real(System::nanoTime), capture.toString(), null,
                List.of(Attachment.parse("Gi0/0/0=eth:" + namespace.hostSide())))).run(ScenarioFolder.of(folder),
                    new PrintWriter(Writer.nullWriter()), nanos -> { });
            ping.destroy();
        }
        assertThat(Files.size(capture)).as("echo requests and replies").isGreaterThan(10 * 98);
    }
}
