package org.qfpsim.sim.outside;

import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.net.host.InternetChecksum;
import org.qfpsim.sim.net.host.MacAddress;
import org.qfpsim.sim.peer.NetworkNamespace;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/**
 * What a frame of 134 octets on a real interface costs this process, user and kernel apart: read from the ring and forgotten; read and sent
 * on by another interface; through the simulator's network and a router that drops or forwards it. A sender in a namespace gives as much as
 * it is told, so the machine is not the measure of the packets per second. Root.
 */
public final class PortCost {
    private static final int FRAME_BYTES = 134;
    private static final int SECONDS = 6;
    private static final int RUSAGE_SELF = 0;
    private static final String SCENARIO = """
        title: cost
        routers: {r2: {slots: 1024}}
        outside: {w: {port: "eth:%s"}, l: {port: "eth:%s"}}
        links:
          a: {ports: [r2 Gi0/0/0, w], delay: 1us, queue: 100000}
          b: {ports: [r2 Gi0/0/1, l], delay: 1us, queue: 100000}
        """;
    private static final String ROUTER = """
        hostname R2
        interface GigabitEthernet0/0/0
         ip address 10.9.0.2 255.255.255.0
         no shutdown
        interface GigabitEthernet0/0/1
         ip address 10.8.0.2 255.255.255.0
         no shutdown
        end
        """;

    private PortCost() {
    }

    /** User and system time of this process, in nanoseconds, without the JIT's warm-up if called after it. */
    private record Usage(long user, long system) {
        static Usage now() {
            try (Arena arena = Arena.ofConfined()) {
                final MemorySegment usage = arena.allocate(144, 8);
                SystemCall.of("getrusage").call(RUSAGE_SELF, usage.address(), 0);
                return new Usage(usage.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L + usage.get(ValueLayout.JAVA_LONG, 8) * 1000,
                    usage.get(ValueLayout.JAVA_LONG, 16) * 1_000_000_000L + usage.get(ValueLayout.JAVA_LONG, 24) * 1000);
            }
        }

        void print(final String what, final long frames, final long drops, final long nanos) {
            final Usage end = now();
            System.out.printf(Locale.ROOT, "%-34s %,9d frames/s, %d lost in the kernel; ns of CPU a frame: user %.0f, kernel %.0f%n", what,
                frames * 1_000_000_000L / Math.max(1, nanos), drops, (end.user - user) / (double) Math.max(1, frames),
                (end.system - system) / (double) Math.max(1, frames));
        }
    }

    private static Process sender(final NetworkNamespace from, final Path frames, final long perSecond, final int seconds) {
        return from.start(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("qfp.root", ".."), "jvm.flags"), "-cp", System.getProperty("java.class.path"),
            FrameThrower.class.getName(), frames.toString(), "eth0", String.valueOf(perSecond), String.valueOf(seconds), "same");
    }

    private static void frames(final Path file, final byte[] frame) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(1);
            out.writeInt(frame.length);
            out.write(frame);
        }
    }

    /** UDP to an address, with a right header. */
    private static byte[] frame(final long to, final int destination, final int protocol) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[FRAME_BYTES]);
        MacAddress.put(frame, 0, to);
        MacAddress.put(frame, 6, 0x0200_0000_0101L);
        final ByteOrder big = ByteOrder.BIG_ENDIAN;
        frame.putShort(12, (short) 0x0800, big);
        frame.putInt(14, 0x4500_0000 | FRAME_BYTES - 14, big);
        frame.putInt(22, 64 << 24 | protocol << 16, big);
        frame.putInt(26, 0x0a09_0001, big);
        frame.putInt(30, destination, big);
        frame.putShort(24, (short) InternetChecksum.finish(
            InternetChecksum.sum(frame, 14, 20)), big);
        frame.putInt(34, 0x1234_5678, big);
        frame.putInt(38, 0x0064_0000, big);
        return frame.byteArray();
    }

    /**
     * Measures.
     *
     * @param args frames a second for ring and router; missing: 500000 and 100000.
     * @throws IOException if a file cannot be written.
     */
    public static void main(final String[] args) throws IOException {
        final long ringRate = args.length > 0 ? Long.parseLong(args[0]) : 500_000;
        final long routerRate = args.length > 1 ? Long.parseLong(args[1]) : 100_000;
        final Path folder = Files.createTempDirectory("qfp-port-cost");
        final Path frames = folder.resolve("frames");
        try (NetworkNamespace in = NetworkNamespace.create(List.of("10.9.0.1/24"), "10.9.0.2");
            NetworkNamespace out = NetworkNamespace.create(List.of("10.8.0.1/24"), "10.8.0.2")) {
            frames(frames, frame(0xffff_ffff_ffffL, 0x0a09_0002, 50));
            ring("ring, forgotten", in, null, frames, ringRate);
            ring("ring, sent on", in, out, frames, ringRate);
            Files.writeString(folder.resolve("scenario.yaml"), SCENARIO.formatted(in.hostSide(), out.hostSide()), StandardCharsets.UTF_8);
            Files.writeString(folder.resolve("r2.cfg"), ROUTER, StandardCharsets.UTF_8);
            router("router, unknown SPI", folder, in, out, frames, 0x0a09_0002, 50, routerRate);
            router("router, forwarded", folder, in, out, frames, 0x0a08_0001, 17, routerRate);
        }
    }

    private static void ring(final String what, final NetworkNamespace in, final @Nullable NetworkNamespace out, final Path frames,
                             final long rate)
        throws IOException {
        final long[] count = {0};
        try (PacketSocket from = PacketSocket.open(in.hostSide()); PacketSocket to = PacketSocket.open((out == null ? in : out).hostSide())) {
            final OutsidePort.FrameSink sink = (final DirectBuffer buffer, final int offset, final int length) -> {
                count[0]++;
                if (out != null) {
                    to.send(buffer, offset, length);
                }
            };
            final Process sender = sender(in, frames, rate, SECONDS + 4);
            while (count[0] < rate) {
                from.receive(sink);
            }
            final long start = System.nanoTime();
            final long before = count[0];
            final long drops = from.receiveDrops();
            final Usage usage = Usage.now();
            while (System.nanoTime() - start < SECONDS * 1_000_000_000L) {
                from.receive(sink);
                to.flush();
            }
            usage.print(what, count[0] - before, from.receiveDrops() - drops, System.nanoTime() - start);
            sender.destroy();
        }
    }

    private static void router(final String what, final Path folder, final NetworkNamespace in, final NetworkNamespace out,
                               final Path frames, final int destination, final int protocol, final long rate) throws IOException {
        try (LiveScenario scenario = LiveScenario.build(ScenarioFolder.of(folder), new RouterFactory(new KeyExport()),
            new ScenarioRunner.Settings(Mode.INVOKER, () -> NetworkClock.real(System::nanoTime), null, null))) {
            scenario.run(1_000_000);
            final StringBuilder text = new StringBuilder();
            scenario.command("r2", "show interfaces GigabitEthernet0/0/0", text::append);
            final String mac = text.toString().replaceAll("(?s).*Hardware is [^\\n]*?, address is ([0-9a-f.]+).*", "$1").replace(".", "");
            frames(frames, frame(Long.parseLong(mac, 16), destination, protocol));
            final Process ping = out.start("ping", "-c", "3", "10.8.0.2");
            final Process sender = sender(in, frames, rate, SECONDS + 8);
            while (scenario.counter("w", "received") < rate * 3) {
                scenario.run(scenario.nanos() + 10_000_000);
            }
            final long start = System.nanoTime();
            final long before = scenario.counter("w", "received");
            final long drops = scenario.counter("w", "receive-drops");
            final long sent = scenario.counter("l", "sent");
            final Usage usage = Usage.now();
            while (System.nanoTime() - start < SECONDS * 1_000_000_000L) {
                scenario.run(scenario.nanos() + 10_000_000);
            }
            usage.print(what, scenario.counter("w", "received") - before, scenario.counter("w", "receive-drops") - drops,
                System.nanoTime() - start);
            System.out.println("    sent on: " + (scenario.counter("l", "sent") - sent) + ", unknown SPI: " + scenario.counter("r2", "ipsec 4"));
            ping.destroy();
            sender.destroy();
        }
    }
}
