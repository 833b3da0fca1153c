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

/**
 * The whole inbound path, one packet: copy into the slot, parse, for us?, SA, replay, decrypt and verify, trailer, selector, order,
 * counters, egress. One core, one thread turns every agent ({@code invoker} mode), offering a batch at a time. The frames of a pass are
 * distinct buffers, 64-octet aligned; encrypting them again between passes is not measured. Picture: {@link InboundRig}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class InboundPath {
    private static final int FRAMES = 4096;

    /** Crypto library. */
    @Param({"ipsec-mb", "libcrypto", "jce"})
    public String backend;

    /** Algorithms. */
    @Param("AES_GCM_128_16")
    public EspSuite suite;

    /** Octets of the inner packet, or IMIX. */
    @Param({"64", "512", "1400", "IMIX"})
    public String size;

    /** What is special about the packets. */
    @Param({"GOOD", "REPLAY_OFF", "UNKNOWN_SPI", "BAD_ICV"})
    public InboundLoad.Kind kind;

    /** SAs, taken in turn. */
    @Param({"1", "1000"})
    public int sas;

    /** Packet processing engines. */
    @Param("1")
    public int ppes;

    /** Extended sequence numbers. */
    @Param("false")
    public boolean esn;

    /** Replay window. */
    @Param("64")
    public int window;

    private InboundRig rig;

    /** Builds the router and sends the first pass through, comparing every packet. */
    @Setup
    public void build() {
        rig = new InboundRig(new InboundLoad(backend, suite, size, kind, sas, ppes, esn, window, FRAMES,
            PipelineConfig.COST_INTERVAL));
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

    /** Every packet was counted where it belongs. */
    @TearDown
    public void check() {
        rig.close();
    }
}
