package org.qfpsim.datapath.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.report.DropReport.Row;
import org.qfpsim.datapath.support.Expect;

/** The drop report against a map, its bound, and its order. */
class DropReportTest {
    private static final long SEED = 0x44524f50L;
    private static final int SCALE = Integer.getInteger("qfp.test.scale", 1);
    private static final int REPLAY = Expect.drop(IpsecDrop.IN_ANTI_REPLAY_FAIL);
    private static final int BAD_LENGTH = Expect.drop(GlobalDrop.BAD_LEN);

    private final UnsafeBuffer slot = new UnsafeBuffer(ByteBuffer.allocateDirect(Slot.FRAME));
    private final PacketMemory memory = new PacketMemory(slot);

    private void packet(final int version, final IpAddress from, final IpAddress to, final int protocol, final int spi, final long time,
                        final int octets) {
        slot.putByte(Slot.IP_VERSION, (byte) version);
        slot.putLong(Slot.SRC_HIGH, from.high());
        slot.putLong(Slot.SRC_LOW, from.low());
        slot.putLong(Slot.DST_HIGH, to.high());
        slot.putLong(Slot.DST_LOW, to.low());
        slot.putByte(Slot.PROTOCOL, (byte) protocol);
        slot.putInt(Slot.SPI, spi);
        slot.putLong(Slot.TIME, time);
        slot.putInt(Slot.WIRE_LENGTH, octets);
    }

    private static IpAddress v4(final int bits) {
        return IpAddress.v4(bits);
    }

    private record Key(@Nullable IpAddress from, @Nullable IpAddress to, int protocol, int spi, int verdict) {
    }

    private static final class Sum {
        private long first;
        private long last;
        private long packets;
        private long octets;
    }

    @Test
    void shouldAgreeWithAMapBelowTheBound() {
        for (int round = 0; round < 20 * SCALE; round++) {
            final long seed = SEED + round;
            final Random random = new Random(seed);
            final DropReport report = new DropReport(4096);
            final Map<Key, Sum> model = new HashMap<>();
            for (long time = 0; time < 20_000; time++) {
                final int version = new int[] {0, 4, 4, 6}[random.nextInt(4)];
                final boolean v6 = version == 6;
                final IpAddress from = new IpAddress(v6, v6 ? random.nextInt(2) : 0, random.nextInt(5));
                final IpAddress to = new IpAddress(v6, v6 ? random.nextInt(2) : 0, random.nextInt(5));
                final int protocol = 50 + random.nextInt(2);
                final int spi = random.nextInt(3) - 1;
                final int verdict = random.nextBoolean() ? REPLAY : BAD_LENGTH;
                final int octets = random.nextInt(1500);
                packet(version, from, to, protocol, spi, time, octets);
                count(report, verdict);
                final Sum sum = model.computeIfAbsent(
                    version == 0 ? new Key(null, null, 0, spi, verdict) : new Key(from, to, protocol, spi, verdict), key -> new Sum());
                sum.first = sum.packets == 0 ? time : sum.first;
                sum.last = time;
                sum.packets++;
                sum.octets += octets;
            }
            final List<Row> expected = model.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue())).toList();
            assertThat(report.snapshot()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(report.snapshot()).isSortedAccordingTo(
                Comparator.comparingLong(Row::packets).reversed().thenComparingLong(Row::firstNanos));
        }
    }

    private void count(final DropReport report, final int verdict) {
        report.count(memory, 0, verdict, 1, memory.getInt(Slot.WIRE_LENGTH), memory.getLong(Slot.TIME));
    }

    private static Row row(final Key key, final Sum sum) {
        return new Row(true, key.from, key.to, key.protocol, key.spi, key.verdict, sum.first, sum.last, sum.packets, sum.octets);
    }

    @Test
    void shouldKeepOldRowsAndSumNewFlowsByReasonWhenFull() {
        final DropReport report = new DropReport(16);
        for (int flow = 0; flow < 16; flow++) {
            packet(4, v4(flow), v4(1), 50, 1, flow, 100);
            count(report, REPLAY);
        }
        for (int i = 0; i < 1_000; i++) {
            packet(4, v4(1_000 + i), v4(1), 50, 1, 100 + i, 10);
            count(report, i % 4 == 0 ? BAD_LENGTH : REPLAY);
        }
        packet(4, v4(5), v4(1), 50, 1, 9_999, 100);
        count(report, REPLAY);
        final List<Row> rows = report.snapshot();
        assertThat(rows).hasSize(18);
        assertThat(rows.getFirst()).isEqualTo(new Row(true, v4(5), v4(1), 50, 1, REPLAY, 5, 9_999, 2, 200));
        assertThat(rows.subList(0, 16)).allMatch(Row::flow);
        assertThat(new HashSet<>(rows)).hasSize(18);
        assertThat(rows.subList(16, 18)).containsExactly(
            new Row(false, null, null, 0, 0, REPLAY, 101, 1_099, 750, 7_500),
            new Row(false, null, null, 0, 0, BAD_LENGTH, 100, 1_096, 250, 2_500));
        assertThat(rows.stream().mapToLong(Row::packets).sum()).isEqualTo(1_017);
    }

    @Test
    void shouldCountPacketsInARowAsOneByOne() {
        final DropReport together = new DropReport(16);
        final DropReport oneByOne = new DropReport(16);
        for (int run = 1; run <= 3; run++) {
            for (int i = 0; i < run; i++) {
                packet(4, v4(1), v4(2), 50, 7, 10L * run + i, 100);
                count(oneByOne, REPLAY);
            }
            packet(4, v4(1), v4(2), 50, 7, 10L * run, 100);
            together.count(memory, 0, REPLAY, run, 100L * run, 10L * run + run - 1);
        }
        assertThat(together.snapshot()).isEqualTo(oneByOne.snapshot())
            .containsExactly(new Row(true, v4(1), v4(2), 50, 7, REPLAY, 10, 32, 6, 600));
    }

    @Test
    void shouldRefuseLengthsThatAreNoPowersOfTwo() {
        for (final int rows : new int[] {0, 8, 17, 100}) {
            assertThatThrownBy(() -> new DropReport(rows)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("dropReportRows");
        }
        assertThat(new DropReport(16).capacity()).isEqualTo(16);
    }
}
