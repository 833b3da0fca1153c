package org.qfpsim.datapath.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.RoutedPipeline;
import org.qfpsim.datapath.pipeline.Threads;
import org.qfpsim.datapath.report.DropReport;
import org.qfpsim.datapath.route.AdjacencySpec;
import org.qfpsim.datapath.route.MacAddress;
import org.qfpsim.datapath.route.Notification;
import org.qfpsim.datapath.route.Punt;
import org.qfpsim.datapath.route.RoutedConfig;

/** A router's routed datapath: frames in, frames out, what was punted and told; the conservation laws are asserted when it is closed. */
public final class RoutedFixture implements AutoCloseable {
    private final Recorder recorder = new Recorder();
    private final CryptoBackends backends = Crypto.open(CryptoBackends.AUTO);
    private final CounterStore store;
    private final RoutedPipeline router;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private @Nullable Threads threads;
    private long nanos;

    /** A frame that left. */
    public record Sent(int port, byte[] frame) {
        /** The packet in it. */
        public byte[] packet() {
            return Arrays.copyOfRange(frame, 14, frame.length);
        }
    }

    /** A packet that was sent up. */
    public record Punted(Punt punt, byte[] octets) {
    }

    public RoutedFixture() {
        this(PipelineFixture.config());
    }

    public RoutedFixture(final PipelineConfig config) {
        this(config, true);
    }

    /** A router whose verdicts somebody writes down, or nobody, as with most. */
    public RoutedFixture(final PipelineConfig config, final boolean observed) {
        store = CounterStore.inMemory(config.ppes());
        router = new RoutedPipeline(config, backends.all(), store, (port, buffer, offset, length, time) -> {
            final byte[] frame = new byte[length];
            buffer.getBytes(offset, frame);
            return sent.add(new Sent(port, frame));
        }, observed ? recorder : CommitObserver.NONE);
    }

    /** The Ethernet address of a port of a numbered router, or of a host. */
    public static MacAddress mac(final int router, final int port) {
        return new MacAddress(0x0200_0000_0000L | (long) router << 8 | port);
    }

    /** A neighbour with the Ethernet address of another router's port. */
    public static AdjacencySpec neighbour(final int port, final String address, final MacAddress mac) {
        return new AdjacencySpec(port, IpAddress.parse(address), mac);
    }

    public RoutedPipeline router() {
        return router;
    }

    public CounterReader counters() {
        return store.reader();
    }

    public Recorder recorder() {
        return recorder;
    }

    public RoutedFixture configure(final RoutedConfig config) {
        router.configure(config);
        return this;
    }

    public RoutedFixture dedicated() {
        threads = new Threads(router.pipeline());
        return this;
    }

    public RoutedFixture time(final long value) {
        nanos = value;
        return this;
    }

    /** Offers an IP packet to a port. */
    public RoutedFixture offer(final int port, final MacAddress to, final byte[] packet) {
        return offerFrame(port, frame(to, packet));
    }

    /** Offers a frame to a port; waits for room. */
    public RoutedFixture offerFrame(final int port, final byte[] frame) {
        while (!router.receive(port, new UnsafeBuffer(frame), 0, frame.length, nanos)) {
            turn();
        }
        return this;
    }

    /** Lets the agents work. */
    public void turn() {
        if (threads == null) {
            router.turn();
        } else {
            threads.idle(router.flush());
        }
    }

    public RoutedFixture drain() {
        do {
            turn();
        } while (!router.isIdle());
        return this;
    }

    /** Offers a packet and gives the verdict. */
    public int verdict(final int port, final MacAddress to, final byte[] packet) {
        return verdictOfFrame(port, frame(to, packet));
    }

    /** Offers a frame and gives the verdict. */
    public int verdictOfFrame(final int port, final byte[] frame) {
        final int before = recorder.events().size();
        offerFrame(port, frame).drain();
        assertThat(recorder.events()).hasSize(before + 1);
        return recorder.events().getLast().verdict();
    }

    /** An Ethernet frame around an IP packet. */
    public static byte[] frame(final MacAddress to, final byte[] packet) {
        final byte[] frame = Packets.ethernet(packet);
        for (int i = 0; i < 6; i++) {
            frame[i] = (byte) (to.bits() >>> 40 - 8 * i);
        }
        return frame;
    }

    /** The next frame that left. */
    public Sent next() {
        return sent.removeFirst();
    }

    /** Frames that left and were not taken. */
    public Deque<Sent> sent() {
        return sent;
    }

    /** What was sent up since the last call. */
    public List<Punted> punted() {
        final List<Punted> taken = new ArrayList<>();
        router.drainPunts((punt, buffer, offset, length) -> {
            final byte[] octets = new byte[length];
            buffer.getBytes(offset, octets);
            taken.add(new Punted(punt, octets));
        }, Integer.MAX_VALUE);
        return taken;
    }

    /** What was told since the last call. */
    public List<Notification> told() {
        final List<Notification> taken = new ArrayList<>();
        final Consumer<Notification> add = taken::add;
        router.drainNotifications(add, Integer.MAX_VALUE);
        return taken;
    }

    /** Carries everything that left one router's port into another's, both ways, until nothing moves. */
    public static void link(final RoutedFixture one, final int portOfOne, final RoutedFixture two, final int portOfTwo) {
        one.drain();
        two.drain();
        while (!one.sent.isEmpty() || !two.sent.isEmpty()) {
            if (!carry(one, portOfOne, two, portOfTwo) & !carry(two, portOfTwo, one, portOfOne)) {
                return;
            }
            one.drain();
            two.drain();
        }
    }

    private static boolean carry(final RoutedFixture from, final int out, final RoutedFixture to, final int in) {
        final List<Sent> frames = from.sent.stream().filter(frame -> frame.port == out).toList();
        frames.forEach(frame -> to.offerFrame(in, frame.frame));
        return from.sent.removeAll(frames) || !frames.isEmpty();
    }

    public long drops(final GlobalDrop drop) {
        return counters().globalPackets(drop.id());
    }

    public long drops(final IpsecDrop drop) {
        return counters().ipsecPackets(drop.id());
    }

    public long punts(final PuntCause cause) {
        return counters().puntTransmitted(cause.id());
    }

    public void assertConserved() {
        final CounterReader counters = counters();
        assertThat(counters.inFlight()).as("received - forwarded - dropped - punted - consumed").isZero();
        final long reported = router.pipeline().dropReport().snapshot().stream().mapToLong(DropReport.Row::packets).sum();
        assertThat(reported).as("packets in the drop report").isEqualTo(counters.dropped() - counters.dropped(-1));
        for (final GlobalDrop global : GlobalDrop.values()) {
            final long types = Arrays.stream(IpsecDrop.values()).filter(type -> type.global() == global)
                .mapToLong(type -> counters.ipsecPackets(type.id())).sum();
            assertThat(types).as("%s", global).isLessThanOrEqualTo(counters.globalPackets(global.id()));
        }
    }

    public RoutedFixture stopThreads() {
        if (threads != null) {
            drain();
            threads.close();
            threads = null;
        }
        return this;
    }

    @Override
    public void close() {
        drain();
        stopThreads();
        router.pipeline().expire(Long.MAX_VALUE);
        assertConserved();
        router.close();
        backends.close();
        store.close();
    }
}
