package org.qfpsim.sim.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What links do to frames, and that every one of them is accounted for. */
class LinkTest {
    private static final long MILLISECOND = 1_000_000;
    private static final LinkSettings PLAIN = LinkSettings.DEFAULT;

    private final VirtualNetwork network = new VirtualNetwork(NetworkClock.VIRTUAL);
    private final Recorder a = new Recorder("a");
    private final Recorder b = new Recorder("b");
    private int struck;

    @AfterEach
    void close() {
        network.close();
    }

    private Link connect(final LinkSettings settings, final long seed) {
        network.add(a);
        network.add(b);
        final Link link = network.link("wire", settings, seed);
        network.plug(link, a, 0);
        network.plug(link, b, 1);
        return link;
    }

    /** Sends one frame a millisecond, from millisecond 1 on. */
    private void send(final int frames) {
        for (int i = 0; i < frames; i++) {
            final int number = i;
            network.at((i + 1) * MILLISECOND, () -> network.with(a, () -> {
                a.send(0, Recorder.frame(number, 100));
                return true;
            }));
        }
    }

    @Test
    void shouldDeliverAfterTheDelayInOrderAndWhole() {
        final Link link = connect(PLAIN.withDelay(3 * MILLISECOND), 1);
        send(20);
        network.run(100 * MILLISECOND);
        assertThat(b.numbers()).isEqualTo(IntStream.range(0, 20).boxed().toList());
        assertThat(b.arrivals.getFirst().nanos()).isEqualTo(4 * MILLISECOND);
        assertThat(b.arrivals.getFirst().interfaceIndex()).isEqualTo(1);
        assertThat(b.arrivals.get(7).frame()).isEqualTo(Recorder.frame(7, 100));
        assertThat(link.counters().delivered()).isEqualTo(20);
        assertThat(a.carrier).containsExactly(true);
    }

    @Test
    void shouldKeepTheOrderUnderJitterAndSpreadArrivals() {
        connect(PLAIN.withJitter(5 * MILLISECOND), 2);
        send(500);
        network.run(1_000 * MILLISECOND);
        assertThat(b.numbers()).isEqualTo(IntStream.range(0, 500).boxed().toList());
        final List<Long> travelled = b.arrivals.stream()
            .map(arrival -> arrival.nanos() - (Recorder.number(arrival.frame()) + 1) * MILLISECOND).toList();
        assertThat(travelled).allMatch(nanos -> nanos >= MILLISECOND && nanos <= 6 * MILLISECOND);
        assertThat(travelled.stream().distinct().count()).isGreaterThan(400);
    }

    @Test
    void shouldLoseAsManyAsTheDiceSay() {
        final Link link = connect(PLAIN.withLoss(0.2), 3);
        send(5_000);
        network.run(6_000 * MILLISECOND);
        final LinkCounters counters = link.counters();
        // Binomial with n = 5000, p = 0.2: five standard deviations are 141.
        assertThat(counters.lost(LossCause.LOSS)).isBetween(859L, 1141L);
        assertThat(counters.delivered()).isEqualTo(5_000 - counters.lost()).isEqualTo(b.arrivals.size());
    }

    @Test
    void shouldDuplicate() {
        final Link link = connect(PLAIN.withDuplicate(0.5), 4);
        send(1_000);
        network.run(2_000 * MILLISECOND);
        assertThat(link.counters().duplicated()).isBetween(421L, 579L);
        assertThat(b.arrivals).hasSize((int) (1_000 + link.counters().duplicated()));
        assertThat(b.numbers().stream().distinct()).hasSize(1_000);
    }

    @Test
    void shouldHoldBackSoThatLaterFramesOvertake() {
        final Link link = connect(PLAIN.withReorder(0.1, 10 * MILLISECOND), 5);
        send(1_000);
        network.run(2_000 * MILLISECOND);
        final List<Integer> numbers = b.numbers();
        assertThat(numbers).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1_000).boxed().toList());
        assertThat(numbers).isNotEqualTo(numbers.stream().sorted().toList());
        int overtaken = 0;
        int highest = -1;
        for (final int number : numbers) {
            overtaken += number < highest ? 1 : 0;
            highest = Math.max(highest, number);
        }
        assertThat(overtaken).isPositive().isLessThanOrEqualTo((int) link.counters().reordered());
    }

    @Test
    void shouldFlipOneBitBehindTheAddresses() {
        final Link link = connect(PLAIN.withCorrupt(1), 6);
        send(300);
        network.run(1_000 * MILLISECOND);
        assertThat(link.counters().corrupted()).isEqualTo(300);
        for (int i = 0; i < 300; i++) {
            final byte[] sent = Recorder.frame(i, 100);
            final byte[] seen = b.arrivals.get(i).frame();
            int bits = 0;
            for (int k = 0; k < sent.length; k++) {
                bits += Integer.bitCount((sent[k] ^ seen[k]) & 0xff);
            }
            assertThat(bits).isEqualTo(1);
            assertThat(Arrays.mismatch(sent, seen)).isGreaterThanOrEqualTo(12);
        }
    }

    @Test
    void shouldDropWhatIsLargerThanTheMtu() {
        final Link link = connect(PLAIN.withMtu(1400), 7);
        network.at(1, () -> network.with(a, () -> {
            a.send(0, Recorder.frame(0, 1414));
            a.send(0, Recorder.frame(1, 1415));
            return true;
        }));
        network.run(10 * MILLISECOND);
        assertThat(b.numbers()).containsExactly(0);
        assertThat(link.counters().lost(LossCause.MTU)).isEqualTo(1);
    }

    @Test
    void shouldBoundWhatIsUnderWay() {
        final Link link = connect(PLAIN.withDelay(50 * MILLISECOND).withQueue(10), 8);
        send(40);
        network.run(30 * MILLISECOND);
        assertThat(link.counters().inFlight()).isEqualTo(10);
        assertThat(link.counters().lost(LossCause.QUEUE)).isEqualTo(20);
        assertThat(link.counters().conserved()).isTrue();
        network.run(200 * MILLISECOND);
        assertThat(b.arrivals).hasSize(10);
    }

    @Test
    void shouldLoseWhatIsUnderWayWhenItGoesDown() {
        final Link link = connect(PLAIN.withDelay(5 * MILLISECOND), 9);
        send(30);
        // Frames 0 to 4 have arrived at 10 ms; 5 to 8 are under way (9 leaves at 10 ms, when the link is down).
        network.at(10 * MILLISECOND, () -> network.up(link, false));
        network.at(12 * MILLISECOND + 1, () -> network.up(link, true));
        network.run(100 * MILLISECOND);
        assertThat(b.numbers()).startsWith(0, 1, 2, 3, 12, 13).hasSize(30 - 8);
        assertThat(link.counters().lost(LossCause.DOWN)).isEqualTo(8);
        assertThat(a.carrier).containsExactly(true, false, true);
        assertThat(b.carrier).isEqualTo(a.carrier);
    }

    /** A frame of UDP that a filter can mean, and that others cannot. */
    private static byte[] udp(final int number) {
        final byte[] frame = Recorder.frame(number, 60);
        frame[12] = 0x08;
        frame[14] = 0x45;
        frame[23] = 17;
        frame[35] = (byte) number;
        return frame;
    }

    private void sendUdp(final int frames) {
        for (int i = 0; i < frames; i++) {
            final int number = i;
            network.at((i + 1) * MILLISECOND, () -> network.with(a, () -> {
                a.send(0, udp(number));
                return true;
            }));
        }
    }

    private List<Integer> udpNumbers() {
        return b.arrivals.stream().map(arrival -> (int) arrival.frame()[35]).toList();
    }

    private FrameFault fault(final int skip, final int frames, final FrameFault.Fate fate, final long nanos) {
        return new FrameFault(new FrameFault.Plan(FrameFilter.parse("udp"), skip, frames, fate, nanos), 0, () -> struck++);
    }

    @Test
    void shouldDropExactlyTheFramesThatAFaultWaitsFor() {
        final Link link = connect(PLAIN, 1);
        link.add(fault(2, 3, FrameFault.Fate.DROP, 0));
        sendUdp(10);
        network.run(100 * MILLISECOND);
        assertThat(udpNumbers()).containsExactly(0, 1, 5, 6, 7, 8, 9);
        assertThat(link.counters().lost(LossCause.CHOSEN)).isEqualTo(3).isEqualTo(struck);
        assertThat(link.counters().conserved()).isTrue();
        assertThat(link.waitingFaults()).isEmpty();
    }

    @Test
    void shouldHoldBackAndDoubleWithoutHoldingUpOthers() {
        final Link link = connect(PLAIN, 1);
        link.add(fault(1, 1, FrameFault.Fate.HOLD, 2 * MILLISECOND + 1));
        link.add(fault(4, 1, FrameFault.Fate.DUPLICATE, 1));
        sendUdp(8);
        network.run(100 * MILLISECOND);
        // The second fault does not see what the first one took, so it passes over 0, 2, 3 and 4.
        assertThat(udpNumbers()).containsExactly(0, 2, 3, 1, 4, 5, 5, 6, 7);
        assertThat(link.counters().duplicated()).isEqualTo(1);
        assertThat(link.counters().reordered()).isEqualTo(1);
        assertThat(link.counters().conserved()).isTrue();
    }

    @Test
    void shouldWaitForFramesOfItsSenderAndKindOnly() {
        final Link link = connect(PLAIN, 1);
        link.add(new FrameFault(new FrameFault.Plan(FrameFilter.parse("udp"), 0, 2, FrameFault.Fate.DROP, 0), 1, () -> struck++));
        link.add(new FrameFault(new FrameFault.Plan(FrameFilter.parse("esp"), 0, 1, FrameFault.Fate.DROP, 0), -1, () -> struck++));
        sendUdp(4);
        network.run(100 * MILLISECOND);
        assertThat(udpNumbers()).hasSize(4);
        assertThat(struck).isZero();
        assertThat(link.waitingFaults()).extracting(FrameFault::waiting).containsExactly(2, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldAccountForEveryFrameAtAnyTime(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final Link link = connect(new LinkSettings(MILLISECOND, 2 * MILLISECOND, 0.1, 0.1, 0.1, 5 * MILLISECOND, 0.1, 1000, 6), seed);
        send(2_000);
        for (int i = 0; i < 20; i++) {
            final boolean up = random.nextBoolean();
            network.at(random.nextLong(2_000 * MILLISECOND), () -> network.up(link, up));
        }
        for (int i = 0; i < 100; i++) {
            network.run(i * 21 * MILLISECOND);
            assertThat(link.counters().conserved()).isTrue();
        }
        network.run(3_000 * MILLISECOND);
        assertThat(link.counters().inFlight()).isZero();
        assertThat(link.counters().sent()).isEqualTo(2_000);
        assertThat(link.counters().delivered()).isEqualTo(b.arrivals.size());
    }

    @Test
    void shouldBeTheSameForTheSameSeedOnly() {
        assertThat(arrivals(21)).isEqualTo(arrivals(21)).isNotEqualTo(arrivals(22));
    }

    private static List<String> arrivals(final long seed) {
        final LinkTest other = new LinkTest();
        other.connect(new LinkSettings(MILLISECOND, MILLISECOND, 0.1, 0.1, 0.1, MILLISECOND, 0.1, 1500, 100), seed);
        other.send(300);
        other.network.run(1_000 * MILLISECOND);
        final List<String> seen = other.b.arrivals.stream()
            .map(arrival -> arrival.nanos() + " " + Arrays.hashCode(arrival.frame())).toList();
        other.close();
        return seen;
    }

    @Test
    void shouldLearnWhereAddressesAreOnASegment() {
        final Recorder c = new Recorder("c");
        final Link lan = connect(PLAIN, 1);
        network.add(c);
        network.plug(lan, c, 0);
        final byte[] toB = Recorder.frame(1, 60);
        final byte[] fromB = Recorder.frame(2, 60);
        fromB[5] = 1;
        fromB[11] = 2;
        network.at(MILLISECOND, () -> network.with(a, () -> {
            a.send(0, toB);
            return true;
        }));
        network.at(5 * MILLISECOND, () -> network.with(b, () -> {
            b.send(1, fromB);
            return true;
        }));
        network.at(9 * MILLISECOND, () -> network.with(a, () -> {
            a.send(0, toB);
            return true;
        }));
        network.run(20 * MILLISECOND);
        // The first frame floods; afterwards a and b are known.
        assertThat(c.numbers()).containsExactly(1);
        assertThat(a.numbers()).containsExactly(2);
        assertThat(b.numbers()).containsExactly(1, 1);
        assertThat(lan.counters().sent()).isEqualTo(4);
        assertThat(lan.counters().conserved()).isTrue();
    }

    @Test
    void shouldRefuseSettingsOutOfRange() {
        assertThatThrownBy(() -> PLAIN.withDelay(999)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("delay 999 is not within 1000 to 3600000000000");
        assertThatThrownBy(() -> PLAIN.withLoss(Double.NaN)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("loss NaN is not within 0 to 1");
        assertThatThrownBy(() -> PLAIN.withMtu(67)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("mtu 67");
    }
}
