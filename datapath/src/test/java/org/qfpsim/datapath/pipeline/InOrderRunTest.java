package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.support.Crypto;
import org.qfpsim.datapath.support.Outcome;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/**
 * Packets of an SA in a row, with gaps, replays and an egress that refuses some: what is handed over together, while nobody looks, is what
 * is handed over one by one while somebody does. At the end everything is sent again, so that a wrong bit in a window shows.
 */
class InOrderRunTest {
    private static final long SEED = 20261126;
    private static final int ROUNDS = 20;
    private static final int RUNS = 120;
    private static final int TURN = 48;

    private final List<Sender> senders = new ArrayList<>();

    private static List<SaSpec> specs() {
        return List.of(Sa.spi(1).build(), Sa.spi(2).window(0).build(), Sa.spi(3).esn().initial(0xffff_ffc0L).build(),
            Sa.spi(4).window(1024).suite(EspSuite.AES_CBC_128_SHA1_96).build(),
            Sa.spi(5).window(0).suite(EspSuite.NULL_SHA256_128).build());
    }

    private List<byte[]> stream(final Random random) {
        final List<byte[]> frames = new ArrayList<>();
        final long[] numbers = specs().stream().mapToLong(SaSpec::initialSequence).toArray();
        for (int run = 0; run < RUNS; run++) {
            final int which = random.nextInt(numbers.length);
            numbers[which] += random.nextInt(6) == 0 ? random.nextInt(100) : 0;
            for (int i = random.nextInt(4) == 0 ? 80 : random.nextInt(12); i >= 0; i--) {
                final byte[] inner = Packets.ipv4("10.1.0.1", "10.2.0.1", 17, new byte[8 + random.nextInt(60)]);
                final boolean again = random.nextInt(30) == 0 && !frames.isEmpty();
                frames.add(again ? frames.get(random.nextInt(frames.size())) : senders.get(which).wrapAt(++numbers[which], inner));
            }
        }
        frames.addAll(List.copyOf(frames));
        return frames;
    }

    /** What has become of the frames after each turn. */
    private static List<Outcome> run(final PipelineFixture made, final List<byte[]> frames, final Random random) {
        final List<Outcome> outcomes = new ArrayList<>();
        try (PipelineFixture fixture = made) {
            specs().forEach(fixture::installed);
            for (int i = 0; i < frames.size(); i++) {
                fixture.offer(frames.get(i), i);
                if (i % TURN == TURN - 1) {
                    fixture.pipeline().dispatcher().flush();
                    fixture.recorder().roomFor(random.nextInt(3) == 0 ? random.nextInt(TURN) : Integer.MAX_VALUE);
                    fixture.pipeline().turn();
                    outcomes.add(Outcome.of(fixture));
                }
            }
            fixture.recorder().roomFor(Integer.MAX_VALUE);
            fixture.drain();
            outcomes.add(Outcome.of(fixture));
            return outcomes;
        }
    }

    @Test
    void shouldHandOverTheSameWhetherAnybodyLooks() {
        System.out.println("runs in order, seed " + SEED);
        specs().forEach(spec -> senders.add(new Sender(spec)));
        for (int round = 0; round < ROUNDS; round++) {
            final long seed = SEED + round;
            final List<byte[]> frames = stream(new Random(seed));
            final PipelineConfig config = PipelineFixture.config().ppes(1 + round % 3);
            final String crypto = Crypto.names().getFirst();
            final List<Outcome> seen = run(new PipelineFixture(config, crypto), frames, new Random(seed));
            final List<Outcome> unseen = run(PipelineFixture.unobserved(config, crypto), frames, new Random(seed));
            for (int i = 0; i < seen.size(); i++) {
                final String name = "seed " + seed + ", turn " + i;
                assertThat(unseen.get(i).tops()).as(name).isEqualTo(seen.get(i).tops());
                assertThat(unseen.get(i).counters()).as(name).isEqualTo(seen.get(i).counters());
                assertThat(unseen.get(i).report()).as(name).isEqualTo(seen.get(i).report());
                assertThat(unseen.get(i).sent()).as(name).isEqualTo(seen.get(i).sent());
            }
            assertThat(seen.getLast().counters()).containsKeys("IN_ANTI_REPLAY_FAIL", "TAIL_DROP", Total.FORWARDED.label());
        }
        senders.forEach(Sender::close);
    }
}
