package org.qfpsim.controlplane.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.neighbor.RecordingDatapath;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.Punt;

/** Echo requests of our own: one after the other, each with its reply, an error, or nothing. */
class EchoesTest {
    private static final IpAddress US = IpAddress.parse("10.1.0.1");
    private static final IpAddress PEER = IpAddress.parse("10.1.0.2");
    private static final long MILLI = 1_000_000;

    private final RecordingDatapath datapath = new RecordingDatapath();
    private final Timers timers = new Timers();
    private final Echoes echoes = new Echoes(datapath, timers);
    private final List<String> told = new ArrayList<>();

    private void start(final int octets, final int repeat, final boolean df) {
        echoes.start(new Echoes.Request(US, PEER, octets, repeat, df, 2_000_000_000L), (sign, nanos) -> {
            told.add(sign + " " + nanos / MILLI);
            return true;
        });
    }

    private boolean arrives(final byte[] packet) {
        return echoes.punted(new Punt(PuntCause.FOR_US_DATA.id(), 0, false, 0, null, 0), new UnsafeBuffer(packet), 0,
            packet.length);
    }

    private static byte[] reply(final byte[] request) {
        final byte[] message = Arrays.copyOfRange(request, 20, request.length);
        message[0] = 0;
        return IcmpPacket.build(PEER, US, message);
    }

    private static byte[] error(final int type, final int code, final byte[] request) {
        final ByteBuffer message = ByteBuffer.allocate(8 + 28).putInt(type << 24 | code << 16).putInt(0).put(request, 0, 28);
        return IcmpPacket.build(IpAddress.parse("10.9.9.9"), US, message.array());
    }

    @Test
    void shouldSendTheNextWhenTheReplyIsThere() {
        start(100, 3, false);
        for (int i = 0; i < 3; i++) {
            assertThat(datapath.packets).hasSize(i + 1);
            timers.advance(timers.nanos() + 4 * MILLI);
            assertThat(arrives(reply(datapath.packets.get(i)))).isTrue();
            assertThat(arrives(reply(datapath.packets.get(i)))).as("once more").isFalse();
        }
        assertThat(told).containsExactly("! 4", "! 4", "! 4");
        assertThat(timers.next()).isEqualTo(Long.MAX_VALUE);
        final byte[] packet = datapath.packets.getFirst();
        assertThat(packet).hasSize(100);
        assertThat(Arrays.copyOfRange(packet, 12, 20)).containsExactly(10, 1, 0, 1, 10, 1, 0, 2);
        assertThat(packet[20]).isEqualTo((byte) 8);
        assertThat(IcmpPacket.isRight(ByteBuffer.wrap(packet), 20)).isTrue();
    }

    @Test
    void shouldWaitTwoSecondsAndTakeErrors() {
        start(36, 5, true);
        assertThat(datapath.packets.getFirst()[6]).as("DF").isEqualTo((byte) 0x40);
        timers.advance(2_000 * MILLI);
        assertThat(arrives(reply(datapath.packets.getFirst()))).as("too late").isFalse();
        arrives(error(3, 1, datapath.packets.get(1)));
        arrives(error(3, 4, datapath.packets.get(2)));
        arrives(error(11, 0, datapath.packets.get(3)));
        assertThat(arrives(error(5, 0, datapath.packets.get(4)))).as("a redirect says nothing").isFalse();
        timers.advance(4_000 * MILLI);
        assertThat(told).containsExactly(". 2000", "U 0", "M 0", "& 0", ". 2000");
        assertThat(datapath.packets).hasSize(5);
    }

    @Test
    void shouldEndWhenNobodyListens() {
        echoes.start(new Echoes.Request(US, PEER, 100, 1_000, false, 2_000_000_000L), (sign, nanos) -> false);
        timers.advance(10_000 * MILLI);
        assertThat(datapath.packets).hasSize(1);
    }

    /** Each octet of a reply and of an error, changed at random: nothing but a reply to us is taken for one. */
    @Test
    void shouldSurviveMutations() {
        final SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            datapath.packets.clear();
            start(60, 1, false);
            final byte[] request = datapath.packets.getFirst();
            final byte[] packet = random.nextBoolean() ? reply(request) : error(3, random.nextInt(6), request);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt();
            }
            final byte[] cut = Arrays.copyOf(packet, random.nextInt(packet.length + 1));
            final int before = told.size();
            if (!arrives(cut)) {
                assertThat(told).hasSize(before);
            } else {
                assertThat(told).hasSize(before + 1);
            }
        }
    }
}
