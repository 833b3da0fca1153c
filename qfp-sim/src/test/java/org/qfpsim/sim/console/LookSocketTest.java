package org.qfpsim.sim.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.sim.live.GoneException;
import org.qfpsim.sim.live.SocketSource;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** Looks at routers of another process, which here is this one. */
class LookSocketTest {
    private final LiveScenario scenario = LiveScenario.build(ScenarioFolder.find("invalid-spi"), new RouterFactory(new KeyExport()),
        new ScenarioRunner.Settings(Mode.DEDICATED, () -> NetworkClock.real(System::nanoTime), null, null));
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private ConsoleSocket socket;
    private Thread network;
    private volatile boolean running = true;

    @BeforeEach
    void start() {
        socket = ConsoleSocket.open(scenario);
        network = Thread.ofPlatform().start(() -> {
            try {
                while (running) {
                    scenario.run(scenario.nanos() + 10_000_000);
                }
            } catch (final RuntimeException | Error e) {
                failure.set(e);
            }
        });
    }

    @AfterEach
    void stop() throws InterruptedException {
        running = false;
        network.join();
        socket.close();
        scenario.close();
        assertThat(failure.get()).isNull();
    }

    private Path path() {
        return socket.folder().resolve("console.sock");
    }

    private SocketChannel ask(final String line) throws IOException {
        final SocketChannel channel = ConsoleSocket.connect(socket.folder().toString());
        Channels.newOutputStream(channel).write((line + "\n").getBytes(StandardCharsets.UTF_8));
        return channel;
    }

    @Test
    void shouldLookAtEachRouter() {
        try (SocketSource source = new SocketSource(path())) {
            assertThat(source.routers()).containsExactly("r1", "r2", "isp");
            final RouterLook look = source.look("r2").orElseThrow();
            assertThat(look.name()).isEqualTo("R2");
            assertThat(look.process()).isEqualTo(ProcessHandle.current().pid());
            assertThat(look.counters().engines()).hasSize(1);
            assertThat(look.platform()).isEqualTo("esp20");
            assertThatThrownBy(() -> source.look("r9")).isInstanceOf(GoneException.class).hasMessage("r9: there is no router of that name");
        }
    }

    /** Whoever asks and does not read holds nothing but his own connection, and only so many can. */
    @Test
    void shouldGoOnWhileReadersStall() throws IOException {
        final List<SocketChannel> stalled = new ArrayList<>();
        try (SocketSource source = new SocketSource(path())) {
            for (int i = 0; i < 30; i++) {
                stalled.add(ask("qfp-sim 1 r1 look"));
            }
            final long before = source.look("r1").orElseThrow().nanos();
            RouterLook look;
            do {
                look = source.look("r1").orElseThrow();
            } while (look.nanos() < before + 200_000_000L);
            assertThat(look.startedNanos()).isZero();
        } finally {
            for (final SocketChannel channel : stalled) {
                channel.close();
            }
        }
    }

    @Test
    void shouldSayWhenTheProcessHasGone() throws InterruptedException {
        try (SocketSource source = new SocketSource(path())) {
            assertThat(source.look("isp")).isPresent();
            socket.close();
            assertThatThrownBy(() -> source.look("isp")).isInstanceOf(GoneException.class)
                .hasMessageEndingWith("the process of isp has ended, or gives no answer");
        }
    }
}
