package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.qfpsim.sim.Main;

/** A router in a process of its own, {@code ./qfp console} on a real interface: it can be typed to, and killed with {@code kill -9}. */
final class RouterProcess implements AutoCloseable {
    private final Path transcript;
    private final Process process;

    private RouterProcess(final Path transcript, final Process process) {
        this.transcript = transcript;
        this.process = process;
    }

    /** Starts it; its configuration, its disk and what it prints are in a folder. */
    static RouterProcess start(final Path folder, final String configuration, final String hostSide) throws IOException {
        final Path file = Files.writeString(folder.resolve("r2.cfg"), configuration);
        final Path transcript = Files.createTempFile(folder, "console", ".txt");
        return new RouterProcess(transcript, new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("qfp.root", ".."), "jvm.flags"), "-cp", System.getProperty("java.class.path"),
            Main.class.getName(), "console", "--mode", "invoker", "--config", file.toString(), "--disk", folder.resolve("disk").toString(),
            "--attach", "GigabitEthernet0/0/0=eth:" + hostSide).redirectErrorStream(true).redirectOutput(transcript.toFile()).start());
    }

    static void await(final String what, final int seconds, final BooleanSupplier condition) throws InterruptedException {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail("not within " + seconds + " s: " + what);
            }
            Thread.sleep(5);
        }
    }

    /** What it has printed. */
    String printed() {
        try {
            return Files.readString(transcript, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Types lines. */
    void type(final String... lines) throws IOException {
        final OutputStream keyboard = process.getOutputStream();
        keyboard.write((String.join("\n", List.of(lines)) + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    /** Ends the input, and with it the router. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(printed()).isTrue();
        assertThat(process.exitValue()).as(printed()).isZero();
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
