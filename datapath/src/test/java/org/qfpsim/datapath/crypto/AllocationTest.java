package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.crypto.jce.JceBackend;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/** Opening packets allocates nothing on the Java heap with the native libraries; the JDK's own garbage is measured and printed. */
class AllocationTest {
    private static final EspSuite[] CLASSES = {EspSuite.AES_GCM_128_16, EspSuite.AES_GCM_256_8, EspSuite.CHACHA20_POLY1305,
        EspSuite.AES_CBC_128_SHA1_96, EspSuite.AES_CBC_256_SHA512_256, EspSuite.AES_CBC_128_NONE, EspSuite.NULL_SHA256_128};
    private static final int WARM_UP = 20_000;
    private static final int OPENS = 100_000;
    /** A compilation in the middle of a round costs the thread a few octets once; what a packet costs is in every round. */
    private static final int ROUNDS = 5;
    private static final int BATCH = 32;
    private static final int TEXT_BYTES = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void shouldNotAllocatePerPacket() throws Exception {
        try (CryptoBackends backends = CryptoBackends.open("auto")) {
            for (final CryptoBackend backend : backends.all()) {
                final CryptoLane lane = backend.newLane();
                for (final EspSuite suite : CLASSES) {
                    if (backend.suites().contains(suite)) {
                        check(backend, lane, suite);
                    }
                }
            }
        }
    }

    private void check(final CryptoBackend backend, final CryptoLane lane, final EspSuite suite) {
        final RandomEsp random = new RandomEsp(suite.ordinal());
        final int rounds = backend.id().equals(JceBackend.ID) ? 1 : ROUNDS;
        final long handle = backend.install(suite, random.keys(suite));
        try (EspPacketMemory memory = new EspPacketMemory()) {
            memory.put(random.packet(suite, TEXT_BYTES));
            final EspTransform transform = lane.transform(suite);
            assertThat(transform.seal(handle, memory.esp(), memory.length(), true, 1)).isEqualTo(EspTransform.OK);
            final long good = measure(lane, transform, handle, memory, EspTransform.OK, rounds);
            long bad = 0;
            if (suite.authenticated()) {
                RawMemory.putByte(memory.esp() + memory.length() - 1, RawMemory.getByte(memory.esp() + memory.length() - 1) ^ 1);
                bad = measure(lane, transform, handle, memory, EspTransform.BAD_ICV, rounds);
            }
            System.out.printf("%-9s %-24s bytes allocated per open and restore: good %d, bad ICV %d%n", backend.id(), suite,
                good / OPENS, bad / OPENS);
            if (!backend.id().equals(JceBackend.ID)) {
                assertThat(good).as("%s %s, good packets", backend.id(), suite).isZero();
                assertThat(bad).as("%s %s, bad ICV", backend.id(), suite).isZero();
            }
        }
        backend.release(suite, handle);
    }

    private long measure(final CryptoLane lane, final EspTransform transform, final long handle, final EspPacketMemory memory,
                         final int expected, final int rounds) {
        final int[] status = new int[BATCH];
        assertThat(openMany(WARM_UP, lane, transform, handle, memory, status, expected)).isEqualTo(WARM_UP);
        final long thread = Thread.currentThread().threadId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < rounds && least > 0; round++) {
            final long before = threads.getThreadAllocatedBytes(thread);
            final int asExpected = openMany(OPENS, lane, transform, handle, memory, status, expected);
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
            assertThat(asExpected).isEqualTo(OPENS);
        }
        return least;
    }

    /** Opens the one packet again and again, undoing it in between, with the flush at every batch as the workers do it. */
    private static int openMany(final int count, final CryptoLane lane, final EspTransform transform, final long handle,
                                final EspPacketMemory memory, final int[] status, final int expected) {
        int asExpected = 0;
        for (int i = 0; i < count; i++) {
            final int tag = i % BATCH;
            status[tag] = transform.open(handle, memory.esp(), memory.length(), true, 1, tag);
            if (status[tag] == EspTransform.PENDING) {
                lane.flush(status);
            }
            asExpected += status[tag] == expected ? 1 : 0;
            transform.restore(handle, memory.esp(), memory.length(), status[tag]);
        }
        return asExpected;
    }
}
