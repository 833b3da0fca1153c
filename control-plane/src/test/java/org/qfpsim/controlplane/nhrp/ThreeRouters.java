package org.qfpsim.controlplane.nhrp;

import static org.qfpsim.controlplane.nhrp.Cloud.ip;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.CryptoUnavailableException;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.RoutedPipeline;
import org.qfpsim.datapath.route.AdjacencySpec;
import org.qfpsim.datapath.route.InterfaceKind;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.MacAddress;
import org.qfpsim.datapath.route.NhrpMapping;
import org.qfpsim.datapath.route.RouteSpec;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.TunnelSpec;

/**
 * A hub and two spokes with whole datapaths, a multipoint tunnel in clear, and a network behind each.
 *
 * <pre>
 *   192.168.n.0/24 --(1) router n (0)-- 10.0.0.n      tunnel (2) 172.16.0.n      hub: n = 1
 * </pre>
 */
final class ThreeRouters implements AutoCloseable {
    static final int WAN = 0;
    static final int LAN = 1;
    static final int TUNNEL = 2;

    final Timers timers = new Timers();
    /** IP packets that went from router to router. */
    final List<byte[]> wan = new ArrayList<>();
    final List<Router> routers = new ArrayList<>();
    private final CryptoBackends backends;
    private final Deque<byte[]> under = new ArrayDeque<>();

    ThreeRouters() {
        try {
            backends = CryptoBackends.open("jce");
        } catch (final CryptoUnavailableException e) {
            throw new IllegalStateException(e);
        }
        for (int n = 1; n <= 3; n++) {
            routers.add(new Router(n));
        }
        routers.forEach(Router::start);
    }

    private static MacAddress mac(final int router, final int port) {
        return new MacAddress(0x0200_0000_0000L | (long) router << 8 | port);
    }

    /** One of them. */
    final class Router {
        final int number;
        final CounterStore store = CounterStore.inMemory(1);
        final RoutedPipeline datapath;
        final NhrpService nhrp;
        /** Packets that left into its network. */
        final List<byte[]> lan = new ArrayList<>();

        Router(final int number) {
            this.number = number;
            datapath = new RoutedPipeline(new PipelineConfig().ringSlots(64).reassembly(4, 8, 1_000_000_000L).dropReportRows(64),
                backends.all(), store, (port, buffer, offset, length, nanos) -> {
                    final byte[] frame = new byte[length];
                    buffer.getBytes(offset, frame);
                    (port == WAN ? wan : lan).add(Arrays.copyOfRange(frame, 14, length));
                    return port != WAN || under.add(frame);
                }, CommitObserver.NONE);
            nhrp = new NhrpService(datapath, timers, EventLog.SILENT);
            datapath.configure(config());
        }

        private RoutedConfig config() {
            final List<AdjacencySpec> neighbours = new ArrayList<>(List.of(
                new AdjacencySpec(LAN, ip("192.168." + number + ".5"), mac(9, number))));
            final List<RouteSpec> routes = new ArrayList<>();
            for (int other = 1; other <= 3; other++) {
                if (other != number) {
                    neighbours.add(new AdjacencySpec(WAN, ip("10.0.0." + other), mac(other, WAN)));
                    routes.add(RouteSpec.via("192.168." + other + ".0/24", "172.16.0." + other));
                }
            }
            return RoutedConfig.of(List.of(
                    InterfaceSpec.ethernet(WAN, "GigabitEthernet0/0/0", mac(number, WAN), "10.0.0." + number + "/24"),
                    InterfaceSpec.ethernet(LAN, "GigabitEthernet0/0/1", mac(number, LAN), "192.168." + number + ".1/24"),
                    InterfaceSpec.tunnel(TUNNEL, "Tunnel0", InterfaceKind.TUNNEL_MGRE,
                        new TunnelSpec(ip("10.0.0." + number), null, 9, true, RoutedConfig.NO_FLOW), 1400, "172.16.0." + number + "/24")))
                .withAdjacencies(neighbours).withRoutes(routes).withNhrp(number == 1 ? List.of()
                    : List.of(new NhrpMapping(TUNNEL, ip("172.16.0.1"), ip("10.0.0.1"), RoutedConfig.NO_FLOW)));
        }

        private void start() {
            nhrp.configure(ConfigFile.read("test", "interface Tunnel0\n ip address 172.16.0." + number + " 255.255.255.0\n"
                + " ip nhrp network-id 1\n ip nhrp authentication darkstar\n"
                + (number == 1 ? "" : " ip nhrp map 172.16.0.1 10.0.0.1\n ip nhrp nhs 172.16.0.1\n")
                + " tunnel source 10.0.0." + number + "\n tunnel mode gre multipoint\n tunnel key 9\nend\n").config(),
                name -> name.equals("Tunnel0") ? TUNNEL : RoutedConfig.NO_INTERFACE);
        }

        /** A host behind it sends an UDP packet to one behind another. */
        void send(final int to) {
            final ByteBuffer packet = ByteBuffer.allocate(14 + 28);
            packet.putLong(mac(number, LAN).bits() << 16).position(12).putShort((short) 0x0800);
            packet.putInt(0x45 << 24 | 28).putInt(0).putInt(64 << 24 | 17 << 16).put(ip("192.168." + number + ".5").octets())
                .put(ip("192.168." + to + ".5").octets()).putInt(7 << 16 | 7).putInt(8 << 16);
            packet.putShort(24, (short) ~NhrpEncoder.sum(Arrays.copyOfRange(packet.array(), 14, 34), 20));
            receive(LAN, packet.array());
        }

        private void receive(final int port, final byte[] frame) {
            if (!datapath.receive(port, new UnsafeBuffer(frame), 0, frame.length, timers.nanos())) {
                throw new IllegalStateException("the ring is full");
            }
        }

        private int turn() {
            datapath.drain();
            return datapath.drainPunts((punt, buffer, offset, length) -> nhrp.punted(punt, buffer, offset, length), 100)
                + datapath.drainNotifications(nhrp::notified, 100);
        }
    }

    Router router(final int number) {
        return routers.get(number - 1);
    }

    /** Carries everything until nothing moves. */
    ThreeRouters settle() {
        int work;
        do {
            work = routers.stream().mapToInt(Router::turn).sum();
            while (!under.isEmpty()) {
                final byte[] frame = under.remove();
                routers.get(frame[4] - 1).receive(WAN, frame);
                work++;
            }
        } while (work > 0);
        return this;
    }

    ThreeRouters run(final int seconds) {
        settle();
        for (int i = 0; i < seconds; i++) {
            timers.advance(timers.nanos() + 1_000_000_000L);
            settle();
        }
        return this;
    }

    @Override
    public void close() {
        for (final Router router : routers) {
            router.datapath.close();
            router.store.close();
        }
        backends.close();
    }
}
