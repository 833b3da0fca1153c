package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;

/** Punt: policers in virtual time to the packet, the ring's bound, the layout of messages. */
class PuntPathTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int POLICED = Expect.drop(GlobalDrop.PUNT_POLICER_DROP);
    private static final int GLOBALLY_POLICED = Expect.drop(GlobalDrop.PUNT_GLOBAL_POLICER_DROP);

    private final CounterStore store = CounterStore.inMemory(1);
    private final PuntPath path = new PuntPath(1 << 20);
    private final UnsafeBuffer memory = new UnsafeBuffer(new byte[Slot.FRAME + 64]);

    /** Offers packets at a time and says how many conformed. */
    private int offer(final PuntCause cause, final int count, final long nanos, final int expectedDrop) {
        memory.putLong(Slot.TIME, nanos);
        memory.putInt(Slot.FRAME_LENGTH, 20);
        int conformed = 0;
        for (int i = 0; i < count; i++) {
            final int verdict = path.offer(store.dispatcher(), memory, 0, cause.id());
            if (verdict == Verdict.NONE) {
                conformed++;
                path.drain((type, buffer, index, length) -> assertThat(type).isEqualTo(cause.id()), 10);
            } else {
                assertThat(verdict).isEqualTo(expectedDrop);
            }
        }
        return conformed;
    }

    /** What a bucket of one second lets through at once: a token's cost is cut to whole nanoseconds. */
    private static int burst(final int rate) {
        return (int) (SECOND / (SECOND / rate));
    }

    @Test
    void shouldPoliceEachCauseByItsRate() {
        for (final PuntCause cause : new PuntCause[] {PuntCause.ARP_REQUEST_OR_RESPONSE, PuntCause.FOR_US_CONTROL, PuntCause.FOR_US_DATA,
            PuntCause.LAYER2_CONTROL_AND_LEGACY}) {
            final int rate = cause.normalPps();
            final PuntPathTest fresh = new PuntPathTest();
            assertThat(fresh.offer(cause, rate + 500, 5, POLICED)).as("%s: a full bucket", cause).isEqualTo(burst(rate));
            assertThat(fresh.offer(cause, 10, 5, POLICED)).isZero();
            assertThat(fresh.offer(cause, 500, 5 + 100 * (SECOND / rate), POLICED)).as("100 tokens later").isEqualTo(100);
            assertThat(fresh.offer(cause, 500, 4, POLICED)).as("time that goes back fills nothing").isZero();
            assertThat(fresh.offer(cause, rate + 500, 100 * SECOND, POLICED)).as("never more than a second's worth").isEqualTo(burst(rate));
        }
    }

    @Test
    void shouldPoliceByTheRateThatIsSet() {
        path.rate(PuntCause.ARP_REQUEST_OR_RESPONSE.id(), false, 10);
        assertThat(offer(PuntCause.ARP_REQUEST_OR_RESPONSE, 100, 0, POLICED)).isEqualTo(10);
        assertThat(offer(PuntCause.FOR_US_CONTROL, 100, 0, POLICED)).as("another cause").isEqualTo(100);
    }

    @Test
    void shouldPoliceTheTwoQueuesOfACauseApart() {
        final int cause = PuntCause.FOR_US_CONTROL.id();
        path.rate(cause, false, 10);
        path.rate(cause, true, 20);
        memory.putInt(Slot.L3_OFFSET, Slot.FRAME);
        final CounterReader counters = store.reader();
        // Version and traffic class, as they begin a packet: precedence is the highest three bits (RFC 791 section 3.1, RFC 8200 section 3).
        for (final int first : new int[] {0x4500, 0x45a0, 0x6000, 0x6a00}) {
            precedence(first);
            offer(PuntCause.FOR_US_CONTROL, 10, 0, POLICED);
        }
        assertThat(counters.puntConformed(cause, false)).isEqualTo(10);
        assertThat(counters.puntPoliced(cause, false)).isEqualTo(30);
        assertThat(counters.puntConformed(cause, true) + counters.puntPoliced(cause, true)).isZero();
        for (final int first : new int[] {0x45c0, 0x45e0, 0x6c00, 0x6e00}) {
            precedence(first);
            offer(PuntCause.FOR_US_CONTROL, 10, 0, POLICED);
        }
        assertThat(counters.puntConformed(cause, true)).isEqualTo(20);
        assertThat(counters.puntPoliced(cause, true)).isEqualTo(20);
        assertThat(counters.puntConformed(cause, false)).isEqualTo(10);
        assertThat(counters.puntReceived(cause)).isEqualTo(80);
        assertThat(counters.puntTransmitted(cause)).isEqualTo(30);
    }

    @Test
    void shouldNotLookForAPrecedenceInAFrameThatIsNotIp() {
        memory.putInt(Slot.L3_OFFSET, Slot.FRAME);
        precedence(0x45c0);
        offer(PuntCause.ARP_REQUEST_OR_RESPONSE, 1, 0, POLICED);
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[64]);
        frame.putShort(0, (short) 0x45c0, ByteOrder.BIG_ENDIAN);
        assertThat(path.offer(store.dispatcher(), PuntCause.LAYER2_CONTROL_AND_LEGACY.id(), 0, true, 0, 0, 0, 0, frame, 0, 64))
            .isEqualTo(Verdict.NONE);
        assertThat(store.reader().puntConformed(PuntCause.ARP_REQUEST_OR_RESPONSE.id(), false)).isEqualTo(1);
        assertThat(store.reader().puntConformed(PuntCause.LAYER2_CONTROL_AND_LEGACY.id(), false)).isEqualTo(1);
    }

    @Test
    void shouldNotPoliceAQueueWithoutARate() {
        path.rate(PuntCause.FOR_US_DATA.id(), false, 0);
        assertThat(offer(PuntCause.FOR_US_DATA, 100_000, 0, POLICED)).isEqualTo(100_000);
    }

    private void precedence(final int first) {
        memory.putShort(Slot.FRAME, (short) first, ByteOrder.BIG_ENDIAN);
    }

    @Test
    void shouldPoliceCausesApart() {
        final PuntCause arp = PuntCause.ARP_REQUEST_OR_RESPONSE;
        offer(arp, arp.normalPps() + 1, 0, POLICED);
        assertThat(offer(PuntCause.FOR_US_CONTROL, 10, 0, POLICED)).isEqualTo(10);
    }

    @Test
    void shouldPoliceAllCausesTogether() {
        assertThat(offer(PuntCause.RP_QFP_KEEPALIVE, 150_000, 0, GLOBALLY_POLICED)).isEqualTo(burst(146_484));
        assertThat(offer(PuntCause.FOR_US_CONTROL, 10, 0, GLOBALLY_POLICED)).isZero();
    }

    @Test
    void shouldDropWhenTheRingIsFull() {
        final byte[] packet = Packets.ipv4(Sa.PEER, Sa.US, 6, new byte[1_400]);
        try (PipelineFixture fixture = new PipelineFixture()) {
            for (int i = 0; i < 1_000; i++) {
                fixture.offer(packet, i * SECOND);
            }
            fixture.drain();
            final long accepted = fixture.pipeline().drainPunts((type, buffer, index, length) -> assertThat(length)
                .isEqualTo(PuntPath.MESSAGE_HEADER + 14 + packet.length), Integer.MAX_VALUE);
            final int record = 8 + PuntPath.MESSAGE_HEADER + 14 + packet.length + 7 & -8;
            assertThat(accepted * record).isBetween((1L << 20) - 2 * record, 1L << 20);
            assertThat(fixture.counters().globalPackets(GlobalDrop.PUNT_ERR.id())).isEqualTo(1_000 - accepted);
            assertThat(fixture.counters().puntReceived(PuntCause.FOR_US_DATA.id())).isEqualTo(1_000);
            assertThat(fixture.counters().puntTransmitted(PuntCause.FOR_US_DATA.id())).isEqualTo(accepted);
            assertThat(fixture.verdict(packet)).as("room again").isEqualTo(Expect.punt(PuntCause.FOR_US_DATA));
        }
    }

    @Test
    void shouldWriteMessagesAsDocumented() {
        final byte[] arp = Packets.ethernet(0x0806, Packets.counting(28));
        final byte[] ike = Packets.ipv4(Sa.PEER, Sa.US, 17, Packets.udp(500, 500, Packets.counting(28)));
        final List<List<Object>> messages = new ArrayList<>();
        try (PipelineFixture fixture = new PipelineFixture()) {
            fixture.offer(Packets.ipv4("10.1.0.1", "10.2.0.1", 6, new byte[20]));
            fixture.offerFrame(arp, LinkLayer.ETHERNET, 77).offerFrame(ike, LinkLayer.RAW_IP, 78).drain();
            fixture.pipeline().drainPunts((type, buffer, index, length) -> {
                final byte[] frame = new byte[buffer.getInt(index + 20)];
                buffer.getBytes(index + 24, frame);
                assertThat(length).isEqualTo(24 + frame.length);
                messages.add(List.of(type, buffer.getLong(index), buffer.getLong(index + 8), buffer.getInt(index + 16), new UnsafeBuffer(frame)));
            }, 10);
        }
        assertThat(messages).containsExactly(
            List.of(PuntCause.ARP_REQUEST_OR_RESPONSE.id(), 1L, 77L, LinkLayer.ETHERNET, new UnsafeBuffer(arp)),
            List.of(PuntCause.FOR_US_CONTROL.id(), 2L, 78L, LinkLayer.RAW_IP, new UnsafeBuffer(ike)));
    }
}
