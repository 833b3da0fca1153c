package org.qfpsim.perf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.probe.PathSubject;
import org.qfpsim.perf.side.Tool;
import org.qfpsim.sim.InputException;

/**
 * The bare decrypt as others measure it: {@code dpdk-test-crypto-perf} with ipsec-mb's AES-128-GCM ({@code crypto_aesni_gcm}), without huge
 * pages, as a process of its own on two processors (DPDK's own thread only waits). It decrypts the same octets again and again, so they are
 * authentic never; that takes the library as long. What it prints is checked before it is believed.
 */
final class DpdkDecrypt implements PathSubject {
    /** What Debian calls what is needed. */
    static final String PACKAGES = "dpdk-dev librte-crypto-ipsec-mb23 librte-mempool-ring23";

    private static final String PROGRAM = "dpdk-test-crypto-perf";
    private static final int OPERATIONS = 4_000_000;
    private static final int SECONDS = 60;
    private static final int MOST_OUTPUT = 1 << 20;
    private static final double MOST_MOPS = 10_000;
    private static final String HEADER = "#lcore id,";

    private final String size;

    DpdkDecrypt(final String size) {
        this.size = size;
    }

    /**
     * Tries it.
     *
     * @return why it cannot be measured here; null if it can.
     */
    static @Nullable String missing() {
        if (Tool.find(PROGRAM).isEmpty()) {
            return PROGRAM + " is not here (Debian: " + PACKAGES + ")";
        }
        try {
            run("64");
            return null;
        } catch (final InputException e) {
            return e.getMessage();
        }
    }

    @Override
    public int packets() {
        return OPERATIONS;
    }

    @Override
    public void prepare() {
        // Each run is a process of its own.
    }

    @Override
    public void run() {
        run(size);
    }

    /** The time that the program itself measured: it takes longer to start than to decrypt. */
    @Override
    public long timedPass() {
        return Math.round(OPERATIONS / run(size) * 1000);
    }

    @Override
    public void close() {
        // Each run has ended.
    }

    /** Million packets a second. */
    private static double run(final String size) {
        final Path program = Tool.find(PROGRAM).orElseThrow(() -> new InputException(PROGRAM + " is not here any more"));
        final List<String> command = new ArrayList<>(List.of(program.toString(), "-l", "0,1", "--no-huge", "-m", "512", "--no-pci",
            "--no-shconf", "--no-telemetry", "--vdev", "crypto_aesni_gcm", "--", "--devtype", "crypto_aesni_gcm", "--ptest", "throughput",
            "--optype", "aead", "--aead-algo", "aes-gcm", "--aead-op", "decrypt", "--aead-key-sz", "16", "--aead-iv-sz", "12",
            "--aead-aad-sz", "8", "--digest-sz", "16", "--burst-sz", "32", "--total-ops", Integer.toString(OPERATIONS), "--silent",
            "--csv-friendly"));
        command.addAll(size.equals("IMIX") ? List.of("--buffer-sz", "64,576,1400", "--imix", "58,34,8") : List.of("--buffer-sz", size));
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (InputStream output = process.getInputStream()) {
                process.getOutputStream().close();
                // Ends a program that hangs, and with it the reading.
                process.toHandle().onExit().orTimeout(SECONDS, TimeUnit.SECONDS).exceptionally(_ -> {
                    process.destroyForcibly();
                    return process.toHandle();
                });
                final String text = new String(output.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
                return megaOperations(text, OPERATIONS);
            } finally {
                process.destroyForcibly();
                process.waitFor();
            }
        } catch (final IOException e) {
            throw new InputException(PROGRAM + ": " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException(PROGRAM + " was interrupted", e);
        }
    }

    /**
     * Reads the program's output.
     *
     * @param output     all of it.
     * @param operations that were asked for.
     * @return million operations a second.
     * @throws InputException if it is not one line of figures that can be true.
     */
    static double megaOperations(final String output, final int operations) {
        final Optional<String> header = output.lines().filter(line -> line.startsWith(HEADER)).findFirst();
        final List<String> figures = output.lines().filter(line -> line.matches("\\d+(,[0-9.]+)+")).toList();
        if (header.isEmpty() || figures.size() != 1) {
            throw new InputException(PROGRAM + " gave no figure: " + lastLine(output));
        }
        final List<String> names = Arrays.asList(header.get().split(",", -1));
        final List<String> values = Arrays.asList(figures.getFirst().split(",", -1));
        try {
            final double speed = Double.parseDouble(value(names, values, "Ops(Millions)"));
            if (value(names, values, "Enqueued").equals(Integer.toString(operations))
                && value(names, values, "Dequeued").equals(Integer.toString(operations)) && speed > 0 && speed < MOST_MOPS) {
                return speed;
            }
        } catch (final NumberFormatException _) {
            // Said below.
        }
        throw new InputException(PROGRAM + " printed what cannot be: " + figures.getFirst());
    }

    private static String value(final List<String> names, final List<String> values, final String name) {
        final int column = names.indexOf(name);
        return column < 0 || names.size() != values.size() ? "" : values.get(column);
    }

    private static String lastLine(final String output) {
        return output.lines().filter(line -> !line.isBlank()).reduce((_, last) -> last).orElse("it printed nothing");
    }
}
