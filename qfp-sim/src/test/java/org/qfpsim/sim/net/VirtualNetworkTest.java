package org.qfpsim.sim.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.capture.CaptureReader;

/** The loop: time, order, barrier. */
class VirtualNetworkTest {
    private static final long SECOND = 1_000_000_000;

    /** Two nodes that answer one another for an hour; returns all that can be seen. */
    private static List<String> hour(final UnaryOperator<Node> around) {
        final List<String> seen = new ArrayList<>();
        try (VirtualNetwork network = new VirtualNetwork(NetworkClock.VIRTUAL)) {
            final Link lan = network.link("lan", LinkSettings.DEFAULT.withJitter(900_000), 5);
            final List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                final Recorder recorder = new Recorder("n" + i, (1 + i) * SECOND);
                final Node node = around.apply(recorder);
                nodes.add(node);
                network.add(node);
                network.plug(lan, node, 0);
                network.at(i * SECOND, () -> network.with(node, () -> {
                    recorder.send(0, Recorder.frame(recorder.name().charAt(1), 80));
                    return true;
                }));
            }
            network.onLog((node, nanos, line) -> seen.add(nanos + " " + node.name() + ": " + line));
            network.tap(new LinkTap() {
                @Override
                public void delivered(final Link link, final int to, final long nanos, final byte[] frame) {
                    seen.add(nanos + " " + link.node(to).name() + " gets " + Recorder.number(frame));
                }
            });
            network.at(1800 * SECOND, () -> seen.add(network.with(nodes.getFirst(), () -> nodes.getFirst().execute("show it"))));
            network.run(3600 * SECOND);
            assertThat(network.nanos()).isEqualTo(3600 * SECOND);
            nodes.forEach(node -> seen.add(node.name() + " " + node.counter("arrivals")));
            assertThat(lan.counters().conserved()).isTrue();
        }
        return seen;
    }

    @Test
    void shouldBeTheSameWithThreads() {
        final List<String> alone = hour(node -> node);
        assertThat(alone).hasSizeGreaterThan(1_000).anyMatch(line -> line.matches("at 1\\d+: show it"));
        assertThat(hour(ThreadedNode::new)).isEqualTo(alone);
        assertThat(hour(node -> node.name().equals("n1") ? new ThreadedNode(node) : node)).isEqualTo(alone);
    }

    @Test
    void shouldWakeNodesExactlyWhenTheyWant() {
        try (VirtualNetwork network = new VirtualNetwork(NetworkClock.VIRTUAL)) {
            final Recorder node = new Recorder("n");
            final List<Long> times = new ArrayList<>();
            network.add(node);
            node.wakeAt(7);
            node.wakeAt(1_000);
            network.at(500, () -> {
                times.add(network.nanos());
                network.with(node, () -> {
                    node.wakeAt(600);
                    return true;
                });
            });
            network.run(599);
            assertThat(node.wakes).containsExactlyInAnyOrder(1_000L, 600L);
            network.run(600);
            assertThat(node.wakes).containsExactly(1_000L);
            network.run(2_000);
            assertThat(node.wakes).isEmpty();
            assertThat(times).containsExactly(500L);
        }
    }

    @Test
    void shouldFollowARealClock() {
        final AtomicLong clock = new AtomicLong(1_000);
        // Each look at the clock takes 20 us.
        try (VirtualNetwork network = new VirtualNetwork(NetworkClock.real(() -> clock.addAndGet(20_000)))) {
            final List<Long> times = new ArrayList<>();
            network.at(500_000, () -> times.add(network.nanos()));
            network.run(1_000_000);
            assertThat(network.nanos()).isBetween(1_000_000L, 1_100_000L);
            assertThat(times).singleElement().satisfies(time -> assertThat(time).isBetween(500_000L, 600_000L));
        }
    }

    @Test
    void shouldExchangeFramesOnARealClockWithThreads() {
        try (VirtualNetwork network = new VirtualNetwork(NetworkClock.real(System::nanoTime))) {
            final Recorder a = new Recorder("a", 5_000_000);
            final Recorder b = new Recorder("b", 5_000_000);
            final List<Node> nodes = List.of(new ThreadedNode(a), new ThreadedNode(b));
            final Link link = network.link("wire", LinkSettings.DEFAULT, 1);
            for (final Node node : nodes) {
                network.add(node);
                network.plug(link, node, 0);
            }
            network.at(0, () -> network.with(nodes.getLast(), () -> {
                b.send(0, Recorder.frame(1, 60));
                return true;
            }));
            network.run(300_000_000);
            // 6 ms each way if nothing is late; being late costs some.
            assertThat(link.counters().delivered()).isBetween(2L, 50L);
            assertThat(link.counters().conserved()).isTrue();
        }
    }

    @Test
    void shouldReportAFailureOfAThread() {
        try (VirtualNetwork network = new VirtualNetwork(NetworkClock.VIRTUAL)) {
            final Recorder sender = new Recorder("a");
            final Node node = new ThreadedNode(new Recorder("n"));
            final Link link = network.link("wire", LinkSettings.DEFAULT, 1);
            network.add(sender);
            network.add(node);
            network.plug(link, sender, 0);
            network.plug(link, node, 0);
            sender.send(0, new byte[] {1});
            assertThatThrownBy(() -> network.run(SECOND)).isInstanceOf(IllegalStateException.class).hasMessageStartingWith("n: ")
                .hasMessageContaining("one octet");
        }
    }

    @Test
    void shouldRefuseTwoNodesOfOneName() {
        try (VirtualNetwork network = new VirtualNetwork(NetworkClock.VIRTUAL)) {
            network.add(new Recorder("n"));
            assertThatThrownBy(() -> network.add(new Recorder("n"))).hasMessage("two nodes are named n");
        }
    }

    @Test
    void shouldCountWhatNothingIsConnectedTo() {
        try (VirtualNetwork network = new VirtualNetwork(NetworkClock.VIRTUAL)) {
            final Recorder node = new Recorder("n");
            network.add(node);
            node.send(1, Recorder.frame(1, 60));
            network.run(1);
            assertThat(network.unconnected()).isEqualTo(1);
        }
    }

    @Test
    void shouldWriteCaptures(@TempDir final Path folder) throws Exception {
        final Path file = folder.resolve("wire.pcapng");
        try (VirtualNetwork network = new VirtualNetwork(NetworkClock.VIRTUAL);
            LinkCapture capture = new LinkCapture(file.toString(), link -> link.name().equals("wire"), 1_000_000_000_000L)) {
            final Recorder a = new Recorder("a");
            final Recorder b = new Recorder("b");
            final Link link = network.link("wire", LinkSettings.DEFAULT, 1);
            network.add(a);
            network.add(b);
            network.plug(link, a, 0);
            network.plug(link, b, 0);
            network.tap(capture);
            for (int i = 0; i < 3; i++) {
                final int number = i;
                network.at(i * SECOND, () -> network.with(a, () -> {
                    a.send(0, Recorder.frame(number, 60 + number));
                    return true;
                }));
            }
            network.at(SECOND + 1, () -> network.up(link, false));
            network.run(5 * SECOND);
            assertThat(file).doesNotExist();
            capture.commit();
        }
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("lost: link down");
        final List<String> frames = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(file)) {
            while (reader.next()) {
                frames.add(reader.timestampNanos() + " " + reader.capturedLength() + " " + reader.linkType());
            }
        }
        assertThat(frames).containsExactly("1000000000000 60 ETHERNET", "1001000000000 61 ETHERNET", "1002000000000 62 ETHERNET");
    }
}
