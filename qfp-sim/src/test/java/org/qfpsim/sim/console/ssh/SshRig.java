package org.qfpsim.sim.console.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** A router in real time with traffic through it, and SSH to it; and a client. */
final class SshRig implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(60);
    static final String USERS = "username admin privilege 15 secret s3cret\nusername bob secret b0b\nenable secret en4ble\n";
    static final String LINES = "line vty 0 4\n login local\n transport input ssh\n";
    private static final String YAML = """
        title: one router
        duration: 3600s
        routers:
          r1: {ppes: 1}
        hosts:
          a: {ipv4: 10.1.0.10/24, gateway: 10.1.0.1}
          b: {ipv4: 10.2.0.10/24, gateway: 10.2.0.1}
        links:
          left: {ports: [a, r1 Gi0/0/0]}
          right: {ports: [r1 Gi0/0/1, b]}
        streams:
          through: {from: a, to: b, rate: 500, start: 1ms}
        """;
    private static final String INTERFACES = """
        hostname R1
        interface GigabitEthernet0/0/0
         ip address 10.1.0.1 255.255.255.0
        interface GigabitEthernet0/0/1
         ip address 10.2.0.1 255.255.255.0
        """;

    final LiveScenario scenario;
    final SshListener listener;
    final SshClient client = SshClient.setUpDefaultClient();
    private final Thread network;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean running = true;

    SshRig(final Path folder, final String config) throws IOException {
        Files.writeString(folder.resolve("scenario.yaml"), YAML);
        Files.writeString(folder.resolve("r1.cfg"), INTERFACES + config);
        scenario = LiveScenario.build(ScenarioFolder.of(folder), new RouterFactory(new KeyExport()),
            new ScenarioRunner.Settings(Mode.DEDICATED, () -> NetworkClock.real(System::nanoTime), null, null));
        listener = SshListener.open(scenario, "r1", ListenAddress.parse("--ssh", "0"), folder.resolve("state").resolve("key"));
        network = Thread.ofPlatform().start(() -> {
            try {
                while (running) {
                    scenario.run(scenario.nanos() + 10_000_000);
                }
            } catch (final RuntimeException | Error e) {
                failure.set(e);
            }
        });
        client.setServerKeyVerifier((session, address, key) -> true);
        client.start();
    }

    int port() {
        return listener.address().getPort();
    }

    /** A connection without a user. */
    ClientSession connect(final String user) throws IOException {
        return client.connect(user, "127.0.0.1", port()).verify(LONG).getClientSession();
    }

    /** Somebody who has logged in. */
    ClientSession login(final String user, final String password) throws IOException {
        final ClientSession session = connect(user);
        session.addPasswordIdentity(password);
        session.auth().verify(LONG);
        return session;
    }

    /** What a command prints for {@code admin}. */
    String run(final String command) throws IOException {
        try (ClientSession session = login("admin", "s3cret"); ChannelExec channel = session.createExecChannel(command)) {
            channel.setRedirectErrorStream(true);
            channel.open().verify(LONG);
            return new String(channel.getInvertedOut().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What a command prints on the console, where nobody needs SSH. */
    String console(final String command) throws InterruptedException {
        final TerminalPort port = scenario.terminal("r1", new Caller(Caller.Way.CONSOLE, Caller.Manner.OUTPUT, "", "", 1, 0, 0));
        final byte[] octets = ("enable\nen4ble\n" + command + "\n").getBytes(StandardCharsets.UTF_8);
        port.type(octets, 0, octets.length);
        port.endInput();
        final StringBuilder text = new StringBuilder();
        final byte[] buffer = new byte[4096];
        for (int count = port.read(buffer); count >= 0; count = port.read(buffer)) {
            text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        client.stop();
        listener.close();
        running = false;
        try {
            network.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        final Throwable seen = failure.get();
        final String problems = String.join("; ", scenario.problems());
        scenario.close();
        if (seen != null || !problems.isEmpty()) {
            throw new AssertionError(problems, seen);
        }
    }

    /** Waits for something that the other end does in its own time. */
    static void await(final String what, final java.util.function.BooleanSupplier condition) throws InterruptedException, TimeoutException {
        final long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException(what);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
