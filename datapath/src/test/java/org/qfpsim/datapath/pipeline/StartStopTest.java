package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.support.Crypto;
import org.qfpsim.datapath.support.Event;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/** Nothing is lost when threads start and stop, and full rings wait or drop as configured, to the packet. */
class StartStopTest {
    private static final long SEED = 0x53544f50L;
    private static final int RUNS = 200;
    private static final int ECT0 = 2;
    private static final byte[] CLEAR = Packets.ipv4("10.1.0.1", "10.2.0.1", 17, Packets.udp(1, 2, new byte[20]));

    private static boolean offer(final Pipeline pipeline) {
        final byte[] frame = Packets.ethernet(CLEAR);
        return pipeline.dispatcher().offer(new UnsafeBuffer(frame), 0, frame.length, frame.length, 0, LinkLayer.ETHERNET);
    }

    @Test
    void shouldLoseNothingInShortRuns() {
        final Random random = new Random(SEED);
        for (int run = 0; run < RUNS; run++) {
            final int packets = random.nextInt(40);
            try (PipelineFixture fixture = new PipelineFixture(
                PipelineFixture.config().ppes(1 + run % 3).reassembly(1, 2, 1), Crypto.names().getFirst())) {
                fixture.dedicated();
                for (int i = 0; i < packets; i++) {
                    fixture.offer(CLEAR);
                }
                fixture.stopThreads();
                assertThat(fixture.recorder().events().stream().map(Event::arrival))
                    .as("seed %d run %d", SEED, run).containsExactlyElementsOf(IntStream.range(0, packets).mapToObj(i -> (long) i).toList());
                assertThat(fixture.counters().total(Total.RECEIVED)).isEqualTo(packets);
            }
        }
    }

    @Test
    void shouldStartAndStopAgain() {
        try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().ppes(2), Crypto.names().getFirst())) {
            for (int run = 1; run <= 20; run++) {
                fixture.dedicated();
                fixture.offer(CLEAR).offer(CLEAR).stopThreads();
                fixture.offer(CLEAR).drain();
                assertThat(fixture.recorder().events()).hasSize(3 * run);
            }
        }
    }

    /** Nobody else would make room in the queue of changes. */
    @Test
    @Timeout(60)
    void shouldMakeChangesOfTheSourceItselfWhenTheirQueueIsFull() {
        try (PipelineFixture fixture = new PipelineFixture().dedicated()) {
            for (int i = 0; i < 5_000; i++) {
                fixture.pipeline().retireOutbound(0);
            }
            fixture.offer(CLEAR).drain();
            assertThat(fixture.verdicts()).containsExactly(Expect.FORWARD);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 300, 1518, 9216})
    void shouldHoldFramesUpToTheLengthOfASlotAndNoLongerOnes(final int bytes) {
        try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().ringSlots(16).slotBytes(bytes), "auto")) {
            final int headers = 14 + 20 + 8;
            final byte[] fits = Packets.ipv4("10.1.0.1", "10.2.0.1", 17, Packets.udp(1, 2, Packets.counting(bytes - headers)));
            final byte[] longer = Packets.ipv4("10.1.0.1", "10.2.0.1", 17, Packets.udp(1, 2, Packets.counting(bytes + 1 - headers)));
            assertThat(fixture.verdict(fits)).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(longer)).isEqualTo(Expect.drop(GlobalDrop.BAD_LEN));
        }
    }

    @Test
    void shouldTellTheObserverWhatTheEgressRefused() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).build());
            final byte[] inner = Packets.ipv4("10.1.0.1", "10.2.0.1", 17, Packets.udp(1, 2, new byte[20]), ECT0, new byte[0]);
            fixture.recorder().roomFor(1);
            final byte[] first = sender.outer(sender.esp(1, sender.plaintext(inner, 4)), Net.ECN_CE);
            final byte[] second = sender.outer(sender.esp(2, sender.plaintext(inner, 4)), Net.ECN_CE);
            assertThat(fixture.judge(first).packet()).as("as it came out of decryption").isEqualTo(inner);
            assertThat(fixture.lastSent()[1] & 3).as("as it left").isEqualTo(Net.ECN_CE);
            assertThat(fixture.verdict(second)).isEqualTo(Expect.drop(GlobalDrop.TAIL_DROP));
            assertThat(fixture.verdict(CLEAR)).isEqualTo(Expect.drop(GlobalDrop.TAIL_DROP));
            assertThat(fixture.counters().globalPackets(GlobalDrop.TAIL_DROP.id())).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(DispatchPolicy.class)
    void shouldWaitForRoomAndLoseNothing(final DispatchPolicy policy) {
        try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().ppes(2).ringSlots(16).dispatch(policy), "auto")) {
            int taken = 0;
            while (offer(fixture.pipeline())) {
                taken++;
            }
            assertThat(taken).isEqualTo(policy == DispatchPolicy.ANY_IDLE ? 32 : 16);
            assertThat(offer(fixture.pipeline())).isFalse();
            fixture.drain();
            assertThat(fixture.recorder().events()).hasSize(taken);
            fixture.dedicated();
            for (int i = 0; i < 5_000; i++) {
                fixture.offer(CLEAR);
            }
            fixture.drain();
            assertThat(fixture.verdicts()).hasSize(taken + 5_000).containsOnly(Expect.FORWARD);
        }
    }

    @ParameterizedTest
    @EnumSource(DispatchPolicy.class)
    void shouldCountEveryPacketThatAFullRingDrops(final DispatchPolicy policy) {
        try (PipelineFixture fixture = new PipelineFixture(
            PipelineFixture.config().ppes(2).ringSlots(16).dispatch(policy).dropWhenFull(true), "auto")) {
            final int room = policy == DispatchPolicy.ANY_IDLE ? 32 : 16;
            for (int i = 0; i < room + 25; i++) {
                assertThat(offer(fixture.pipeline())).isTrue();
            }
            fixture.drain();
            assertThat(fixture.recorder().events()).hasSize(room);
            assertThat(fixture.counters().globalPackets(GlobalDrop.TAIL_DROP.id())).isEqualTo(25);
            assertThat(fixture.counters().globalOctets(GlobalDrop.TAIL_DROP.id())).isEqualTo(25L * (CLEAR.length + 14));
            assertThat(fixture.counters().total(Total.RECEIVED)).isEqualTo(room + 25L);
            assertThat(fixture.counters().total(Total.RECEIVED_OCTETS)).isEqualTo((room + 25L) * (CLEAR.length + 14));
            assertThat(fixture.counters().dropped(-1)).isEqualTo(25);
            fixture.dedicated();
            for (int i = 0; i < 5_000; i++) {
                fixture.offer(CLEAR);
            }
            fixture.drain();
            assertThat(fixture.recorder().events().size() + fixture.counters().dropped(-1)).isEqualTo(room + 25L + 5_000);
        }
    }

    @Test
    void shouldRunAsManyEnginesAsTheConfigurationAllowsWithEveryLibrary() {
        for (final String crypto : Crypto.names()) {
            try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().ppes(ArrivalOrder.MAX_PPES).ringSlots(16), crypto)) {
                for (int i = 0; i < 2_000; i++) {
                    fixture.offer(CLEAR);
                }
                fixture.drain();
                assertThat(fixture.verdicts()).hasSize(2_000).containsOnly(Expect.FORWARD);
            }
        }
    }
}
