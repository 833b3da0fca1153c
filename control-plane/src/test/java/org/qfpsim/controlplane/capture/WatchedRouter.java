package org.qfpsim.controlplane.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.controlplane.platform.Machine;
import org.qfpsim.controlplane.show.FlashFolder;
import org.qfpsim.controlplane.supervisor.ConsoleSession;
import org.qfpsim.controlplane.supervisor.Supervisor;
import org.qfpsim.controlplane.supervisor.SupervisorParts;
import org.qfpsim.controlplane.support.MemoryNvram;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.RoutedPipeline;
import org.qfpsim.datapath.route.MacAddress;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.RoutedFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/**
 * A router with its control plane and a terminal, on virtual time, and frames of many kinds for it.
 *
 * <pre>
 *   peer 20.1.1.2 -- (Gi0/0/0) 20.1.1.1  R1  10.2.0.1 (Gi0/0/1) -- 10.2.0.5
 * </pre>
 */
final class WatchedRouter implements AutoCloseable {
    static final List<String> KINDS = List.of("esp", "unknown-spi", "bad-icv", "transit", "no-route", "ttl", "ping", "keepalive", "fragment",
        "arp-request");
    private static final String CONFIG = """
        hostname R1
        interface GigabitEthernet0/0/0
         ip address 20.1.1.1 255.255.255.0
         no shutdown
        interface GigabitEthernet0/0/1
         ip address 10.2.0.1 255.255.255.0
         no shutdown
        ip access-list extended ESP-ONLY
         permit esp any host 20.1.1.1
        end
        """;
    private static final long MILLISECOND = 1_000_000L;

    final RoutedPipeline datapath;
    private final Timers timers = new Timers();
    private final CryptoBackends crypto;
    private final CounterStore store = CounterStore.inMemory(1);
    private final Supervisor supervisor;
    private final ConsoleSession terminal;
    private final Sender sender = new Sender(Sa.spi(0x1234).window(0).build());
    private final Sender stranger = new Sender(Sa.spi(0xB761863E).build());
    private final Map<Integer, MacAddress> macs;
    private long clock;

    WatchedRouter(final Path folder) {
        this(folder, "");
    }

    /** With more lines of configuration. */
    WatchedRouter(final Path folder, final String more) {
        try {
            crypto = CryptoBackends.open("jce");
        } catch (final CryptoUnavailableException e) {
            throw new IllegalStateException(e);
        }
        datapath = new RoutedPipeline(new PipelineConfig().ringSlots(64).reassembly(4, 8, 1_000_000_000L).dropReportRows(64)
            .traceClock(() -> clock += 250), crypto.all(), store, (port, buffer, offset, length, nanos) -> true, CommitObserver.NONE);
        final WallClock day = new WallClock(timers, Instant.parse("2012-09-02T13:22:00Z"), ZoneId.of("UTC"), true);
        supervisor = new Supervisor(new SupervisorParts(timers, day, datapath, store.reader(), name -> true, new SplittableRandom(1),
            SaStore.NONE, IkeKeyLog.NONE, new FlashFolder(folder, 1 << 22), new MemoryNvram(), false, 1,
            Machine.VIRTUAL), ConfigFile.read("test", CONFIG.replace("end\n", more + "end\n")).config());
        terminal = supervisor.terminal();
        macs = Map.of(0, new MacAddress(0x0200_0000_0000L | 1 << 8), 1, new MacAddress(0x0200_0000_0000L | 1 << 8 | 1));
        datapath.installInbound(sender.spec(), RoutedConfig.NO_FLOW, RoutedConfig.NO_INTERFACE);
        settle();
        frame(0, arp("20.1.1.2", "20.1.1.1"));
        frame(1, arp("10.2.0.5", "10.2.0.1"));
    }

    CounterReader counters() {
        return store.reader();
    }

    String type(final String line) {
        final String text = terminal.type(line);
        settle();
        return text;
    }

    private void settle() {
        do {
            datapath.drain();
        } while (supervisor.work(timers.nanos()) != 0 || !datapath.isIdle());
    }

    private static byte[] arp(final String from, final String of) {
        final byte[] mac = {2, 0, 0, 0, 9, 9};
        return Packets.concat(new byte[] {-1, -1, -1, -1, -1, -1}, mac, new byte[] {8, 6, 0, 1, 8, 0, 6, 4, 0, 1}, mac,
            IpAddress.parse(from).octets(), new byte[6], IpAddress.parse(of).octets());
    }

    /** Something happens a millisecond later: a frame comes in. */
    void frame(final int port, final byte[] frame) {
        timers.advance(timers.nanos() + MILLISECOND);
        datapath.receive(port, new UnsafeBuffer(frame), 0, frame.length, timers.nanos());
        settle();
    }

    /** A frame of a kind comes in. */
    void send(final String kind) {
        final byte[] inner = Packets.ipv4("10.1.0.5", "10.2.0.5", 17, Packets.udp(5, 6, Packets.counting(12)));
        final byte[] packet = switch (kind) {
            case "esp" -> sender.wrap(inner);
            case "unknown-spi" -> stranger.wrap(inner);
            case "bad-icv" -> Packets.damaged(sender.wrap(inner), -1);
            case "transit" -> inner;
            case "no-route" -> Packets.ipv4("10.1.0.5", "192.0.2.1", 6, Packets.counting(20));
            case "ttl" -> Packets.checksummed(Packets.with(inner, 8, 1));
            case "ping" -> Packets.ipv4("20.1.1.2", "20.1.1.1", 1, new byte[] {8, 0, (byte) 0xf7, (byte) 0xfd, 0, 1, 0, 1});
            case "keepalive" -> Packets.ipv4("20.1.1.2", "20.1.1.1", 17, Packets.udp(4500, 4500, new byte[] {-1}));
            case "fragment" -> Packets.ipv4Fragment(Packets.ipv4("20.1.1.2", "20.1.1.1", 17, Packets.counting(16)), 7, Packets.MORE, 0);
            case "arp-request" -> new byte[0];
            default -> throw new IllegalArgumentException(kind);
        };
        frame(0, packet.length == 0 ? arp("20.1.1.2", "20.1.1.1") : RoutedFixture.frame(macs.get(0), packet));
    }

    @Override
    public void close() throws IOException {
        datapath.close();
        store.close();
        crypto.close();
        sender.close();
        stranger.close();
    }
}
