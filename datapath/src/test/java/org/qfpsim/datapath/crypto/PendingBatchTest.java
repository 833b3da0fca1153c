package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Full batches of mixed suites, good and forged, through one flush. */
class PendingBatchTest {
    private static final long SEED = 0x4241544348L;
    private static final int ROUNDS = 20 * Integer.getInteger("qfp.test.scale", 1);
    private static final int UNTOUCHED = -7;

    private record Packet(EspPacketMemory memory, EspSuite suite, byte[] plain, byte[] received, boolean esn, int seqHigh, int expected) {
    }

    @Test
    void shouldAnswerEveryPacketOfAMixedBatch() throws Exception {
        System.out.println("PendingBatchTest seed " + SEED);
        final RandomEsp random = new RandomEsp(SEED);
        try (CryptoBackends backends = CryptoBackends.open("auto")) {
            for (final CryptoBackend backend : backends.all()) {
                final BackendFixture fixture = new BackendFixture(backend);
                final List<BackendFixture.Sa> sas = new ArrayList<>();
                backend.suites().forEach(suite -> sas.add(fixture.install(suite, random.keys(suite))));
                for (int round = 0; round < ROUNDS; round++) {
                    final int count = round == 0 ? CryptoLane.MAX_PENDING : 1 + random.below(CryptoLane.MAX_PENDING);
                    checkBatch(fixture, sas, count, random);
                }
            }
        }
    }

    @Test
    void shouldRefuseMoreThanTheLaneCanHold() throws Exception {
        try (CryptoBackends backends = CryptoBackends.open("auto"); EspPacketMemory memory = new EspPacketMemory()) {
            final CryptoBackend backend = backends.all().getFirst();
            final EspSuite suite = EspSuite.NULL_SHA1_96;
            final BackendFixture fixture = new BackendFixture(backend);
            final RandomEsp random = new RandomEsp(SEED);
            final BackendFixture.Sa sa = fixture.install(suite, random.keys(suite));
            memory.put(random.packet(suite, 8));
            sa.seal(memory, false, 0);
            final EspTransform transform = fixture.lane.transform(suite);
            final int[] status = new int[CryptoLane.MAX_PENDING];
            Arrays.fill(status, UNTOUCHED);
            int pending = 0;
            for (int i = 0; i < CryptoLane.MAX_PENDING; i++) {
                pending += transform.open(sa.handle, memory.esp(), memory.length(), false, 0, i) == EspTransform.PENDING ? 1 : 0;
            }
            if (pending > 0) {
                assertThat(pending).isEqualTo(CryptoLane.MAX_PENDING);
                assertThat(transform.open(sa.handle, memory.esp(), memory.length(), false, 0, 0)).isEqualTo(EspTransform.ENGINE_ERROR);
                fixture.lane.flush(status);
                assertThat(status).containsOnly(EspTransform.OK);
            }
        }
    }

    private static void checkBatch(final BackendFixture fixture, final List<BackendFixture.Sa> sas, final int count, final RandomEsp random) {
        final List<Packet> packets = new ArrayList<>();
        final int[] status = new int[CryptoLane.MAX_PENDING];
        Arrays.fill(status, UNTOUCHED);
        for (int tag = 0; tag < count; tag++) {
            final BackendFixture.Sa sa = sas.get(random.below(sas.size()));
            final Packet packet = packet(sa, random);
            packets.add(packet);
            final int now = fixture.lane.transform(sa.suite).open(sa.handle, packet.memory.esp(), packet.memory.length(), packet.esn,
                packet.seqHigh, tag);
            if (now != EspTransform.PENDING) {
                status[tag] = now;
            }
        }
        fixture.lane.flush(status);
        for (int tag = 0; tag < count; tag++) {
            final Packet packet = packets.get(tag);
            assertThat(status[tag]).as("%s %s, tag %d of %d", fixture.backend.id(), packet.suite, tag, count).isEqualTo(packet.expected);
            final byte[] now = packet.memory.get();
            if (packet.expected == EspTransform.OK) {
                final int covered = packet.plain.length - packet.suite.icvBytes();
                assertThat(Arrays.copyOf(now, covered)).isEqualTo(Arrays.copyOf(packet.plain, covered));
            } else if (!packet.suite.combined()) {
                assertThat(now).isEqualTo(packet.received);
            }
            packet.memory.close();
        }
        for (int tag = count; tag < status.length; tag++) {
            assertThat(status[tag]).isEqualTo(UNTOUCHED);
        }
    }

    private static Packet packet(final BackendFixture.Sa sa, final RandomEsp random) {
        final EspPacketMemory memory = new EspPacketMemory();
        final byte[] plain = random.packet(sa.suite, random.below(600));
        final boolean esn = random.coin();
        final int seqHigh = random.anyInt();
        memory.put(plain);
        sa.seal(memory, esn, seqHigh);
        final byte[] received = memory.get();
        final boolean forged = sa.suite.authenticated() && random.below(4) == 0;
        if (forged) {
            received[random.below(received.length)] ^= 0x10;
            memory.put(received);
        }
        return new Packet(memory, sa.suite, plain, received, esn, seqHigh, forged ? EspTransform.BAD_ICV : EspTransform.OK);
    }
}
