package org.qfpsim.datapath.crypto.ipsecmb;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/** The way that versions before 1.3 work gives the same packets as the bursts of later ones. */
class RingJobsTest {
    private static final long SEED = 0x52494e47L;
    private static final int PACKETS = CryptoLane.MAX_PENDING;
    private static final int STRIDE = 1024;

    private IpsecMbBackend bursts;
    private IpsecMbBackend ring;

    @BeforeEach
    void load() {
        try {
            bursts = IpsecMbBackend.load();
            ring = IpsecMbBackend.loadWithoutBursts();
        } catch (final CryptoUnavailableException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    @AfterEach
    void close() {
        if (ring != null) {
            bursts.close();
            ring.close();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = {"AES_CBC.*", "NULL.*"})
    void shouldAgreeWithBursts(final EspSuite suite) {
        final Random random = new Random(SEED + suite.ordinal());
        final EspKeys keys = new EspKeys(octets(random, suite.keyBytes()), new byte[0], octets(random, suite.authKeyBytes()));
        final long burstKey = bursts.install(suite, keys);
        final long ringKey = ring.install(suite, keys);
        final CryptoLane burstLane = bursts.newLane();
        final CryptoLane ringLane = ring.newLane();
        try (Arena arena = Arena.ofConfined()) {
            final long packets = RawMemory.allocate(arena, 2L * PACKETS * STRIDE);
            final long copies = packets + (long) PACKETS * STRIDE;
            final int[] lengths = new int[PACKETS];
            for (int i = 0; i < PACKETS; i++) {
                final int textBytes = 16 * (1 + random.nextInt(50));
                lengths[i] = EspSuite.ESP_HEADER_BYTES + suite.ivBytes() + textBytes + suite.icvBytes();
                final long packet = packets + (long) i * STRIDE;
                RawMemory.write(octets(random, lengths[i]), 0, packet, lengths[i]);
                final EspTransform sealer = (i % 2 == 0 ? burstLane : ringLane).transform(suite);
                final long key = i % 2 == 0 ? burstKey : ringKey;
                sealer.writeIv(key, packet + EspSuite.ESP_HEADER_BYTES, i);
                assertThat(sealer.seal(key, packet, lengths[i], true, i)).isEqualTo(EspTransform.OK);
                if (i % 5 == 0) {
                    RawMemory.putByte(packet, RawMemory.getByte(packet) ^ 1);
                }
            }
            RawMemory.copy(packets, copies, (long) PACKETS * STRIDE);
            final int[] burstStatus = open(burstLane, suite, burstKey, packets, lengths);
            assertThat(open(ringLane, suite, ringKey, copies, lengths)).isEqualTo(burstStatus);
            assertThat(burstStatus).contains(EspTransform.OK);
            for (long offset = 0; offset < (long) PACKETS * STRIDE; offset += Long.BYTES) {
                assertThat(RawMemory.getLong(copies + offset)).isEqualTo(RawMemory.getLong(packets + offset));
            }
        }
    }

    private static int[] open(final CryptoLane lane, final EspSuite suite, final long key, final long packets, final int[] lengths) {
        final int[] status = new int[PACKETS];
        for (int i = 0; i < PACKETS; i++) {
            assertThat(lane.transform(suite).open(key, packets + (long) i * STRIDE, lengths[i], true, i, i)).isEqualTo(EspTransform.PENDING);
        }
        lane.flush(status);
        return status;
    }

    private static byte[] octets(final Random random, final int count) {
        final byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }
}
