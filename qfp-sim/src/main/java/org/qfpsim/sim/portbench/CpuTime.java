package org.qfpsim.sim.portbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.qfpsim.sim.InputException;

/**
 * What the threads of this process have used. Linux counts the nanoseconds exactly; how many of them were the kernel's it estimates from
 * what it finds at its ticks.
 *
 * @param nanos       in all.
 * @param userTicks   found in the program.
 * @param kernelTicks found in the kernel.
 */
record CpuTime(long nanos, long userTicks, long kernelTicks) {
    private static final CpuTime NONE = new CpuTime(0, 0, 0);
    private static final String COMPILERS = "C[12] Compiler.*\\s*";
    private static final Path THREADS = Path.of("/proc/self/task");

    /**
     * All threads but one, and but those that compile: they are busy at the beginning only.
     *
     * @param except number of the one.
     * @return what they have used.
     */
    static CpuTime ofAllBut(final long except) {
        try (Stream<Path> threads = Files.list(THREADS)) {
            return threads.filter(thread -> !thread.endsWith(String.valueOf(except))).map(CpuTime::of).reduce(NONE, CpuTime::plus);
        } catch (final IOException e) {
            throw InputException.io(THREADS.toString(), "cannot be read", e);
        }
    }

    private static CpuTime of(final Path thread) {
        try {
            if (Files.readString(thread.resolve("comm")).matches(COMPILERS)) {
                return NONE;
            }
            final long nanos = Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
            // proc(5): the name in parentheses may have blanks; utime and stime are the 14th and 15th field.
            final String stat = Files.readString(thread.resolve("stat"));
            final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 14);
            return new CpuTime(nanos, Long.parseLong(fields[11]), Long.parseLong(fields[12]));
        } catch (final IOException e) {
            // It has just ended.
            return NONE;
        }
    }

    private CpuTime plus(final CpuTime other) {
        return new CpuTime(nanos + other.nanos, userTicks + other.userTicks, kernelTicks + other.kernelTicks);
    }

    /** What was used since another look. */
    CpuTime minus(final CpuTime before) {
        return new CpuTime(nanos - before.nanos, userTicks - before.userTicks, kernelTicks - before.kernelTicks);
    }

    /** The share of the kernel, 0 to 1. */
    double kernelShare() {
        return kernelTicks / (double) Math.max(1, userTicks + kernelTicks);
    }
}
