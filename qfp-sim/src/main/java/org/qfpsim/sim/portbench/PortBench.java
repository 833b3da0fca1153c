package org.qfpsim.sim.portbench;

import java.io.PrintWriter;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.net.host.InternetChecksum;
import org.qfpsim.sim.net.host.MacAddress;
import org.qfpsim.sim.outside.FrameSender;
import org.qfpsim.sim.peer.NetworkNamespace;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.Attachment;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/**
 * A sender, a router with two real interfaces, and a machine that takes what it forwards and throws it away. The sender is a thread of this
 * process, whose time is left out; everything else that the process uses counts.
 */
final class PortBench implements AutoCloseable {
    private static final int FRAME_BYTES = 134;
    private static final int ETHERNET_BYTES = 14;
    private static final int ESP = 50;
    private static final int UDP = 17;
    private static final int UNKNOWN_SPI = 4;
    private static final String ROUTER = "router";
    private static final String IN = "GigabitEthernet0/0/0";
    private static final String OUT = "GigabitEthernet0/0/1";
    private static final int OURS = 0x0a09_0002;
    /** Behind the machine at the way out, which does not route: its kernel throws it away. */
    private static final int BEHIND = 0x0a07_0001;
    private static final String CONFIGURATION = """
        hostname router
        interface GigabitEthernet0/0/0
         ip address 10.9.0.2 255.255.255.0
         no shutdown
        interface GigabitEthernet0/0/1
         ip address 10.8.0.2 255.255.255.0
         no shutdown
        ip route 10.7.0.0 255.255.255.0 10.8.0.1
        end
        """;
    private static final String SCENARIO = "title: ports\nrouters:\n  router: {slots: 1024}\n";
    private static final String INPUT = "(\\d+) packets input";
    private static final String OUTPUT = "(\\d+) packets output";
    private static final String OVERRUN = "(\\d+) overrun";
    private static final long ALONE_WARM_UP_NANOS = 1_000_000_000L;
    private static final long WARM_UP_FRAMES = 2_000_000;
    private static final long WARM_UP_MOST_NANOS = 20_000_000_000L;
    private static final long WARM_UP_STEP_NANOS = 100_000_000L;
    private static final long STEP_NANOS = 10_000_000;

    private final PrintWriter out;
    private final long roundNanos;
    private final int rounds;
    private final long rate;
    private final NetworkNamespace from;
    private final NetworkNamespace to;
    private final FrameSender sender;

    PortBench(final PrintWriter out, final int seconds, final int rounds, final long rate) {
        this.out = out;
        roundNanos = seconds * 1_000_000_000L;
        this.rounds = rounds;
        this.rate = rate;
        from = NetworkNamespace.create(List.of("10.9.0.1/24"), "10.9.0.2");
        to = NetworkNamespace.create(List.of("10.8.0.1/24"), "10.8.0.2");
        sender = new FrameSender(from.file(), "eth0");
    }

    /** One round. */
    private record Round(double perSecond, long sent, long received, long lost, long done, CpuTime used) {
        double kernel() {
            return all() * used.kernelShare();
        }

        double all() {
            return used.nanos() / (double) Math.max(1, received);
        }
    }

    void run() {
        out.printf(Locale.ROOT, "Sender alone: %,.0f frames of %d octets a second at most, by a transmit ring into a veth pair%n%n",
            alone(), FRAME_BYTES);
        out.println("                             frames a second                              CPU of the router, ns a frame");
        out.println("                            sent   received    lost in   dropped or        (the round of the least)");
        out.println("                                                kernel    forwarded     user   kernel      sum");
        out.flush();
        try (LiveScenario scenario = LiveScenario.build(ScenarioFolder.of(ROUTER, CONFIGURATION, SCENARIO),
            new RouterFactory(new KeyExport()), new ScenarioRunner.Settings(Mode.INVOKER, () -> NetworkClock.real(System::nanoTime), null,
                null, List.of(port(IN, from), port(OUT, to))))) {
            scenario.run(STEP_NANOS);
            final long mac = mac(scenario);
            row("unknown SPI", scenario, frame(mac, OURS, ESP));
            row("to another veth pair", scenario, frame(mac, BEHIND, UDP));
        }
        out.println();
        out.println("On a veth pair the sender's system call runs the receiver's part of the kernel too: the far end's receiving is");
        out.println("in the kernel time of what is forwarded, and what a frame costs until it is in the router's ring is the sender's.");
        out.flush();
    }

    private static Attachment port(final String interfaceName, final NetworkNamespace end) {
        return new Attachment(ROUTER, interfaceName, "eth:" + end.hostSide());
    }

    private double alone() {
        sender.start(frame(0, OURS, ESP), FrameSender.UNLIMITED);
        pause(ALONE_WARM_UP_NANOS);
        final long start = System.nanoTime();
        final long before = sender.sent();
        pause(roundNanos);
        final double perSecond = (sender.sent() - before) * 1e9 / (System.nanoTime() - start);
        sender.stop();
        return perSecond;
    }

    private static void pause(final long nanos) {
        final long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void row(final String name, final LiveScenario scenario, final byte[] frame) {
        sender.start(frame, rate);
        warm(scenario);
        Round best = round(scenario);
        for (int i = 1; i < rounds; i++) {
            final Round next = round(scenario);
            best = next.all() < best.all() ? next : best;
        }
        sender.stop();
        out.printf(Locale.ROOT, "%-20s %,11.0f %,10.0f %,10.0f %,12.0f %8.0f %8.0f %8.0f%n", name, best.sent * best.perSecond,
            best.received * best.perSecond, best.lost * best.perSecond, best.done * best.perSecond, best.all() - best.kernel(),
            best.kernel(), best.all());
        out.flush();
    }

    /** Until everything is compiled that frames go through. */
    private static void warm(final LiveScenario scenario) {
        final long enough = shown(scenario, IN, INPUT) + WARM_UP_FRAMES;
        final long end = scenario.nanos() + WARM_UP_MOST_NANOS;
        while (scenario.nanos() < end && shown(scenario, IN, INPUT) < enough) {
            scenario.run(scenario.nanos() + WARM_UP_STEP_NANOS);
        }
    }

    private Round round(final LiveScenario scenario) {
        // The scenario's clock stands while nobody runs it: what has come meanwhile does not count.
        scenario.run(scenario.nanos() + WARM_UP_STEP_NANOS);
        final long received = shown(scenario, IN, INPUT);
        final long lost = shown(scenario, IN, OVERRUN);
        final long done = done(scenario);
        final long sent = sender.sent();
        final CpuTime used = CpuTime.ofAllBut(sender.number());
        final long start = System.nanoTime();
        while (System.nanoTime() - start < roundNanos) {
            scenario.run(scenario.nanos() + STEP_NANOS);
        }
        final double perSecond = 1e9 / (System.nanoTime() - start);
        final CpuTime spent = CpuTime.ofAllBut(sender.number()).minus(used);
        return new Round(perSecond, sender.sent() - sent, shown(scenario, IN, INPUT) - received,
            shown(scenario, IN, OVERRUN) - lost, done(scenario) - done, spent);
    }

    /** One of the two does not move. */
    private static long done(final LiveScenario scenario) {
        return scenario.counter(ROUTER, "ipsec " + UNKNOWN_SPI) + shown(scenario, OUT, OUTPUT);
    }

    private static String show(final LiveScenario scenario, final String interfaceName) {
        final StringBuilder text = new StringBuilder();
        scenario.command(ROUTER, "show interfaces " + interfaceName, text::append);
        return text.toString();
    }

    private static long shown(final LiveScenario scenario, final String interfaceName, final String pattern) {
        final Matcher matcher = Pattern.compile(pattern).matcher(show(scenario, interfaceName));
        if (!matcher.find()) {
            throw new IllegalStateException("show interfaces " + interfaceName + " has no " + pattern);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static long mac(final LiveScenario scenario) {
        return Long.parseLong(show(scenario, IN).replaceAll("(?s).*, address is ([0-9a-f.]+).*", "$1").replace(".", ""), 16);
    }

    /** An IPv4 packet with a right header. */
    private static byte[] frame(final long to, final int destination, final int protocol) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[FRAME_BYTES]);
        MacAddress.put(frame, 0, to);
        MacAddress.put(frame, 6, 0x0200_0000_0101L);
        final ByteOrder big = ByteOrder.BIG_ENDIAN;
        frame.putShort(12, (short) 0x0800, big);
        frame.putInt(ETHERNET_BYTES, 0x4500_0000 | FRAME_BYTES - ETHERNET_BYTES, big);
        frame.putInt(22, 64 << 24 | protocol << 16, big);
        frame.putInt(26, 0x0a09_0001, big);
        frame.putInt(30, destination, big);
        frame.putShort(24, (short) InternetChecksum.finish(InternetChecksum.sum(frame, ETHERNET_BYTES, 20)), big);
        // Ports, or an SPI that no SA has; then UDP's length, or a sequence number.
        frame.putInt(34, 0x1234_5678, big);
        frame.putInt(38, 0x0064_0000, big);
        return frame.byteArray();
    }

    @Override
    public void close() {
        sender.close();
        from.close();
        to.close();
    }
}
