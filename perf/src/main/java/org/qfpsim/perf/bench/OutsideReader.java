package org.qfpsim.perf.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;

/** A second process that reads all counters of a running router, as {@code ./qfp stat --watch} does. It ends with its parent. */
public final class OutsideReader implements AutoCloseable {
    /** Without a pause: no reader can ask for more. */
    public static final int FLAT_OUT = -1;

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final int READY = 'r';
    private static final int READ = '1';
    private static final int REST = '0';

    private final Process process;
    private boolean reading = true;

    /**
     * Starts it, and returns when it has looked once.
     *
     * @param file  the counters file.
     * @param looks a second, or {@link #FLAT_OUT}.
     */
    public OutsideReader(final Path file, final int looks) {
        final List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OutsideReader.class.getName(), file.toString(),
            Integer.toString(looks)));
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            Traffic.require("first look of the reader", READY, process.getInputStream().read());
        } catch (final IOException e) {
            throw new UncheckedIOException("the reader's process did not start", e);
        }
    }

    /**
     * Lets it read or rest.
     *
     * @param on whether it reads from now on.
     */
    public void reading(final boolean on) {
        if (on != reading) {
            reading = on;
            try {
                process.getOutputStream().write(on ? READ : REST);
                process.getOutputStream().flush();
            } catch (final IOException e) {
                throw new UncheckedIOException("the reader's process has ended", e);
            }
        }
    }

    /** Fails if the reader's process has ended before. */
    @Override
    public void close() {
        final boolean alive = process.isAlive();
        process.destroyForcibly();
        Traffic.require("readers at the end", 1, alive ? 1 : 0);
    }

    /**
     * The other process.
     *
     * @param arguments file, looks a second.
     * @throws IOException if the file is no counters file.
     */
    public static void main(final String[] arguments) throws IOException {
        final CounterReader counters = CounterReader.map(Path.of(arguments[0]));
        final int looks = Integer.parseInt(arguments[1]);
        long seen = look(counters);
        final AtomicBoolean reading = new AtomicBoolean(true);
        Thread.ofPlatform().daemon().start(() -> obey(reading));
        System.out.write(READY);
        System.out.flush();
        while (ProcessHandle.of(counters.pid()).isPresent()) {
            final int together = looks == FLAT_OUT ? 10_000 : 1;
            for (int i = 0; i < together && reading.get(); i++) {
                seen = Math.max(seen, look(counters));
            }
            if (looks != FLAT_OUT || !reading.get()) {
                LockSupport.parkNanos(looks == FLAT_OUT ? MILLI : SECOND / looks);
            }
        }
        System.exit(seen < 0 ? 1 : 0);
    }

    private static void obey(final AtomicBoolean reading) {
        try {
            for (int word = System.in.read(); word >= 0; word = System.in.read()) {
                reading.set(word == READ);
            }
        } catch (final IOException e) {
            reading.set(false);
        }
    }

    private static long look(final CounterReader counters) {
        long sum = 0;
        for (final GlobalDrop drop : GlobalDrop.values()) {
            sum += counters.globalPackets(drop.id());
        }
        for (final IpsecDrop drop : IpsecDrop.values()) {
            sum += counters.ipsecPackets(drop.id());
        }
        for (final Total total : Total.values()) {
            sum += counters.total(total);
        }
        return sum;
    }
}
