package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.datapath.route.PortCounters.Column;
import org.qfpsim.datapath.support.RoutedFixture;

/** What interfaces count, beside packets and octets of Ethernet: groups, times, and what passes inside of tunnels. */
class PortCountersTest {
    private static final int ETHERNET = 14;

    private static long count(final RoutedFixture router, final int port, final Column column) {
        return router.router().portCounters(port).get(column);
    }

    @ParameterizedTest
    @EnumSource(value = InterfaceKind.class, names = {"TUNNEL_GRE", "TUNNEL_MGRE"})
    void shouldCountWhatATunnelCarries(final InterfaceKind kind) {
        try (TwoRouters routers = new TwoRouters().tunnels(kind, 3, false, RoutedConfig.NO_FLOW)) {
            long octets = 0;
            for (int size = 100; size < 110; size++) {
                final byte[] packet = size % 2 == 0 ? TwoRouters.rightwards(size) : TwoRouters.rightwards6(size);
                octets += packet.length;
                routers.left.time(size);
                routers.right.time(size + 1_000);
                routers.expectAcross(packet);
            }
            assertThat(count(routers.left, TwoRouters.TUNNEL, Column.TX_PACKETS)).isEqualTo(10);
            assertThat(count(routers.left, TwoRouters.TUNNEL, Column.TX_OCTETS)).isEqualTo(octets);
            assertThat(count(routers.left, TwoRouters.TUNNEL, Column.TX_NANOS)).isEqualTo(109);
            assertThat(count(routers.left, TwoRouters.TUNNEL, Column.RX_PACKETS)).isZero();
            assertThat(count(routers.right, TwoRouters.TUNNEL, Column.RX_PACKETS)).isEqualTo(10);
            assertThat(count(routers.right, TwoRouters.TUNNEL, Column.RX_OCTETS)).isEqualTo(octets);
            assertThat(count(routers.right, TwoRouters.TUNNEL, Column.RX_NANOS)).isEqualTo(1_109);
            assertThat(count(routers.left, TwoRouters.LAN, Column.RX_OCTETS)).isEqualTo(octets + 10 * ETHERNET);
            assertThat(count(routers.left, TwoRouters.WAN, Column.TX_NANOS)).isEqualTo(109);
            assertThat(count(routers.right, TwoRouters.LAN, Column.TX_OCTETS)).isEqualTo(octets + 10 * ETHERNET);
        }
    }

    @Test
    void shouldTellWhomFramesAreFor() {
        try (RoutedFixture router = new RoutedFixture().configure(TwoRouters.plain(true))) {
            final byte[] packet = TwoRouters.rightwards(50);
            router.offer(TwoRouters.LAN, RoutedFixture.mac(1, TwoRouters.LAN), packet);
            router.offer(TwoRouters.LAN, MacAddress.BROADCAST, packet);
            router.offer(TwoRouters.LAN, MacAddress.parse("0100.5e00.0001"), packet);
            router.offer(TwoRouters.LAN, MacAddress.parse("3333.0000.0001"), packet);
            router.offerFrame(TwoRouters.LAN, new byte[] {1, 2, 3});
            router.drain();
            assertThat(count(router, TwoRouters.LAN, Column.RX_PACKETS)).isEqualTo(5);
            assertThat(count(router, TwoRouters.LAN, Column.RX_BROADCASTS)).isEqualTo(1);
            assertThat(count(router, TwoRouters.LAN, Column.RX_MULTICASTS)).isEqualTo(2);
            assertThat(count(router, TwoRouters.LAN, Column.RX_SHORT)).isEqualTo(1);
        }
    }
}
