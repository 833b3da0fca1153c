package org.qfpsim.controlplane.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.neighbor.RecordingDatapath;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.Punt;

/** Datagrams with a growing TTL: each with an error from somebody on the way, from its end, or nothing. */
class ProbesTest {
    private static final IpAddress US = IpAddress.parse("10.1.0.1");
    private static final IpAddress PEER = IpAddress.parse("10.1.0.2");
    private static final long MILLI = 1_000_000;

    private final RecordingDatapath datapath = new RecordingDatapath();
    private final Timers timers = new Timers();
    private final Probes probes = new Probes(datapath, timers);
    private final List<String> told = new ArrayList<>();

    private void start(final int last, final int count) {
        probes.start(new Probes.Request(US, PEER, 1, last, count, 3_000 * MILLI, 33_434), new Probes.Listener() {
            @Override
            public boolean over(final int ttl, final @Nullable IpAddress from, final char sign, final long nanos) {
                told.add(ttl + " " + from + " " + sign + " " + nanos / MILLI);
                return true;
            }

            @Override
            public void ended() {
                told.add("ended");
            }
        });
    }

    private boolean arrives(final byte[] packet) {
        return probes.punted(new Punt(PuntCause.FOR_US_DATA.id(), 0, false, 0, null, 0), new UnsafeBuffer(packet), 0, packet.length);
    }

    private byte[] error(final String from, final int type, final int code) {
        final ByteBuffer message = ByteBuffer.allocate(8 + 28).putInt(type << 24 | code << 16).putInt(0)
            .put(datapath.packets.getLast(), 0, 28);
        return IcmpPacket.build(IpAddress.parse(from), US, message.array());
    }

    @Test
    void shouldFindTheWayAndEndThere() {
        start(30, 2);
        timers.advance(4 * MILLI);
        assertThat(datapath.packets.getLast()[8]).as("TTL").isEqualTo((byte) 1);
        final byte[] first = error("10.9.9.1", 11, 0);
        assertThat(arrives(first)).isTrue();
        assertThat(arrives(first)).as("once more").isFalse();
        timers.advance(3_004 * MILLI);
        assertThat(datapath.packets.getLast()[8]).as("TTL").isEqualTo((byte) 2);
        assertThat(arrives(error("10.1.0.2", 3, 3))).isTrue();
        assertThat(arrives(error("10.1.0.2", 5, 0))).as("a redirect says nothing").isFalse();
        assertThat(arrives(error("10.1.0.2", 3, 3))).isTrue();
        assertThat(told).containsExactly("1 10.9.9.1   4", "1 null * 3000", "2 10.1.0.2 ! 0", "2 10.1.0.2 ! 0", "ended");
        assertThat(datapath.packets).hasSize(4);
        assertThat(timers.next()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldEndWithTheLastTtlAndWithAnUnreachable() {
        start(2, 1);
        timers.advance(10_000 * MILLI);
        assertThat(told).containsExactly("1 null * 3000", "2 null * 3000", "ended");
        told.clear();
        start(9, 1);
        assertThat(arrives(error("10.9.9.1", 3, 1))).isTrue();
        start(9, 1);
        assertThat(arrives(error("10.9.9.1", 3, 13))).isTrue();
        start(9, 1);
        assertThat(arrives(error("10.9.9.1", 3, 200))).isTrue();
        assertThat(told).containsExactly("1 10.9.9.1 H 0", "ended", "1 10.9.9.1 A 0", "ended", "1 10.9.9.1 ? 0", "ended");
    }

    @FuzzTest
    void shouldNeverThrow(final byte[] packet) {
        start(1, 1);
        final boolean taken = arrives(packet);
        assertThat(told).hasSize(taken ? 2 : 0);
    }
}
