package org.qfpsim.sim.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What this process holds, in octets.
 *
 * @param heap     what is left on the heap after a garbage collection.
 * @param resident memory of the whole process: heap, off-heap buffers, compiled code, stacks.
 */
record MemoryWatch(long heap, long resident) {
    private static volatile byte @Nullable [] garbage;

    /** Looks. */
    static MemoryWatch now() {
        // A heap is resident where it was used once; so that two looks can be compared all of it is.
        for (long left = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted(); left > 0; left -= 1 << 16) {
            garbage = new byte[1 << 16];
        }
        garbage = null;
        System.gc();
        return new MemoryWatch(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), residentSize());
    }

    private static long residentSize() {
        try {
            return Files.readString(Path.of("/proc/self/status"), StandardCharsets.US_ASCII).lines()
                .filter(line -> line.startsWith("RssAnon:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst().orElseThrow();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "heap %.1f MB, resident %.1f MB".formatted(heap / 1e6, resident / 1e6);
    }
}
