package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.RoutedFixture;
import org.qfpsim.datapath.support.Sa;

/**
 * Two routers with a network behind each, and whatever tunnel the test wants between them.
 *
 * <pre>
 *   10.1.0.0/24 --(0) left (1)-- 20.1.1.2 === 20.1.1.1 --(1) right (0)-- 10.2.0.0/24
 * </pre>
 */
final class TwoRouters implements AutoCloseable {
    static final String LEFT = Sa.PEER;
    static final String RIGHT = Sa.US;
    static final int LAN = 0;
    static final int WAN = 1;
    static final int TUNNEL = 2;
    static final int FLOW = 5;

    final RoutedFixture left;
    final RoutedFixture right;
    final List<RoutedSa> installed = new ArrayList<>();

    TwoRouters() {
        this(PipelineFixture.config());
    }

    TwoRouters(final PipelineConfig config) {
        left = new RoutedFixture(config);
        right = new RoutedFixture(config);
    }

    /** The configuration of one of them without a tunnel. */
    static RoutedConfig plain(final boolean isLeft) {
        final int self = isLeft ? 1 : 2;
        final String lan = isLeft ? "10.1.0." : "10.2.0.";
        final String lan6 = isLeft ? "2001:db8:a::" : "2001:db8:b::";
        return RoutedConfig.of(List.of(
                InterfaceSpec.ethernet(LAN, "Gi0", RoutedFixture.mac(self, LAN), lan + "1/24", lan6 + "1/64"),
                InterfaceSpec.ethernet(WAN, "Gi1", RoutedFixture.mac(self, WAN), (isLeft ? LEFT : RIGHT) + "/24")))
            .withAdjacencies(List.of(RoutedFixture.neighbour(LAN, lan + "5", RoutedFixture.mac(9, self)),
                RoutedFixture.neighbour(LAN, lan6 + "5", RoutedFixture.mac(9, self)),
                RoutedFixture.neighbour(WAN, isLeft ? RIGHT : LEFT, RoutedFixture.mac(3 - self, WAN))));
    }

    /** With a tunnel interface and routes through it. */
    TwoRouters tunnels(final InterfaceKind kind, final long key, final boolean checksum, final int flow) {
        left.configure(tunnel(true, kind, key, checksum, flow));
        right.configure(tunnel(false, kind, key, checksum, flow));
        return this;
    }

    static RoutedConfig tunnel(final boolean isLeft, final InterfaceKind kind, final long key, final boolean checksum, final int flow) {
        final RoutedConfig plain = plain(isLeft);
        final boolean many = kind == InterfaceKind.TUNNEL_MGRE;
        final TunnelSpec outside = new TunnelSpec(address(isLeft ? LEFT : RIGHT), many ? null : address(isLeft ? RIGHT : LEFT), key,
            checksum, flow);
        final List<InterfaceSpec> interfaces = new ArrayList<>(plain.interfaces());
        interfaces.add(InterfaceSpec.tunnel(TUNNEL, "Tu0", kind, outside, 1400, "172.16.0." + (isLeft ? 1 : 2) + "/24",
            "2001:db8:c::" + (isLeft ? 1 : 2) + "/64"));
        final String peer = "172.16.0." + (isLeft ? 2 : 1);
        final String peer6 = "2001:db8:c::" + (isLeft ? 2 : 1);
        return plain.withInterfaces(interfaces)
            .withRoutes(List.of(RouteSpec.via(isLeft ? "10.2.0.0/24" : "10.1.0.0/24", peer),
                RouteSpec.via(isLeft ? "2001:db8:b::/64" : "2001:db8:a::/64", peer6)))
            .withNhrp(many ? List.of(new NhrpMapping(TUNNEL, address(peer), address(isLeft ? RIGHT : LEFT), flow),
                new NhrpMapping(TUNNEL, address(peer6), address(isLeft ? RIGHT : LEFT), flow)) : List.of());
    }

    static IpAddress address(final String text) {
        return IpAddress.parse(text);
    }

    /** With a crypto map on the outside of each. */
    TwoRouters cryptoMaps() {
        left.configure(cryptoMap(true));
        right.configure(cryptoMap(false));
        return this;
    }

    static RoutedConfig cryptoMap(final boolean isLeft) {
        final IpPrefix mine = IpPrefix.parse(isLeft ? "10.1.0.0/24" : "10.2.0.0/24");
        final IpPrefix theirs = IpPrefix.parse(isLeft ? "10.2.0.0/24" : "10.1.0.0/24");
        return plain(isLeft).withRoutes(List.of(RouteSpec.via("0.0.0.0/0", isLeft ? RIGHT : LEFT)))
            .withCryptoMap(List.of(new CryptoMapRule(WAN, FLOW, TrafficSelector.between(mine, theirs), CryptoMapRule.Action.PROTECT)));
    }

    /** A pair of SAs, one each way. */
    TwoRouters pair(final int spi, final SaSpec.Mode mode, final int interfaceIndex, final TrafficSelector... selectors) {
        installed.add(right.router().installInbound(Sa.spi(spi).mode(mode).selectors(selectors).build(), FLOW, interfaceIndex));
        installed.add(left.router().installInbound(Sa.spi(spi + 1).reversed().mode(mode).build(), FLOW, interfaceIndex));
        installed.add(left.router().installOutbound(Sa.spi(spi).mode(mode).build(), FLOW));
        installed.add(right.router().installOutbound(Sa.spi(spi + 1).reversed().mode(mode).build(), FLOW));
        return this;
    }

    static byte[] rightwards(final int payload) {
        return Packets.ipv4("10.1.0.5", "10.2.0.5", 17, Packets.udp(5, 6, Packets.counting(payload)));
    }

    static byte[] leftwards(final int payload) {
        return Packets.ipv4("10.2.0.5", "10.1.0.5", 17, Packets.udp(5, 6, Packets.counting(payload)));
    }

    static byte[] rightwards6(final int payload) {
        return Packets.ipv6("2001:db8:a::5", "2001:db8:b::5", 17, Packets.udp(5, 6, Packets.counting(payload)));
    }

    /** Sends a packet from the left network to the right one, and expects that it comes out whole, two hops later. */
    List<byte[]> expectAcross(final byte[] packet) {
        left.offer(LAN, RoutedFixture.mac(1, LAN), packet).drain();
        final List<byte[]> between = left.sent().stream().filter(sent -> sent.port() == WAN).map(RoutedFixture.Sent::packet).toList();
        RoutedFixture.link(left, WAN, right, WAN);
        assertThat(right.sent()).as("came out: %s, %s", left.recorder().events(), right.recorder().events()).hasSize(1);
        final byte[] wanted = packet.clone();
        final int ttl = packet[0] >> 4 == 4 ? 8 : 7;
        wanted[ttl] -= 2;
        assertThat(right.next().packet()).isEqualTo(packet[0] >> 4 == 4 ? Packets.checksummed(wanted) : wanted);
        return between;
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
