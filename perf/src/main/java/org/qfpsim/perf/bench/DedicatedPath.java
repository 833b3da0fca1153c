package org.qfpsim.perf.bench;

import java.util.concurrent.TimeUnit;
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
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.Threads;

/**
 * The inbound path with a thread for each engine, one for gather and one for the source ({@code dedicated} mode): a result is the time
 * between two packets that leave. Needs ppes + 2 cores; with fewer it says that it is oversubscribed and measures the scheduler too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DedicatedPath {
    private static final int FRAMES = 16384;

    /** Crypto library. */
    @Param("ipsec-mb")
    public String backend;

    /** Octets of the inner packet, or IMIX. */
    @Param({"64", "1400"})
    public String size;

    /** Packet processing engines. */
    @Param({"1", "2"})
    public int ppes;

    private InboundRig rig;
    private Threads threads;

    /** Builds the router and starts its threads. */
    @Setup
    public void start() {
        rig = new InboundRig(new InboundLoad(backend, EspSuite.AES_GCM_128_16, size, InboundLoad.Kind.GOOD, 1, ppes, false, 64, FRAMES,
            PipelineConfig.COST_INTERVAL));
        threads = rig.start();
        if (threads.oversubscribed()) {
            System.err.println("oversubscribed: " + (ppes + 2) + " threads on " + Runtime.getRuntime().availableProcessors() + " cores");
        }
    }

    /** Gives the frames new sequence numbers. */
    @Setup(Level.Invocation)
    public void renew() {
        rig.renew();
    }

    /** All frames once, until the last has left. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void pass() {
        rig.pass(threads);
    }

    /** Every packet was counted where it belongs. */
    @TearDown
    public void stop() {
        threads.close();
        rig.close();
    }
}
