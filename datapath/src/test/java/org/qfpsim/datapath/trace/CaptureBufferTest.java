package org.qfpsim.datapath.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.datapath.support.Packets;

/** A capture's log against a list, its limits, and a reader that is overtaken. */
class CaptureBufferTest {
    private static final long SECOND = 1_000_000_000L;
    private static final List<CaptureSpec.Point> POINTS = List.of(new CaptureSpec.Point(0, Direction.INGRESS),
        new CaptureSpec.Point(1, Direction.BOTH));

    private final FrameView view = new FrameView();

    private static CaptureSpec spec(final boolean circular, final long packets, final long nanos, final int packetBytes,
                                    final int perSecond) {
        return new CaptureSpec(POINTS, List.of(), true, CaptureSpec.MIN_BUFFER, circular, packets, nanos, packetBytes, perSecond, 0);
    }

    private void offer(final CaptureBuffer capture, final boolean leaving, final int port, final long time, final byte[] frame) {
        view.read(new UnsafeBuffer(frame), 0, frame.length, LinkLayer.ETHERNET);
        capture.offer(leaving, port, view, time, new UnsafeBuffer(frame), 0, frame.length, frame.length);
    }

    private static List<CaptureBuffer.Captured> all(final CaptureBuffer capture) {
        final List<CaptureBuffer.Captured> all = new ArrayList<>();
        for (CaptureBuffer.Captured next = capture.read(0); next != null; next = capture.read(next.next())) {
            all.add(next);
        }
        return all;
    }

    @Test
    void shouldKeepTheNewestPacketsOfACircularBuffer() {
        final long seed = 0x4341L;
        final Random random = new Random(seed);
        final CaptureBuffer capture = new CaptureBuffer(spec(true, 0, 0, CaptureSpec.MAX_PACKET, 0));
        final Deque<byte[]> offered = new ArrayDeque<>();
        for (int i = 0; i < 2_000; i++) {
            final byte[] frame = Packets.ethernet(0x0800, Packets.counting(random.nextInt(i % 50 == 0 ? 9_000 : 200)));
            offer(capture, true, 1, i, frame);
            offered.addLast(frame);
            final List<CaptureBuffer.Captured> kept = all(capture);
            assertThat(kept).as("seed %x, packet %d", seed, i).hasSizeBetween(Math.min(i + 1, 5), i + 1);
            while (offered.size() > kept.size()) {
                offered.removeFirst();
            }
            assertThat(kept).extracting(CaptureBuffer.Captured::octets).containsExactlyElementsOf(offered);
            assertThat(capture.taken() - capture.overwritten()).isEqualTo(kept.size());
            assertThat(capture.used()).isLessThanOrEqualTo(CaptureSpec.MIN_BUFFER);
        }
        assertThat(capture.overwritten()).isPositive();
        assertThat(capture.lost()).isZero();
    }

    @Test
    void shouldEndWhenALinearBufferIsFull() {
        final CaptureBuffer capture = new CaptureBuffer(spec(false, 0, 0, CaptureSpec.MAX_PACKET, 0));
        for (int i = 0; i < 70; i++) {
            offer(capture, false, 0, i, Packets.ethernet(0x0800, new byte[1_010]));
        }
        assertThat(capture.state()).isEqualTo(CaptureBuffer.FULL);
        assertThat(all(capture)).hasSize(62).first().extracting(CaptureBuffer.Captured::nanos).isEqualTo(0L);
        assertThat(capture.lost()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatItsLimitsKeepOut() {
        final CaptureBuffer rate = new CaptureBuffer(spec(false, 0, 0, 64, 3));
        for (int i = 0; i < 10; i++) {
            offer(rate, false, 0, i * SECOND / 5, Packets.ethernet(0x0800, new byte[100]));
        }
        assertThat(rate.taken()).isEqualTo(6);
        assertThat(rate.lost()).isEqualTo(4);
        assertThat(all(rate)).allSatisfy(each -> {
            assertThat(each.octets()).hasSize(64);
            assertThat(each.length()).isEqualTo(114);
        });
        final CaptureBuffer some = new CaptureBuffer(spec(false, 2, 0, 64, 0));
        final CaptureBuffer early = new CaptureBuffer(spec(false, 0, SECOND, 64, 0));
        for (int i = 0; i < 5; i++) {
            offer(some, false, 0, i, new byte[60]);
            offer(early, false, 0, i * SECOND / 2, new byte[60]);
        }
        assertThat(some.taken()).isEqualTo(2);
        assertThat(some.state()).isEqualTo(CaptureBuffer.ENOUGH);
        assertThat(early.taken()).isEqualTo(3);
        assertThat(early.state()).isEqualTo(CaptureBuffer.LATE);
    }

    @Test
    void shouldTakeWhatItsPointsAndFilterSay() {
        final CaptureBuffer capture = new CaptureBuffer(new CaptureSpec(POINTS, List.of(
            rule("10.0.0.1/32", PolicyRule.Action.DENY_DROP), rule("10.0.0.0/24", PolicyRule.Action.BYPASS)), false, 1 << 16, false, 0, 0, 64,
            0, 0));
        offer(capture, false, 0, 1, Packets.ethernet(Packets.ipv4("10.0.0.2", "10.9.9.9", 17, new byte[8])));
        offer(capture, true, 0, 2, Packets.ethernet(Packets.ipv4("10.0.0.2", "10.9.9.9", 17, new byte[8])));
        offer(capture, true, 1, 3, Packets.ethernet(Packets.ipv4("10.0.0.3", "10.9.9.9", 17, new byte[8])));
        offer(capture, true, 1, 4, Packets.ethernet(Packets.ipv4("10.0.0.1", "10.9.9.9", 17, new byte[8])));
        offer(capture, true, 1, 5, Packets.ethernet(Packets.ipv4("10.1.0.1", "10.9.9.9", 17, new byte[8])));
        offer(capture, true, 1, 6, Packets.ethernet(0x0806, new byte[28]));
        offer(capture, true, 2, 7, Packets.ethernet(Packets.ipv4("10.0.0.2", "10.9.9.9", 17, new byte[8])));
        assertThat(all(capture)).extracting(CaptureBuffer.Captured::nanos).containsExactly(1L, 3L);
    }

    private static PolicyRule rule(final String source, final PolicyRule.Action action) {
        return new PolicyRule("filter", PolicyRule.Direction.INBOUND,
            TrafficSelector.between(IpPrefix.parse(source), IpPrefix.parse("0.0.0.0/0")), action, null);
    }

    @Test
    void shouldReadOnlyWholePacketsWhileTheyAreWrittenOver() throws InterruptedException {
        final CaptureBuffer capture = new CaptureBuffer(spec(true, 0, 0, 512, 0));
        final Thread writer = Thread.ofPlatform().start(() -> {
            final FrameView none = new FrameView();
            final UnsafeBuffer frame = new UnsafeBuffer(new byte[512]);
            for (int i = 0; i < 200_000; i++) {
                frame.setMemory(0, 512, (byte) i);
                capture.offer(false, 0, none, i, frame, 0, 14 + i % 400, 512);
            }
        });
        long read = 0;
        long position = 0;
        while (writer.isAlive() || capture.read(position) != null) {
            final CaptureBuffer.Captured next = capture.read(position);
            if (next != null) {
                position = next.next();
                read++;
                assertThat(next.octets()).hasSize(14 + (int) next.nanos() % 400);
                for (final byte octet : next.octets()) {
                    if (octet != (byte) next.nanos()) {
                        throw new AssertionError("packet " + next.nanos() + " has an octet of another one");
                    }
                }
            }
        }
        writer.join();
        assertThat(read).isPositive();
        assertThat(capture.taken()).isEqualTo(200_000);
    }
}
