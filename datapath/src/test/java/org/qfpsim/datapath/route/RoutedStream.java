package org.qfpsim.datapath.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.RoutedFixture;
import org.qfpsim.datapath.support.Sa;

/** A seeded stream of frames and changes for the right one of {@link TwoRouters}, most of it made by the left one. */
final class RoutedStream {
    private static final int REKEY_EVERY = 150;
    private static final int TOGGLE_EVERY = 230;
    private static final int FIRST_SPI = 0x100;
    private static final MacAddress WAN = RoutedFixture.mac(2, TwoRouters.WAN);
    private static final MacAddress LAN = RoutedFixture.mac(2, TwoRouters.LAN);

    private final List<Step> steps = new ArrayList<>();

    /** A frame to a port; or, without one, a change. */
    private record Step(int port, byte[] frame) {
    }

    RoutedStream(final long seed, final int size) {
        final Random random = new Random(seed);
        try (TwoRouters routers = new TwoRouters()) {
            routers.left.configure(TwoRouters.tunnel(true, InterfaceKind.TUNNEL_GRE, 7, true, TwoRouters.FLOW));
            for (int i = 0; i < size; i++) {
                if (i % REKEY_EVERY == 0) {
                    routers.left.router().installOutbound(spec(i / REKEY_EVERY), TwoRouters.FLOW);
                    steps.add(new Step(-1, new byte[] {(byte) (i / REKEY_EVERY)}));
                }
                if (i % TOGGLE_EVERY == TOGGLE_EVERY - 1) {
                    steps.add(new Step(-2, new byte[] {(byte) (i / TOGGLE_EVERY)}));
                }
                routers.left.offer(TwoRouters.LAN, RoutedFixture.mac(1, TwoRouters.LAN),
                    random.nextInt(4) == 0 ? TwoRouters.rightwards6(random.nextInt(1_300)) : TwoRouters.rightwards(random.nextInt(1_700)))
                    .drain();
                while (!routers.left.sent().isEmpty()) {
                    final byte[] frame = routers.left.next().frame();
                    steps.add(new Step(TwoRouters.WAN, random.nextInt(20) == 0 ? Packets.damaged(frame, -1) : frame));
                }
                add(random);
            }
        }
    }

    private static SaSpec spec(final int number) {
        return Sa.spi(FIRST_SPI + 2 * number).transport().build();
    }

    private void add(final Random random) {
        final byte[] any = steps.get(random.nextInt(steps.size())).frame;
        switch (random.nextInt(11)) {
            case 0 -> wan(Packets.ipv4("10.7.0.1", "10.2.0.5", 17, Packets.udp(1, 2, new byte[random.nextInt(1_400)])));
            case 1 -> steps.add(new Step(TwoRouters.LAN, RoutedFixture.frame(LAN, TwoRouters.leftwards(random.nextInt(1_700)))));
            case 2 -> wan(Packets.ipv4(Sa.PEER, Sa.US, 50, Packets.counting(40 + random.nextInt(3))));
            case 3 -> wan(Packets.ipv4(Sa.PEER, Sa.US, 47, Packets.counting(60)));
            case 4 -> wan(Packets.checksummed(Packets.with(Packets.ipv4("10.7.0.1", "10.2.0.5", 6, new byte[40]), 8, random.nextInt(3))));
            case 5 -> steps.add(new Step(TwoRouters.WAN, Packets.ethernet(0x0806, new byte[28])));
            case 6 -> steps.add(new Step(random.nextInt(4), any.length > 1 ? any : new byte[20]));
            case 8 -> steps.add(new Step(TwoRouters.LAN, RoutedFixture.frame(LAN, Packets.ipv4("10.2.0.5", "10.7.0.9", 17, new byte[90]))));
            case 9 -> {
                final byte[] part = Packets.ipv4(Sa.PEER, Sa.US, 17, new byte[64]);
                final int number = random.nextInt(1 << 16);
                wan(Packets.ipv4Fragment(part, number, Packets.MORE, 0));
                wan(Packets.ipv4Fragment(part, number, 0, 64));
            }
            case 7 -> {
                if (any.length > 60) {
                    steps.add(new Step(TwoRouters.WAN, Packets.damaged(any, 40 + random.nextInt(any.length - 40))));
                }
            }
            default -> wan(Packets.ipv4("10.7.0.1", "10.2.0." + random.nextInt(8), 1, Packets.counting(60)));
        }
    }

    private void wan(final byte[] packet) {
        steps.add(new Step(TwoRouters.WAN, RoutedFixture.frame(WAN, packet)));
    }

    int frames() {
        return (int) steps.stream().filter(step -> step.port >= 0).count();
    }

    List<byte[]> frameOctets() {
        return steps.stream().filter(step -> step.port >= 0).map(Step::frame).toList();
    }

    private static RoutedConfig config(final boolean up) {
        final RoutedConfig config = TwoRouters.tunnel(false, InterfaceKind.TUNNEL_GRE, 7, true, TwoRouters.FLOW);
        final List<InterfaceSpec> interfaces = new ArrayList<>(config.interfaces());
        interfaces.set(TwoRouters.TUNNEL, interfaces.get(TwoRouters.TUNNEL).withUp(up));
        final List<RouteSpec> routes = new ArrayList<>(config.routes());
        if (!up) {
            routes.add(RouteSpec.via("10.7.0.0/24", Sa.PEER));
        }
        return config.withInterfaces(interfaces).withRoutes(routes).withCryptoMap(up ? List.of() : List.of(new CryptoMapRule(TwoRouters.WAN, 6,
            TrafficSelector.between(IpPrefix.parse("10.2.0.0/24"), IpPrefix.parse("10.7.0.0/24")), CryptoMapRule.Action.PROTECT)));
    }

    /** A router that takes the stream, before its first step. */
    static RoutedFixture prepare(final RoutedFixture fixture) {
        return fixture.configure(config(true));
    }

    /** Runs all of it. */
    void run(final RoutedFixture fixture) {
        final List<RoutedSa> sas = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            final Step step = steps.get(i);
            if (step.port == -1) {
                change(fixture, sas, step.frame[0]);
            } else if (step.port == -2) {
                fixture.configure(config(step.frame[0] % 2 != 0));
            } else {
                fixture.time(i * 50_000L).offerFrame(step.port, step.frame);
            }
            if (step.port < 0) {
                // So that the change has the same place whoever turns the engines.
                fixture.router().flush();
            } else if (i % 40 == 39) {
                fixture.turn();
                fixture.punted();
            }
        }
        fixture.drain();
    }

    private static void change(final RoutedFixture fixture, final List<RoutedSa> sas, final int number) {
        sas.add(fixture.router().installInbound(spec(number), TwoRouters.FLOW, TwoRouters.TUNNEL));
        sas.add(fixture.router().installOutbound(Sa.spi(FIRST_SPI + 1 + 2 * number).reversed().transport().build(), TwoRouters.FLOW));
        if (sas.size() > 6) {
            fixture.router().retire(sas.removeFirst());
            fixture.router().retire(sas.removeFirst());
        }
    }
}
