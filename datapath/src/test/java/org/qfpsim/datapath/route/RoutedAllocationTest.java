package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.RoutedPipeline;
import org.qfpsim.datapath.pipeline.Threads;
import org.qfpsim.datapath.support.Crypto;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.RoutedFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;
import org.qfpsim.datapath.support.Traces;
import org.qfpsim.datapath.trace.CaptureBuffer;
import org.qfpsim.datapath.trace.CaptureSpec;
import org.qfpsim.datapath.trace.CycleSampler;
import org.qfpsim.datapath.trace.Direction;

/** The threads of source, engines and gather allocate nothing per routed packet, whatever becomes of it. */
class RoutedAllocationTest {
    private static final int PACKETS = 5_000;
    private static final int ROUNDS = 8;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private record Kind(String name, int port, byte[] packet) {
    }

    private static List<Kind> kinds() {
        try (Sender sender = new Sender(Sa.spi(1).window(0).build()); Sender unknown = new Sender(Sa.spi(9).build())) {
            final byte[] gre = Packets.concat(new byte[] {0, 0, 8, 0}, TwoRouters.rightwards(200));
            return List.of(new Kind("out of ESP and GRE", TwoRouters.WAN, sender.wrap(Packets.ipv4(Sa.PEER, Sa.US, 47, gre))),
                new Kind("unknown SPI", TwoRouters.WAN, unknown.wrap(TwoRouters.rightwards(9))),
                new Kind("into GRE and ESP", TwoRouters.LAN, TwoRouters.leftwards(200)),
                new Kind("cut, into GRE and ESP", TwoRouters.LAN, TwoRouters.leftwards(1_600)),
                new Kind("no route", TwoRouters.LAN, Packets.ipv4("10.2.0.5", "192.0.2.1", 17, new byte[100])),
                new Kind("no neighbour", TwoRouters.WAN, Packets.ipv4("10.7.0.1", "10.2.0.77", 17, new byte[100])));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotAllocatePerPacket(final boolean watched) {
        Assumptions.assumeFalse(Crypto.names().getFirst().equals("jce"), "SunJCE allocates by itself");
        try (CryptoBackends backends = Crypto.open(Crypto.names().getFirst()); CounterStore store = CounterStore.inMemory(2);
             RoutedPipeline router = new RoutedPipeline(new PipelineConfig().ppes(2).reassembly(4, 8, 1_000_000_000L).dropReportRows(64)
                .cost(2, new CycleSampler()),
                 backends.all(), store, (port, buffer, offset, length, nanos) -> true, CommitObserver.NONE)) {
            router.configure(TwoRouters.tunnel(false, InterfaceKind.TUNNEL_GRE, -1, false, TwoRouters.FLOW));
            router.installInbound(Sa.spi(1).window(0).build(), TwoRouters.FLOW, TwoRouters.TUNNEL);
            router.installOutbound(Sa.spi(2).reversed().transport().build(), TwoRouters.FLOW);
            if (watched) {
                router.watch(Traces.everything(64, true, Traces.EVERY), List.of(new CaptureBuffer(new CaptureSpec(
                    List.of(new CaptureSpec.Point(TwoRouters.WAN, Direction.BOTH)), List.of(), true, 1 << 20, true, 0, 0, 256, 0, 0))));
            }
            try (Threads running = new Threads(router.pipeline())) {
                for (final Kind kind : kinds()) {
                    final long least = measure(router, running, kind);
                    System.out.printf("%-22s %s %d octets allocated per packet%n", kind.name, watched ? "watched" : "unwatched", least / PACKETS);
                    assertThat(least).as(kind.name).isZero();
                }
            }
        }
    }

    private long measure(final RoutedPipeline router, final Threads running, final Kind kind) {
        final UnsafeBuffer frame = new UnsafeBuffer(RoutedFixture.frame(RoutedFixture.mac(2, kind.port), kind.packet));
        final long[] ids = Stream.concat(Stream.of(Thread.currentThread()), Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("ppe-") || thread.getName().equals("gather"))).mapToLong(Thread::threadId).toArray();
        assertThat(ids).hasSize(4);
        run(router, running, kind.port, frame);
        long least = Long.MAX_VALUE;
        final long[] before = new long[ids.length];
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            for (int i = 0; i < ids.length; i++) {
                before[i] = threads.getThreadAllocatedBytes(ids[i]);
            }
            run(router, running, kind.port, frame);
            long sum = 0;
            for (int i = 0; i < ids.length; i++) {
                sum += threads.getThreadAllocatedBytes(ids[i]) - before[i];
            }
            least = Math.min(least, sum);
        }
        return least;
    }

    private static void run(final RoutedPipeline router, final Threads running, final int port, final UnsafeBuffer frame) {
        for (int i = 0; i < PACKETS; i++) {
            while (!router.receive(port, frame, 0, frame.capacity(), 0)) {
                router.flush();
                running.idle(0);
            }
            if (i % 32 == 31) {
                router.flush();
            }
        }
        running.drain();
    }
}
