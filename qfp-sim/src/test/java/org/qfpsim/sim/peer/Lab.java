package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/**
 * strongSwan in a namespace, and a router of ours in this process with a host behind it: bob, who is simulated, or a namespace of its own,
 * which has everything that this machine's kernel can. The test's thread moves the router.
 */
final class Lab implements AutoCloseable {
    private static final String SCENARIO = """
        title: a router with a real peer
        routers:
          r2: {}
        %soutside:
        %s
        links:
          branch: {ports: [r2 Gi0/0/1, %s], delay: 1us}
          wan: {ports: [r2 Gi0/0/0, %s], delay: 1us}
        """;
    private static final String BOB = "hosts:\n  bob: {ipv4: 10.2.0.10/24, gateway: 10.2.0.1}\n";
    private static final long STEP_NANOS = 1_000_000;

    private final KeyExport keys = new KeyExport();
    private final NetworkNamespace namespace;
    private final @Nullable NetworkNamespace host;
    private final StrongSwan daemon;
    private final LiveScenario scenario;

    /** With more interfaces of this machine on the router's segment. */
    Lab(final Path folder, final Tunnel tunnel, final String... others) throws IOException {
        this(folder, tunnel, null, others);
    }

    private Lab(final Path folder, final Tunnel tunnel, final @Nullable NetworkNamespace host, final String... others) throws IOException {
        Files.writeString(folder.resolve("r2.cfg"), tunnel.routerConfiguration());
        this.host = host;
        namespace = NetworkNamespace.create(Tunnel.addresses(), Tunnel.ROUTER);
        try {
            final List<String> wan = new ArrayList<>(List.of(others));
            wan.addFirst(namespace.hostSide());
            final List<String> ports = new ArrayList<>(wan);
            if (host != null) {
                ports.add(host.hostSide());
            }
            Files.writeString(folder.resolve("scenario.yaml"), SCENARIO.formatted(host == null ? BOB : "", ports.stream()
                .map(port -> "  %s: {port: \"eth:%s\"}".formatted(port, port)).collect(Collectors.joining("\n")),
                host == null ? "bob" : host.hostSide(), String.join(", ", wan)));
            daemon = StrongSwan.start(namespace, tunnel.daemonConfiguration());
            scenario = LiveScenario.build(ScenarioFolder.of(folder), new RouterFactory(keys), new ScenarioRunner.Settings(Mode.INVOKER,
                () -> NetworkClock.real(System::nanoTime), null, null));
        } catch (final RuntimeException e) {
            closeNamespaces();
            throw e;
        }
    }

    /** With a real host behind the router instead of bob: {@link #host}. */
    static Lab withHost(final Path folder, final Tunnel tunnel) throws IOException {
        return new Lab(folder, tunnel, NetworkNamespace.create(List.of(Tunnel.BOB + "/24"), Tunnel.ROUTER_INSIDE));
    }

    /** The real host behind the router. */
    NetworkNamespace host() {
        return Objects.requireNonNull(host);
    }

    private void closeNamespaces() {
        namespace.close();
        if (host != null) {
            host.close();
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
                fail("not within " + seconds + " s: " + what + "\n" + show("show crypto session detail") + drops() + show("show logging")
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

    /** What the router has dropped. */
    String drops() {
        return show("show platform hardware qfp active statistics drop | exclude  0 +0 ")
            + show("show platform hardware qfp active feature ipsec datapath drops");
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
        closeNamespaces();
    }
}
