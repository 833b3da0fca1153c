package org.qfpsim.sim.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** Terminal lines of routers that run in real time, with threads and traffic. */
class ConsoleSocketTest {
    private LiveScenario scenario;
    private ConsoleSocket socket;
    private Thread network;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean running = true;

    private void start(final Mode mode) {
        scenario = LiveScenario.build(ScenarioFolder.find("invalid-spi"), new RouterFactory(new KeyExport()),
            new ScenarioRunner.Settings(mode, () -> NetworkClock.real(System::nanoTime), null, null));
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

    @BeforeEach
    void forget() {
        failure.set(null);
    }

    @AfterEach
    void stop() throws InterruptedException {
        running = false;
        network.join();
        socket.close();
        scenario.close();
        assertThat(failure.get()).isNull();
        assertThat(socket.folder()).doesNotExist();
    }

    private SocketChannel call(final String hello, final byte[] typed) throws IOException {
        final SocketChannel channel = ConsoleSocket.connect(socket.folder().toString());
        Channels.newOutputStream(channel).write((hello + "\n").getBytes(StandardCharsets.UTF_8));
        Channels.newOutputStream(channel).write(typed);
        return channel;
    }

    /** All that is shown until the router hangs up, which it may do before it has heard everything. */
    private String talk(final String hello, final String typed) throws IOException {
        final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (SocketChannel channel = call(hello, new byte[0])) {
            try {
                Channels.newOutputStream(channel).write(typed.getBytes(StandardCharsets.UTF_8));
                channel.shutdownOutput();
            } catch (final IOException hungUp) {
                // It has gone already, or has not even read the first line to its end; what it said can still be read.
                assertThat(hungUp).message().containsAnyOf("Broken pipe", "Connection reset");
            }
            Channels.newInputStream(channel).transferTo(shown);
        } catch (final SocketException reset) {
            // It has hung up without reading the rest.
            assertThat(reset).hasMessageContaining("Connection reset");
        }
        return shown.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void shouldReachEachRouter(final Mode mode) throws IOException {
        start(mode);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.folder()))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.folder().resolve("console.sock")))).isEqualTo("rw-------");
        assertThat(talk("qfp-sim 1 r2 0 0 plain", "show privilege\nshow users\n"))
            .startsWith("R2>show privilege\nCurrent privilege level is 1\nR2>show users\n").contains("*  2 vty 0");
        assertThat(talk("qfp-sim 1 - 24 80 screen", "enable\rexit\r")).isEqualTo("\r\nR1>enable\r\nR1#exit\r\n");
        assertThat(talk("qfp-sim 1 r9 24 80 screen", "")).isEqualTo("% There is no router r9: r1, r2, isp\r\n");
        assertThat(talk("something else", "enable\r")).isEmpty();
        assertThat(talk("x".repeat(1000), "enable\r")).isEmpty();
    }

    @Test
    void shouldFindARouterByItsProcess() throws IOException {
        start(Mode.INVOKER);
        try (SocketChannel channel = ConsoleSocket.connect(String.valueOf(ProcessHandle.current().pid()))) {
            assertThat(channel.isConnected()).isTrue();
        }
        assertThatThrownBy(() -> ConsoleSocket.connect("999999999")).isInstanceOf(InputException.class)
            .hasMessageContaining("has no console");
        assertThatThrownBy(() -> ConsoleSocket.connect("/nowhere")).isInstanceOf(InputException.class)
            .hasMessageContaining("is the router still running?");
    }

    /** As when somebody pastes a page with "exit" in it: nobody reads what follows. */
    @Test
    void shouldLeaveQuietlyWhenTheSessionEndsBeforeAllIsRead(@TempDir final Path folder) throws IOException, InterruptedException {
        start(Mode.INVOKER);
        final Path pasted = Files.writeString(folder.resolve("pasted"), "enable\nexit\n" + "show version\n".repeat(100_000));
        final Path shown = folder.resolve("shown");
        final Process process = attach().redirectInput(pasted.toFile()).redirectErrorStream(true).redirectOutput(shown.toFile()).start();
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(shown)).isEqualTo("R1>enable\nR1#exit\n");
    }

    private ProcessBuilder attach() {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            System.getProperty("java.class.path"), Main.class.getName(), "console", "--attach", socket.folder().toString());
    }

    /** As in front of "head": the program is told by a failed write. */
    @Test
    void shouldLeaveQuietlyWhenNobodyReadsWhatIsShown(@TempDir final Path folder) throws IOException, InterruptedException {
        start(Mode.INVOKER);
        final Path typed = Files.writeString(folder.resolve("typed"), "show privilege\n".repeat(100_000));
        final Path complaints = folder.resolve("complaints");
        final Process process = attach().redirectInput(typed.toFile()).redirectError(complaints.toFile()).start();
        assertThat(process.getInputStream().read()).isEqualTo('R');
        process.getInputStream().close();
        assertThat(process.waitFor()).isZero();
        assertThat(complaints).isEmptyFile();
    }

    @Test
    void shouldServeOthersWhileSomeAreRudeOrSilent() throws IOException {
        start(Mode.DEDICATED);
        final List<SocketChannel> rude = new ArrayList<>();
        final byte[] noise = new byte[20_000];
        new Random(1).nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            // Nobody of them shall hit "exit" or the letters of a command: control characters and escapes only.
            noise[i] = (byte) (noise[i] & 0x9f);
        }
        try {
            for (int i = 0; i < 10; i++) {
                rude.add(call("qfp-sim 1 r1 24 80 screen", noise));
            }
            for (int i = 0; i < 5; i++) {
                rude.add(ConsoleSocket.connect(socket.folder().toString()));
            }
            assertThat(talk("qfp-sim 1 r1 0 0 plain", "show privilege\n")).contains("Current privilege level is 1");
        } finally {
            for (final SocketChannel channel : rude) {
                channel.close();
            }
        }
        assertThat(talk("qfp-sim 1 r1 0 0 plain", "show privilege\n")).contains("Current privilege level is 1");
    }
}
