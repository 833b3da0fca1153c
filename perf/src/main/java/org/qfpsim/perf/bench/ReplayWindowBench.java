package org.qfpsim.perf.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.ReplayWindow;
import org.qfpsim.datapath.sa.SaInstaller;
import org.qfpsim.datapath.sa.SaTable;

/**
 * The replay window of an SA: the high half is inferred, the number checked, the window moved. One core, one thread, one SA; numbers start
 * again where the last pass ended, so that every one is new.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReplayWindowBench {
    private static final int PART = 4096;
    private static final int DISTANCE = 32;
    private static final long SEED = 11;

    /** Packets of the window. */
    @Param({"64", "1024"})
    public int window;

    /** Extended sequence numbers. */
    @Param({"false", "true"})
    public boolean esn;

    /** Whether numbers come up to 31 places out of order. */
    @Param({"false", "true"})
    public boolean reordered;

    private final int[] order = new int[PART];
    private CryptoBackends backends;
    private SaInstaller installer;
    private long sa;
    private long base;

    /** Installs the SA and shuffles each 32 numbers. */
    @Setup
    public void install() {
        try {
            backends = CryptoBackends.open("jce");
        } catch (final CryptoUnavailableException e) {
            throw Traffic.unavailable(e);
        }
        installer = new SaInstaller(new SaTable(), backends.all(), change -> change.applyAt(0), () -> 0);
        sa = installer.install(Traffic.sa(0, EspSuite.AES_GCM_128_16, esn, window), 0).record();
        final List<Integer> numbers = new ArrayList<>();
        final Random random = new Random(SEED);
        for (int first = 0; first < PART; first += DISTANCE) {
            final List<Integer> block = new ArrayList<>(IntStream.range(first, first + DISTANCE).boxed().toList());
            if (reordered) {
                Collections.shuffle(block, random);
            }
            numbers.addAll(block);
        }
        for (int i = 0; i < PART; i++) {
            order[i] = numbers.get(i);
        }
        base = 1;
    }

    /** New numbers. */
    @Benchmark
    @OperationsPerInvocation(PART)
    public void checkAndAdvance() {
        int taken = 0;
        for (int i = 0; i < PART; i++) {
            final int low = (int) base + order[i];
            final long sequence = (long) ReplayWindow.high(sa, low) << 32 | low & 0xffff_ffffL;
            if (ReplayWindow.check(sa, sequence)) {
                ReplayWindow.accept(sa, sequence);
                taken++;
            }
        }
        Traffic.require("new sequence numbers", PART, taken);
        base += PART;
        if (!esn && base > 0xffff_ffffL - PART) {
            throw new IllegalStateException("the sequence numbers are used up; measure for a shorter time");
        }
    }

    /** Frees the SA. */
    @TearDown
    public void close() {
        installer.close();
        backends.close();
    }
}
