package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.support.Crypto;
import org.qfpsim.datapath.support.Outcome;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/**
 * Packets of many SAs, to two addresses of ours, some with the same SPI, in any order, with everything between them that is no common
 * packet: what becomes of them in batches, while nobody looks, is what becomes of them one by one while somebody does.
 */
class ManySasTest {
    private static final long SEED = 20261127;
    private static final int ROUNDS = 12 * Integer.getInteger("qfp.test.scale", 1);
    private static final int FRAMES = 1500;
    private static final int MOST_AT_A_TIME = 200;
    private static final String OTHER_US = "20.1.1.9";
    private static final List<Integer> BATCHES = List.of(2, 7, 64, 128, 256);

    private final List<Sender> senders = new ArrayList<>();

    @BeforeEach
    void openSenders() {
        specs().forEach(spec -> senders.add(new Sender(spec)));
    }

    @AfterEach
    void closeSenders() {
        senders.forEach(Sender::close);
    }

    private static List<SaSpec> specs() {
        return List.of(Sa.spi(1).build(), Sa.spi(2).build(), Sa.spi(3).window(0).build(), Sa.spi(4).esn().initial(0xffff_ffc0L).build(),
            Sa.spi(5).window(1024).suite(EspSuite.AES_CBC_128_SHA1_96).build(), Sa.spi(6).lifetime(2_000, 4_000, Long.MAX_VALUE).build(),
            Sa.spi(1).to(OTHER_US).keySeed(99).build(), Sa.spi(7).to(OTHER_US).build(), Sa.spi(8).udp().build());
    }

    private List<byte[]> stream(final Random random) {
        final List<byte[]> frames = new ArrayList<>();
        final long[] numbers = specs().stream().mapToLong(SaSpec::initialSequence).toArray();
        int which = 0;
        for (int i = 0; i < FRAMES; i++) {
            which = random.nextInt(3) == 0 ? which : random.nextInt(numbers.length);
            final Sender sender = senders.get(which);
            final byte[] inner = Packets.ipv4("10.1.0.1", "10.2.0.1", 17, new byte[8 + random.nextInt(60)]);
            numbers[which] += random.nextInt(30) == 0 ? random.nextInt(100) : 0;
            final byte[] packet = sender.wrapAt(++numbers[which], inner);
            frames.add(switch (random.nextInt(40)) {
                case 0 -> frames.isEmpty() ? packet : frames.get(random.nextInt(frames.size()));
                case 1 -> Packets.damaged(packet, packet.length - 1);
                case 2 -> Packets.checksummed(Packets.with(packet, 1, 3));
                case 3 -> Packets.checksummed(Packets.with(packet, 23, 0x77));
                case 4 -> Packets.ipv4(Sa.PEER, "10.9.9.9", 17, new byte[30]);
                case 5 -> Packets.with(packet, 8, packet[8] ^ 1);
                default -> packet;
            });
        }
        return frames;
    }

    private static List<Outcome> run(final PipelineFixture made, final List<byte[]> frames, final Random random) {
        final List<Outcome> outcomes = new ArrayList<>();
        try (PipelineFixture fixture = made) {
            fixture.pipeline().configure(List.of(IpAddress.parse(Sa.US), IpAddress.parse(OTHER_US)), List.of(), false);
            specs().forEach(fixture::installed);
            for (int next = 0; next < frames.size();) {
                for (int count = 1 + random.nextInt(MOST_AT_A_TIME); count > 0 && next < frames.size(); count--) {
                    fixture.offer(frames.get(next), next);
                    next++;
                }
                fixture.recorder().roomFor(random.nextInt(4) == 0 ? random.nextInt(20) : Integer.MAX_VALUE);
                fixture.drain();
                outcomes.add(Outcome.of(fixture));
            }
            return outcomes;
        }
    }

    @Test
    void shouldNotDependOnTheSizeOfBatches() {
        System.out.println("many SAs, seed " + SEED);
        final String crypto = Crypto.names().getFirst();
        for (int round = 0; round < ROUNDS; round++) {
            final long seed = SEED + round;
            final List<byte[]> frames = stream(new Random(seed));
            final List<Outcome> single = run(new PipelineFixture(PipelineFixture.config().batch(1), crypto), frames, new Random(seed));
            for (final int batch : BATCHES) {
                final List<Outcome> together = run(PipelineFixture.unobserved(PipelineFixture.config().batch(batch), crypto), frames,
                    new Random(seed));
                for (int i = 0; i < single.size(); i++) {
                    final Outcome expected = single.get(i);
                    assertThat(together.get(i)).as("seed %d, batches of %d, drained %d times", seed, batch, i + 1)
                        .isEqualTo(new Outcome(List.of(), expected.counters(), expected.report(), expected.tops(), expected.sent()));
                }
            }
            assertThat(single.getLast().counters()).containsKeys("IN_ANTI_REPLAY_FAIL", "TAIL_DROP", "IN_MAC_EXCEPTION",
                "IN_US_V4_PKT_SA_NOT_FOUND_SPI", "IN_HARD_EXPIRY", "GEN_NOTIFY_SOFT_EXPIRY", Total.FORWARDED.label());
        }
    }
}
