package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** strongSwan in a namespace, and a router of ours in this process with a host bob behind it. The test's thread moves the router. */
final class Lab implements AutoCloseable {
    private static final String SCENARIO = """
        title: a router with a real peer
        routers:
          r2: {}
        hosts:
          bob: {ipv4: 10.2.0.10/24, gateway: 10.2.0.1}
        outside:
        %s
        links:
          branch: {ports: [r2 Gi0/0/1, bob], delay: 1us}
          wan: {ports: [r2 Gi0/0/0, %s], delay: 1us}
        """;
    private static final long STEP_NANOS = 1_000_000;

    private final KeyExport keys = new KeyExport();
    private final NetworkNamespace namespace;
    private final StrongSwan daemon;
    private final LiveScenario scenario;

    /** With more interfaces of this machine on the router's segment. */
    Lab(final Path folder, final Tunnel tunnel, final String... others) throws IOException {
        Files.writeString(folder.resolve("r2.cfg"), tunnel.routerConfiguration());
        namespace = NetworkNamespace.create(Tunnel.addresses(), Tunnel.ROUTER);
        try {
            final List<String> ports = new ArrayList<>(List.of(others));
            ports.addFirst(namespace.hostSide());
            Files.writeString(folder.resolve("scenario.yaml"), SCENARIO.formatted(ports.stream()
                .map(port -> "  %s: {port: \"eth:%s\"}".formatted(port, port)).collect(Collectors.joining("\n")),
                String.join(", ", ports)));
            daemon = StrongSwan.start(namespace, tunnel.daemonConfiguration());
            scenario = LiveScenario.build(ScenarioFolder.of(folder), new RouterFactory(keys), new ScenarioRunner.Settings(Mode.INVOKER,
                () -> NetworkClock.real(System::nanoTime), null, null));
        } catch (final RuntimeException e) {
            namespace.close();
            throw e;
        }
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    StrongSwan daemon() {
        return daemon;
    }

    LiveScenario scenario() {
        return scenario;
    }

    KeyExport keys() {
        return keys;
    }

    /** Lets time pass until something is so. */
    void await(final String what, final int seconds, final BooleanSupplier condition) {
        final long end = scenario.nanos() + seconds * 1_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (scenario.nanos() > end) {
                fail("not within " + seconds + " s: " + what + "\n" + show("show crypto session detail") + show("show logging")
                    + daemon.log());
            }
            scenario.run(scenario.nanos() + STEP_NANOS);
        }
    }

    void pass(final int millis) {
        scenario.run(scenario.nanos() + millis * 1_000_000L);
    }

    /** Waits for a program; returns its output. */
    String finish(final Process process, final int seconds) throws IOException {
        await("end of " + process.info().commandLine().orElse("a program"), seconds, () -> !process.isAlive());
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** strongSwan begins. */
    void initiate() throws IOException {
        final Process process = daemon.controlLater("--initiate", "--child", "net", "--timeout", "10");
        final String output = finish(process, 15);
        assertThat(process.exitValue()).as(output).isZero();
    }

    /** Somebody replaces the SAs; waits until strongSwan sends with new ones. */
    void rekey(final Runnable begin) {
        final String before = outbound();
        begin.run();
        await("a new SA", 10, () -> {
            pass(20);
            return !outbound().equals(before);
        });
    }

    /** The SPIs that strongSwan sends with. */
    private String outbound() {
        return daemon.control("--list-sas").lines().map(String::strip).filter(line -> line.startsWith("out ")).map(line ->
            line.substring(0, 12)).reduce((first, second) -> first + " " + second).orElse("");
    }

    Ping ping(final int millis) {
        return Ping.start(namespace, Tunnel.PEER_INSIDE, Tunnel.BOB, millis, 56);
    }

    String show(final String command) {
        final StringBuilder text = new StringBuilder();
        scenario.command("r2", command, text::append);
        return text.toString();
    }

    void configure(final String... lines) {
        show("configure terminal");
        for (final String line : lines) {
            assertThat(show(line)).doesNotContain("%");
        }
        show("end");
    }

    long counter(final String node, final String name) {
        return scenario.counter(node, name);
    }

    @Override
    public void close() {
        scenario.close();
        daemon.close();
        namespace.close();
    }
}
