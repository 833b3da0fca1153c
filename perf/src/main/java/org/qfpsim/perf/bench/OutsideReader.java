package org.qfpsim.perf.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;

/** A second process that reads all counters of a running router, as {@code ./qfp stat --watch} does. It ends with its parent. */
final class OutsideReader implements AutoCloseable {
    /** Without a pause: no reader can ask for more. */
    static final int FLAT_OUT = -1;

    private static final long SECOND = 1_000_000_000L;
    private static final int READY = 'r';

    private final Process process;

    /**
     * Starts it, and returns when it has looked once.
     *
     * @param file  the counters file.
     * @param looks a second, or {@link #FLAT_OUT}.
     */
    OutsideReader(final Path file, final int looks) {
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

    /** Fails if the reader has not been reading all the time. */
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
        System.out.write(READY);
        System.out.flush();
        while (ProcessHandle.of(counters.pid()).isPresent()) {
            final int together = looks == FLAT_OUT ? 10_000 : 1;
            for (int i = 0; i < together; i++) {
                seen = Math.max(seen, look(counters));
            }
            if (looks != FLAT_OUT) {
                LockSupport.parkNanos(SECOND / looks);
            }
        }
        System.exit(seen < 0 ? 1 : 0);
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
