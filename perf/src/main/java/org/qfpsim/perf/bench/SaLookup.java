package org.qfpsim.perf.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.qfpsim.datapath.sa.SaTable;

/**
 * Finding an SA by destination and SPI, random keys. One core, one thread; the keys asked for are 65,536 in an order of their own, so that
 * with many SAs memory is what costs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SaLookup {
    private static final int QUESTIONS = 1 << 16;
    private static final int PART = 1024;
    private static final int LOCAL_ADDRESS = 0;
    private static final long SEED = 7;

    /** SAs. */
    @Param({"1", "1000", "100000", "1000000"})
    public int sas;

    private final SaTable table = new SaTable();
    private final long[] known = new long[QUESTIONS];
    private final long[] unknown = new long[QUESTIONS];
    private int next;

    /** Fills the table: known SPIs are even, unknown ones odd, so that no question is answered by accident. */
    @Setup
    public void fill() {
        final Random random = new Random(SEED);
        final int[] spis = random.ints().map(spi -> spi & ~1).distinct().limit(sas).toArray();
        for (final int spi : spis) {
            table.put(SaTable.key(spi, LOCAL_ADDRESS), Integer.toUnsignedLong(spi) + 1);
        }
        for (int i = 0; i < QUESTIONS; i++) {
            known[i] = SaTable.key(spis[random.nextInt(sas)], LOCAL_ADDRESS);
            unknown[i] = SaTable.key(random.nextInt() | 1, LOCAL_ADDRESS);
        }
    }

    /** Known SPIs. */
    @Benchmark
    @OperationsPerInvocation(PART)
    public void hit() {
        Traffic.require("SAs found", PART, find(known));
    }

    /** Unknown SPIs. */
    @Benchmark
    @OperationsPerInvocation(PART)
    public void miss() {
        Traffic.require("SAs found", 0, find(unknown));
    }

    private int find(final long[] keys) {
        int right = 0;
        for (int i = next; i < next + PART; i++) {
            if (table.find(keys[i]) == (keys[i] & 0xffff_ffffL) + 1) {
                right++;
            }
        }
        next = next + PART & QUESTIONS - 1;
        return right;
    }
}
