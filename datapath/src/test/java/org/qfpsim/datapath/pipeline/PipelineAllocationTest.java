package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.reassembly.Fragmenter;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.datapath.support.Crypto;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;
import org.qfpsim.datapath.trace.CycleSampler;

/** The threads of dispatcher, engines and gather allocate nothing per packet; what the JDK's own crypto allocates is measured and printed. */
class PipelineAllocationTest {
    private static final int PACKETS = 20_000;
    private static final int ROUNDS = 8;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static List<String> libraries() {
        return Crypto.names();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void shouldNotAllocatePerPacket(final String crypto) {
        final PipelineConfig config = new PipelineConfig().ppes(2).reassembly(4, 8, 1_000_000_000L).dropReportRows(64)
            .cost(2, new CycleSampler());
        try (CryptoBackends backends = Crypto.open(crypto); CounterStore store = CounterStore.inMemory(2);
             Pipeline pipeline = new Pipeline(config, backends.all(), store, (buffer, offset, length, nanos) -> true, CommitObserver.NONE)) {
            pipeline.configure(List.of(IpAddress.parse(Sa.US)), List.of(new PolicyRule("out", PolicyRule.Direction.OUTBOUND,
                TrafficSelector.between(IpPrefix.parse("10.2.0.0/16"), IpPrefix.any(false)), PolicyRule.Action.PROTECT, null)), false);
            pipeline.installInbound(Sa.spi(1).window(0).build());
            pipeline.installInbound(Sa.spi(2).suite(EspSuite.AES_CBC_128_SHA1_96).window(0).build());
            pipeline.installInbound(Sa.spi(3).build());
            pipeline.installOutbound(Sa.spi(4).reversed().build(), 0);
            try (Threads running = new Threads(pipeline)) {
                for (final Kind kind : kinds()) {
                    final long least = measure(pipeline, running, store.reader(), kind);
                    System.out.printf("%-9s %-22s %d octets allocated per packet%n", crypto, kind.name, least / PACKETS);
                    if (!crypto.equals("jce")) {
                        assertThat(least).as("%s, %s", crypto, kind.name).isZero();
                    }
                }
            }
        }
    }

    /** Packets that take one way through the datapath, offered again and again. */
    private record Kind(String name, List<byte[]> packets) {
    }

    private static List<Kind> kinds() {
        final byte[] inner = Packets.ipv4("10.1.0.1", "10.2.0.1", 17, new byte[300]);
        try (Sender gcm = new Sender(Sa.spi(1).build()); Sender cbc = new Sender(Sa.spi(2).suite(EspSuite.AES_CBC_128_SHA1_96).build());
             Sender windowed = new Sender(Sa.spi(3).build()); Sender unknown = new Sender(Sa.spi(9).build())) {
            final byte[] good = gcm.wrap(inner);
            final List<byte[]> fragments = new ArrayList<>();
            new Fragmenter().cut(new UnsafeBuffer(good), 0, good.length, 200, (buffer, offset, length) -> {
                final byte[] fragment = new byte[length];
                buffer.getBytes(offset, fragment);
                return fragments.add(fragment);
            });
            return List.of(new Kind("good", List.of(good, cbc.wrap(inner))),
                new Kind("bad ICV", List.of(Packets.damaged(good, -1), Packets.damaged(cbc.wrap(inner), -1))),
                new Kind("replay", List.of(windowed.wrap(inner))), new Kind("unknown SPI", List.of(unknown.wrap(inner))),
                new Kind("clear", List.of(inner)), new Kind("fragments", fragments),
                new Kind("to protect", List.of(Packets.ipv4("10.2.0.1", "10.1.0.1", 17, new byte[300]))),
                new Kind("to cut and protect", List.of(Packets.ipv4("10.2.0.1", "10.1.0.1", 17, new byte[1_600]))));
        }
    }

    private long measure(final Pipeline pipeline, final Threads running, final CounterReader counters, final Kind kind) {
        final List<UnsafeBuffer> frames = kind.packets.stream().map(packet -> new UnsafeBuffer(Packets.ethernet(packet))).toList();
        final long[] ids = datapathThreads();
        assertThat(ids).hasSize(4);
        final long[] before = new long[ids.length];
        final long[] after = new long[ids.length];
        run(pipeline, running, frames);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            // A compilation in the middle of a round costs a thread a few octets once; what a packet costs is in every round.
            final long received = counters.total(Total.RECEIVED);
            read(ids, before);
            run(pipeline, running, frames);
            read(ids, after);
            assertThat(counters.total(Total.RECEIVED) - received).isEqualTo(PACKETS);
            long sum = 0;
            for (int i = 0; i < ids.length; i++) {
                sum += after[i] - before[i];
            }
            least = Math.min(least, sum);
        }
        return least;
    }

    private void read(final long[] ids, final long[] into) {
        for (int i = 0; i < ids.length; i++) {
            into[i] = threads.getThreadAllocatedBytes(ids[i]);
        }
    }

    private static void run(final Pipeline pipeline, final Threads running, final List<UnsafeBuffer> frames) {
        final Dispatcher dispatcher = pipeline.dispatcher();
        for (int i = 0; i < PACKETS; i++) {
            final UnsafeBuffer frame = frames.get(i % frames.size());
            while (!dispatcher.offer(frame, 0, frame.capacity(), frame.capacity(), 0, LinkLayer.ETHERNET)) {
                dispatcher.flush();
                running.idle(0);
            }
            if (i % 32 == 31) {
                dispatcher.flush();
            }
        }
        running.drain();
    }

    /** This thread, the engines and gather. */
    private static long[] datapathThreads() {
        return Stream.concat(Stream.of(Thread.currentThread()), Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("ppe-") || thread.getName().equals("gather"))).mapToLong(Thread::threadId).toArray();
    }
}
