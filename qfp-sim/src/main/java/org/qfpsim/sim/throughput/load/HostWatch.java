package org.qfpsim.sim.throughput.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What disturbs a measurement from outside: time stolen by the hypervisor, and a wall clock that is set. */
final class HostWatch {
    private static final Path STAT = Path.of("/proc/stat");
    private static final int STEAL_FIELD = 8;
    /** The kernel counts in hundredths of a second (USER_HZ), whatever its timer does. */
    private static final long TICK_MILLIS = 10;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private long stolen;
    private long wall;
    private long monotonic;

    /** A trial begins. */
    void begin() {
        stolen = steal();
        wall = System.currentTimeMillis();
        monotonic = System.nanoTime();
    }

    /** Milliseconds stolen since, of all processors; -1 if unknown. */
    long stolenMillis() {
        final long now = steal();
        return now < 0 || stolen < 0 ? -1 : (now - stolen) * TICK_MILLIS;
    }

    /** Milliseconds that the wall clock has moved against the monotonic one since. */
    long clockMillis() {
        return System.currentTimeMillis() - wall - (System.nanoTime() - monotonic) / NANOS_PER_MILLI;
    }

    private static long steal() {
        try (Stream<String> lines = Files.lines(STAT)) {
            return lines.findFirst().map(HostWatch::steal).orElse(-1L);
        } catch (final IOException e) {
            return -1;
        }
    }

    /** From the line {@code cpu user nice system idle iowait irq softirq steal ...}. */
    static long steal(final String line) {
        final String[] fields = line.trim().split("\\s+");
        try {
            return fields.length > STEAL_FIELD && fields[0].equals("cpu") ? Long.parseLong(fields[STEAL_FIELD]) : -1;
        } catch (final NumberFormatException e) {
            return -1;
        }
    }
}
