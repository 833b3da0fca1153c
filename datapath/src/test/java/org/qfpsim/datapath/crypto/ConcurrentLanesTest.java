package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One SA, several lanes, each on a thread of its own, as packets of one flow are spread over the engines. */
class ConcurrentLanesTest {
    private static final long SEED = 0x4c414e4553L;
    private static final int LANES = 4;
    private static final int PACKETS = 2_000;

    @Test
    void shouldOpenTheSameSaOnSeveralThreads() throws Exception {
        System.out.println("ConcurrentLanesTest seed " + SEED);
        try (CryptoBackends backends = CryptoBackends.open("auto"); ExecutorService threads = Executors.newFixedThreadPool(LANES)) {
            for (final CryptoBackend backend : backends.all()) {
                for (final EspSuite suite : List.of(EspSuite.AES_GCM_128_16, EspSuite.CHACHA20_POLY1305, EspSuite.AES_CBC_256_SHA1_96)) {
                    final long handle = backend.install(suite, new RandomEsp(SEED).keys(suite));
                    final List<Callable<Integer>> tasks = new ArrayList<>();
                    for (int lane = 0; lane < LANES; lane++) {
                        final CryptoLane own = backend.newLane();
                        final RandomEsp random = new RandomEsp(SEED + lane);
                        tasks.add(() -> roundTrips(own, suite, handle, random));
                    }
                    for (final Future<Integer> result : threads.invokeAll(tasks)) {
                        assertThat(result.get()).as("%s %s", backend.id(), suite).isEqualTo(PACKETS);
                    }
                    backend.release(suite, handle);
                }
            }
        }
    }

    private static int roundTrips(final CryptoLane lane, final EspSuite suite, final long handle, final RandomEsp random) {
        final EspTransform transform = lane.transform(suite);
        final int[] status = new int[1];
        int good = 0;
        try (EspPacketMemory memory = new EspPacketMemory()) {
            for (int i = 0; i < PACKETS; i++) {
                memory.put(random.packet(suite, random.below(300)));
                transform.writeIv(handle, memory.esp() + EspSuite.ESP_HEADER_BYTES, random.anyInt());
                final byte[] plain = memory.get();
                transform.seal(handle, memory.esp(), memory.length(), true, i);
                status[0] = transform.open(handle, memory.esp(), memory.length(), true, i, 0);
                lane.flush(status);
                final int text = memory.length() - suite.icvBytes();
                good += status[0] == EspTransform.OK && Arrays.equals(memory.get(), 0, text, plain, 0, text) ? 1 : 0;
            }
        }
        return good;
    }
}
