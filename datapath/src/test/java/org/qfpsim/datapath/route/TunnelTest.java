package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.pipeline.OutboundOptions;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.RoutedFixture;
import org.qfpsim.datapath.support.Sa;

/** Packets through every kind of tunnel between two routers, clear and protected, and what is refused. */
class TunnelTest {
    private static final MacAddress LEFT_LAN = RoutedFixture.mac(1, TwoRouters.LAN);
    private static final MacAddress RIGHT_WAN = RoutedFixture.mac(2, TwoRouters.WAN);
    private static final int NO_FLOW = RoutedConfig.NO_FLOW;

    @ParameterizedTest
    @CsvSource({"TUNNEL_GRE,-1,false,24", "TUNNEL_GRE,7,false,28", "TUNNEL_GRE,4294967295,true,32", "TUNNEL_MGRE,9,false,28",
        "TUNNEL_MGRE,-1,true,28"})
    void shouldCarryPacketsInGre(final InterfaceKind kind, final long key, final boolean checksum, final int overhead) {
        try (TwoRouters routers = new TwoRouters().tunnels(kind, key, checksum, NO_FLOW)) {
            final byte[] packet = TwoRouters.rightwards(101);
            final List<byte[]> between = routers.expectAcross(packet);
            assertThat(between).singleElement().satisfies(gre -> {
                assertThat(gre).hasSize(packet.length + overhead);
                assertThat(gre[9]).isEqualTo((byte) 47);
                assertThat(gre[20] & 0xff).isEqualTo((checksum ? 0x80 : 0) | (key < 0 ? 0 : 0x20));
            });
            routers.expectAcross(TwoRouters.rightwards6(100));
            final byte[] big = TwoRouters.rightwards(1_380);
            routers.left.offer(TwoRouters.LAN, LEFT_LAN, big).drain();
            assertThat(routers.left.sent()).as("cut at the tunnel's ip mtu").hasSize(2);
            RoutedFixture.link(routers.left, TwoRouters.WAN, routers.right, TwoRouters.WAN);
            assertThat(routers.right.sent()).hasSize(2);
            final byte[] df = Packets.checksummed(Packets.with(big, 6, 0x40));
            assertThat(routers.left.verdict(TwoRouters.LAN, LEFT_LAN, df)).isEqualTo(Expect.drop(GlobalDrop.IP_FRAG_ERR));
            assertThat(routers.left.punted()).extracting(punted -> punted.punt().icmp()).containsExactly(3 << 24 | 4 << 16 | 1_400);
        }
    }

    @ParameterizedTest
    @CsvSource({"TUNNEL_GRE,TRANSPORT", "TUNNEL_GRE,TUNNEL", "TUNNEL_MGRE,TRANSPORT", "TUNNEL_MGRE,TUNNEL", "TUNNEL_IPSEC,TUNNEL"})
    void shouldCarryPacketsInProtectedTunnels(final InterfaceKind kind, final SaSpec.Mode mode) {
        try (TwoRouters routers = new TwoRouters().tunnels(kind, kind.isGre() ? 3 : -1, false, TwoRouters.FLOW)
            .pair(0x100, mode, TwoRouters.TUNNEL)) {
            final List<byte[]> between = routers.expectAcross(TwoRouters.rightwards(100));
            assertThat(between).singleElement().satisfies(esp -> assertThat(esp[9]).isEqualTo((byte) 50));
            routers.expectAcross(TwoRouters.rightwards6(100));
            for (int size = 1_300; size < 1_372; size += 7) {
                routers.expectAcross(TwoRouters.rightwards(size));
            }
            assertThat(routers.right.counters().total(Total.ESP_OPENED)).isEqualTo(13);
            final RoutedSa in = routers.installed.getFirst();
            assertThat(in.packets()).isEqualTo(13);
            assertThat(in.lastUsedNanos()).isZero();
            assertThat(routers.installed.get(2).sequence()).isEqualTo(13);
            assertThat(routers.installed.get(1).lastUsedNanos()).isEqualTo(RoutedSa.NEVER);
        }
    }

    @Test
    void shouldCutBeforeEncryptionSoThatTheVtiPeerNeedNotReassemble() {
        try (TwoRouters routers = new TwoRouters()) {
            final RoutedConfig vti = TwoRouters.tunnel(true, InterfaceKind.TUNNEL_IPSEC, -1, false, TwoRouters.FLOW);
            final List<InterfaceSpec> interfaces = new ArrayList<>(vti.interfaces());
            interfaces.set(TwoRouters.TUNNEL, InterfaceSpec.tunnel(TwoRouters.TUNNEL, "Tu0", InterfaceKind.TUNNEL_IPSEC,
                Objects.requireNonNull(interfaces.get(TwoRouters.TUNNEL).tunnel()), 1_500, "172.16.0.1/24"));
            routers.tunnels(InterfaceKind.TUNNEL_IPSEC, -1, false, TwoRouters.FLOW).pair(0x100, SaSpec.Mode.TUNNEL, TwoRouters.TUNNEL);
            routers.left.configure(vti.withInterfaces(interfaces));
            routers.left.offer(TwoRouters.LAN, LEFT_LAN, TwoRouters.rightwards(1_460));
            RoutedFixture.link(routers.left, TwoRouters.WAN, routers.right, TwoRouters.WAN);
            assertThat(routers.right.sent()).hasSize(2);
            assertThat(routers.right.counters().total(Total.REASSEMBLED)).isZero();
            final byte[] df = Packets.checksummed(Packets.with(TwoRouters.rightwards(1_460), 6, 0x40));
            assertThat(routers.left.verdict(TwoRouters.LAN, LEFT_LAN, df)).isEqualTo(Expect.drop(IpsecDrop.OUT_CANNOT_FRAG_DF_SET_PKT));
            assertThat(routers.left.punted()).extracting(punted -> punted.punt().icmp() & 0xffff).containsExactly(1_446);
        }
    }

    @Test
    void shouldProtectWhatTheCryptoMapSelects() {
        final TrafficSelector selector = TrafficSelector.between(IpPrefix.parse("10.1.0.0/24"), IpPrefix.parse("10.2.0.0/24"));
        try (TwoRouters routers = new TwoRouters().cryptoMaps().pair(0x100, SaSpec.Mode.TUNNEL, NO_FLOW, selector)) {
            assertThat(routers.expectAcross(TwoRouters.rightwards(100)).getFirst()[9]).isEqualTo((byte) 50);
            // Beside the access list: in clear.
            final byte[] beside = Packets.ipv4("10.1.0.5", TwoRouters.RIGHT, 1, new byte[8]);
            routers.left.offer(TwoRouters.LAN, LEFT_LAN, beside);
            RoutedFixture.link(routers.left, TwoRouters.WAN, routers.right, TwoRouters.WAN);
            assertThat(routers.right.punted()).hasSize(1);
            // What the peer should have protected.
            assertThat(routers.right.verdict(TwoRouters.WAN, RIGHT_WAN, TwoRouters.rightwards(9)))
                .isEqualTo(Expect.drop(IpsecDrop.IN_TRANS_CL_V4_PKT_FAILED_POLICY));
            assertThat(routers.right.verdict(TwoRouters.WAN, RIGHT_WAN, Packets.ipv4("10.1.0.5", "10.2.0.1", 1, new byte[8])))
                .isEqualTo(Expect.drop(IpsecDrop.IN_US_CL_V4_PKT_FAILED_POLICY));
            assertThat(routers.right.told()).extracting(Notification::kind)
                .containsExactly(Notification.Kind.NOT_PROTECTED, Notification.Kind.NOT_PROTECTED);
            // IKE of its own passes a crypto map that wants everything.
            routers.left.configure(TwoRouters.cryptoMap(true).withCryptoMap(List.of(new CryptoMapRule(TwoRouters.WAN, 6,
                TrafficSelector.between(IpPrefix.any(false), IpPrefix.any(false)), CryptoMapRule.Action.PROTECT))));
            final byte[] ike = Packets.ipv4(TwoRouters.LEFT, TwoRouters.RIGHT, 17, Packets.udp(500, 500, new byte[28]));
            assertThat(routers.left.router().inject(new UnsafeBuffer(ike), 0, ike.length, 0)).isTrue();
            assertThat(routers.left.drain().next().packet()).isEqualTo(ike);
        }
    }

    /** What an interface says about DF and fragmentation goes before what the router says, for what it protects, in this direction. */
    @Test
    void shouldSealAsTheInterfaceSays() {
        try (TwoRouters routers = new TwoRouters().cryptoMaps().pair(0x100, SaSpec.Mode.TUNNEL, NO_FLOW)) {
            final byte[] small = Packets.checksummed(Packets.with(TwoRouters.rightwards(100), 6, 0x40));
            final byte[] big = TwoRouters.rightwards(1_460);
            assertThat(sealed(routers, InterfaceSpec.Sealing.AS_THE_ROUTER, small)).extracting(esp -> esp[6] & 0x40).containsExactly(0x40);
            assertThat(sealed(routers, new InterfaceSpec.Sealing(OutboundOptions.DfBit.CLEAR, null), small))
                .extracting(esp -> esp[6] & 0x40).containsExactly(0);
            assertThat(sealed(routers, new InterfaceSpec.Sealing(OutboundOptions.DfBit.SET, null), big))
                .as("each part is an ESP packet with DF").extracting(esp -> esp[6] & 0xff).containsExactly(0x40, 0x40);
            assertThat(sealed(routers, new InterfaceSpec.Sealing(null, OutboundOptions.Fragmentation.AFTER_ENCRYPTION), big))
                .as("one ESP packet in two fragments").extracting(esp -> esp[6] & 0x20).containsExactly(0x20, 0);
        }
    }

    private static List<byte[]> sealed(final TwoRouters routers, final InterfaceSpec.Sealing sealing, final byte[] packet) {
        final RoutedConfig config = TwoRouters.cryptoMap(true);
        routers.left.configure(config.withInterfaces(config.interfaces().stream()
            .map(each -> each.index() == TwoRouters.WAN ? each.withSealing(sealing) : each).toList()));
        routers.left.offer(TwoRouters.LAN, LEFT_LAN, packet).drain();
        final List<byte[]> sent = routers.left.sent().stream().map(RoutedFixture.Sent::packet).toList();
        routers.left.sent().clear();
        return sent;
    }

    @Test
    void shouldAskForAnSaAndNameTheFlow() {
        try (TwoRouters routers = new TwoRouters().cryptoMaps()) {
            for (int i = 0; i < 3; i++) {
                assertThat(routers.left.verdict(TwoRouters.LAN, LEFT_LAN, TwoRouters.rightwards(9)))
                    .isEqualTo(Expect.drop(IpsecDrop.OUT_V4_PKT_HIT_IKE_START_SP));
            }
            assertThat(routers.left.told()).singleElement().satisfies(wanted -> {
                assertThat(wanted.kind()).isEqualTo(Notification.Kind.NO_SA);
                assertThat(wanted.flow()).isEqualTo(TwoRouters.FLOW);
                assertThat(wanted.count()).isEqualTo(3);
                assertThat(wanted.source()).isEqualTo(TwoRouters.address("10.1.0.5"));
                assertThat(wanted.destination()).isEqualTo(TwoRouters.address("10.2.0.5"));
            });
        }
    }

    @Test
    void shouldRefuseWhatShouldHaveComeThroughTheSa() {
        final byte[] clear;
        try (TwoRouters routers = new TwoRouters().tunnels(InterfaceKind.TUNNEL_GRE, 3, false, NO_FLOW)) {
            clear = routers.expectAcross(TwoRouters.rightwards(100)).getFirst();
            assertThat(routers.right.verdict(TwoRouters.WAN, RIGHT_WAN, Packets.with(clear, 27, 4)))
                .as("another key").isEqualTo(Expect.drop(GlobalDrop.FOR_US));
            assertThat(routers.right.verdict(TwoRouters.WAN, RIGHT_WAN, Packets.with(clear, 20, 0x60)))
                .isEqualTo(Expect.drop(GlobalDrop.GRE_BAD_OPTIONS));
            assertThat(routers.right.verdict(TwoRouters.WAN, RIGHT_WAN, Packets.with(clear, 22, 0x99)))
                .isEqualTo(Expect.drop(GlobalDrop.UNKNOWN_ENCAP));
        }
        try (TwoRouters routers = new TwoRouters().tunnels(InterfaceKind.TUNNEL_GRE, 3, false, TwoRouters.FLOW)
            .pair(0x100, SaSpec.Mode.TRANSPORT, TwoRouters.TUNNEL)) {
            assertThat(routers.right.verdict(TwoRouters.WAN, RIGHT_WAN, clear))
                .isEqualTo(Expect.drop(IpsecDrop.IN_US_CL_V4_PKT_FAILED_POLICY));
        }
        // Out of the SA of a GRE tunnel comes only GRE.
        try (TwoRouters routers = new TwoRouters().tunnels(InterfaceKind.TUNNEL_GRE, 3, false, TwoRouters.FLOW)) {
            routers.left.configure(TwoRouters.cryptoMap(true));
            routers.pair(0x100, SaSpec.Mode.TUNNEL, TwoRouters.TUNNEL);
            routers.left.offer(TwoRouters.LAN, LEFT_LAN, TwoRouters.rightwards(100));
            RoutedFixture.link(routers.left, TwoRouters.WAN, routers.right, TwoRouters.WAN);
            assertThat(routers.right.drops(IpsecDrop.IN_V4_POST_INPUT_POLICY_FAIL)).isEqualTo(1);
        }
    }

    @Test
    void shouldCheckTheGreChecksum() {
        try (TwoRouters routers = new TwoRouters().tunnels(InterfaceKind.TUNNEL_GRE, -1, true, NO_FLOW)) {
            final byte[] gre = routers.expectAcross(TwoRouters.rightwards(101)).getFirst();
            assertThat(routers.right.verdict(TwoRouters.WAN, RIGHT_WAN, Packets.damaged(gre, -1)))
                .isEqualTo(Expect.drop(GlobalDrop.TUNNEL_BAD_GRE_CHECKSUM));
        }
    }

    @Test
    void shouldCarryNhrpThroughTheSa() {
        try (TwoRouters routers = new TwoRouters().tunnels(InterfaceKind.TUNNEL_MGRE, 9, false, TwoRouters.FLOW)
            .pair(0x100, SaSpec.Mode.TRANSPORT, TwoRouters.TUNNEL)) {
            final byte[] nhrp = Packets.counting(40);
            assertThat(routers.left.router().injectTunnel(TwoRouters.TUNNEL, TwoRouters.address(TwoRouters.RIGHT), NO_FLOW, 0x2001,
                new UnsafeBuffer(nhrp), 0, nhrp.length, 0)).isTrue();
            RoutedFixture.link(routers.left, TwoRouters.WAN, routers.right, TwoRouters.WAN);
            assertThat(routers.right.punted()).singleElement().satisfies(up -> {
                assertThat(up.punt().cause()).isEqualTo(PuntCause.FOR_US_CONTROL.id());
                assertThat(up.punt().interfaceIndex()).isEqualTo(TwoRouters.TUNNEL);
                assertThat(Arrays.copyOfRange(up.octets(), 28, up.octets().length)).isEqualTo(nhrp);
                assertThat(up.octets()[1]).as("class selector 6").isEqualTo((byte) 0xc0);
            });
            assertThat(routers.right.counters().puntConformed(PuntCause.FOR_US_CONTROL.id(), true)).isEqualTo(1);
            // No mapping: the control plane is asked for the next hop.
            routers.left.configure(TwoRouters.tunnel(true, InterfaceKind.TUNNEL_MGRE, 9, false, TwoRouters.FLOW).withNhrp(List.of()));
            assertThat(routers.left.verdict(TwoRouters.LAN, LEFT_LAN, TwoRouters.rightwards(9))).isEqualTo(Expect.drop(GlobalDrop.IPV4_NO_ADJ));
            assertThat(routers.left.told()).extracting(Notification::kind, Notification::destination)
                .containsExactly(tuple(Notification.Kind.NEIGHBOR_WANTED, TwoRouters.address("172.16.0.2")));
        }
    }

    @Test
    void shouldNotFollowATunnelThroughItself() {
        try (TwoRouters routers = new TwoRouters().tunnels(InterfaceKind.TUNNEL_GRE, -1, false, NO_FLOW)) {
            routers.left.configure(TwoRouters.tunnel(true, InterfaceKind.TUNNEL_GRE, -1, false, NO_FLOW).withRoutes(
                List.of(RouteSpec.via("10.2.0.0/24", "172.16.0.2"), RouteSpec.through(TwoRouters.RIGHT + "/32", TwoRouters.TUNNEL))));
            assertThat(routers.left.verdict(TwoRouters.LAN, LEFT_LAN, TwoRouters.rightwards(9)))
                .isEqualTo(Expect.drop(GlobalDrop.TUNNEL_MISCONFIGURATION));
        }
    }

    @Test
    void shouldLoseNothingWhenSasAreReplacedUnderTraffic() {
        try (TwoRouters routers = new TwoRouters().cryptoMaps().pair(0x100, SaSpec.Mode.TUNNEL, NO_FLOW)) {
            for (int round = 1; round <= 5; round++) {
                for (int i = 0; i < 20; i++) {
                    // Offered, not yet worked on, when the SA changes: the old one is theirs.
                    routers.left.offer(TwoRouters.LAN, LEFT_LAN, TwoRouters.rightwards(i));
                }
                final List<RoutedSa> before = List.copyOf(routers.installed);
                routers.installed.clear();
                routers.pair(0x100 + 2 * round, SaSpec.Mode.TUNNEL, NO_FLOW);
                routers.left.router().retire(before.get(2));
                for (int i = 0; i < 20; i++) {
                    routers.left.offer(TwoRouters.LAN, LEFT_LAN, TwoRouters.rightwards(i));
                }
                RoutedFixture.link(routers.left, TwoRouters.WAN, routers.right, TwoRouters.WAN);
                assertThat(before.get(2).packets()).isEqualTo(round == 1 ? 20 : 40);
                assertThat(routers.installed.get(2).packets()).isEqualTo(20);
                routers.right.router().retire(before.getFirst());
                routers.left.router().reclaim();
                routers.right.drain().router().reclaim();
            }
            assertThat(routers.right.sent()).hasSize(200);
            assertThat(routers.right.counters().dropped() + routers.left.counters().dropped()).isZero();
            routers.left.router().retire(routers.installed.get(2));
            assertThat(routers.left.verdict(TwoRouters.LAN, LEFT_LAN, TwoRouters.rightwards(9)))
                .isEqualTo(Expect.drop(IpsecDrop.OUT_V4_PKT_HIT_IKE_START_SP));
        }
    }

    @Test
    void shouldTellOfExpiryAndOverflow() {
        try (TwoRouters routers = new TwoRouters().cryptoMaps()) {
            final RoutedSa limited = routers.left.router().installOutbound(Sa.spi(0x100).lifetime(150, 300, Long.MAX_VALUE).build(), TwoRouters.FLOW);
            for (int i = 0; i < 4; i++) {
                routers.left.offer(TwoRouters.LAN, LEFT_LAN, TwoRouters.rightwards(100));
            }
            routers.left.drain();
            assertThat(routers.left.told()).extracting(Notification::kind, Notification::flow, Notification::spi, Notification::count)
                .containsExactly(tuple(Notification.Kind.SOFT_EXPIRY, TwoRouters.FLOW, 0x100, 1L),
                    tuple(Notification.Kind.HARD_EXPIRY, TwoRouters.FLOW, 0x100, 1L));
            assertThat(routers.left.drops(IpsecDrop.OUT_HARD_EXPIRY)).isEqualTo(1);
            routers.left.router().installOutbound(Sa.spi(0x101).initial(0xffff_fffdL).build(), TwoRouters.FLOW);
            routers.left.router().retire(limited);
            for (int i = 0; i < 4; i++) {
                routers.left.offer(TwoRouters.LAN, LEFT_LAN, TwoRouters.rightwards(100));
            }
            routers.left.drain();
            assertThat(routers.left.told()).extracting(Notification::kind, Notification::count)
                .containsExactly(tuple(Notification.Kind.SEQUENCE_OVERFLOW, 3L));
            assertThat(routers.left.drops(IpsecDrop.OUT_DETECT_SEQ_OVEFLOW)).isEqualTo(2);
        }
    }
}
