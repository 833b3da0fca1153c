package org.qfpsim.perf.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
import org.qfpsim.datapath.counters.CounterStore;

/**
 * What it costs a packet that somebody looks at the counters: the whole inbound path at 64 octets while another process reads all of
 * them from the counters file, never, ten times a second (what a person or a collector asks for at most), or without a pause.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadFromOutside {
    private static final int FRAMES = 4096;

    /** Crypto library. */
    @Param("ipsec-mb")
    public String backend;

    /** What is special about the packets; each of an unknown SPI writes two counters more. */
    @Param({"GOOD", "UNKNOWN_SPI"})
    public InboundLoad.Kind kind;

    /** Looks a second; -1 means without a pause. */
    @Param({"0", "10", "-1"})
    public int looks;

    private Path file;
    private InboundRig rig;
    private @Nullable OutsideReader reader;

    /** Builds the router and starts the reader. */
    @Setup
    public void build() {
        try {
            file = Files.createTempFile("qfp-bench", ".counters");
            rig = new InboundRig(InboundLoad.of(backend, "64", kind), CounterStore.inFile(file, 1));
        } catch (final IOException e) {
            throw new UncheckedIOException("no room for a counters file", e);
        }
        if (looks != 0) {
            reader = new OutsideReader(file, looks);
        }
    }

    /** Gives the frames new sequence numbers. */
    @Setup(Level.Invocation)
    public void renew() {
        rig.renew();
    }

    /** All frames once. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void pass() {
        rig.pass();
    }

    /** The reader was there to the end, and every packet was counted where it belongs. */
    @TearDown
    public void check() throws IOException {
        if (reader != null) {
            reader.close();
        }
        rig.close();
        Files.delete(file);
    }
}
