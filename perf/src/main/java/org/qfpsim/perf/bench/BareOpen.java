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

/**
 * Decrypting and verifying ESP packets in place and nothing else. One core, one thread; a result is one packet.
 *
 * <ul>
 *   <li>{@link #open} is <em>bare</em>, the denominator of every ratio: the call alone; the ciphertext is put back outside of the
 *   measured time, so that every call works on an authentic packet.
 *   <li>{@link #copyAndOpen} copies each ciphertext into its buffer first; {@link #copy} is that copy alone.
 * </ul>
 * 256 buffers are as many as the default ring has slots, and stay in the second-level cache; 4,096 do not.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BareOpen {
    /** Crypto library. */
    @Param({"ipsec-mb", "libcrypto", "jce"})
    public String backend;

    /** Algorithms. */
    @Param({"AES_GCM_128_16", "AES_GCM_256_16", "AES_CBC_128_SHA1_96", "AES_CBC_128_SHA256_128"})
    public EspSuite suite;

    /** Octets of the inner packet, or IMIX. */
    @Param({"64", "512", "1400", "IMIX"})
    public String size;

    /** Distinct packet buffers. */
    @Param({"256", "4096"})
    public int buffers;

    /** Packets of one invocation; it takes the next ones of the buffers. */
    private static final int PART = 256;

    private BarePackets packets;
    private int next;

    /** Encrypts. */
    @Setup
    public void encrypt() {
        packets = new BarePackets(backend, suite, size, buffers);
        packets.check();
    }

    /** Makes the packets authentic again when every buffer was opened. */
    @Setup(Level.Invocation)
    public void refresh() {
        if (next == 0) {
            packets.refresh();
        }
    }

    /** The call alone. */
    @Benchmark
    @OperationsPerInvocation(PART)
    public void open() {
        Traffic.require("authentic packets", PART, packets.open(take(), PART));
    }

    /** Copy and call. */
    @Benchmark
    @OperationsPerInvocation(PART)
    public void copyAndOpen() {
        Traffic.require("authentic packets", PART, packets.copyAndOpen(take(), PART));
    }

    /** The copy alone. */
    @Benchmark
    @OperationsPerInvocation(PART)
    public void copy() {
        packets.copy(take(), PART);
    }

    private int take() {
        final int first = next;
        next = (next + PART) % buffers;
        return first;
    }

    /** The plaintext is what was encrypted. */
    @TearDown
    public void check() {
        packets.check();
        packets.close();
    }
}
