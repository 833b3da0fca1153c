package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.InjectCause;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.RoutedFixture;

/** One router between two networks: what comes in, what leaves by which port, and why the rest does not. */
class ForwardingTest {
    private static final MacAddress IN = RoutedFixture.mac(1, 0);
    private static final MacAddress OUT = RoutedFixture.mac(1, 1);
    private static final MacAddress HOST = RoutedFixture.mac(9, 1);
    private static final MacAddress GATEWAY = RoutedFixture.mac(9, 2);

    private final RoutedFixture router = new RoutedFixture();

    private static RoutedConfig config() {
        return RoutedConfig.of(List.of(
                InterfaceSpec.ethernet(0, "Gi0", IN, "10.1.0.1/24", "2001:db8:1::1/64"),
                InterfaceSpec.ethernet(1, "Gi1", OUT, "10.2.0.1/24", "2001:db8:2::1/64"),
                InterfaceSpec.loopback(2, "Lo0", "10.9.9.9/32"),
                InterfaceSpec.ethernet(3, "Gi3", RoutedFixture.mac(1, 3), "10.3.0.1/24").withUp(false),
                InterfaceSpec.ethernet(4, "Gi4", RoutedFixture.mac(1, 4)),
                InterfaceSpec.ethernet(5, "Gi5", RoutedFixture.mac(1, 5), "10.5.0.1/24")))
            .withRoutes(List.of(RouteSpec.via("172.16.0.0/12", "10.2.0.254"), RouteSpec.via("192.168.0.0/16", "172.16.3.4"),
                RouteSpec.null0("172.20.0.0/16"), RouteSpec.via("172.21.0.0/16", "10.3.0.2"), RouteSpec.null0("2001:db8:dead::/48"),
                RouteSpec.via("2001:db8:f::/48", "2001:db8:2::fe"), RouteSpec.via("198.51.100.0/24", "203.0.113.1")))
            .withAdjacencies(List.of(RoutedFixture.neighbour(1, "10.2.0.7", HOST), RoutedFixture.neighbour(1, "10.2.0.254", GATEWAY),
                RoutedFixture.neighbour(1, "2001:db8:2::fe", GATEWAY)));
    }

    @BeforeEach
    void configure() {
        router.configure(config());
    }

    @AfterEach
    void close() {
        router.close();
    }

    private static byte[] to(final String destination) {
        return Packets.ipv4("10.1.0.5", destination, 17, Packets.udp(5, 6, new byte[20]));
    }

    private static byte[] to6(final String destination) {
        return Packets.ipv6("2001:db8:1::5", destination, 17, Packets.udp(5, 6, new byte[20]));
    }

    private void expectForwarded(final byte[] packet, final MacAddress neighbour) {
        assertThat(router.verdict(0, IN, packet)).isEqualTo(Expect.FORWARD);
        final RoutedFixture.Sent sent = router.next();
        assertThat(sent.port()).isEqualTo(1);
        final byte[] wanted = packet.clone();
        final int ttl = packet[0] >> 4 == 4 ? 8 : 7;
        wanted[ttl]--;
        if (packet[0] >> 4 == 4) {
            Checksum.write(new UnsafeBuffer(wanted), 0, (wanted[0] & 15) << 2);
        }
        assertThat(sent.packet()).isEqualTo(wanted);
        assertThat(Arrays.copyOf(sent.frame(), 12)).isEqualTo(Packets.concat(octets(neighbour), octets(OUT)));
        assertThat(router.sent()).isEmpty();
    }

    private static byte[] octets(final MacAddress mac) {
        final byte[] octets = new byte[6];
        for (int i = 0; i < 6; i++) {
            octets[i] = (byte) (mac.bits() >>> 40 - 8 * i);
        }
        return octets;
    }

    @Test
    void shouldForwardToHostsAndOverGateways() {
        expectForwarded(to("10.2.0.7"), HOST);
        expectForwarded(to("172.16.3.4"), GATEWAY);
        expectForwarded(to("192.168.77.1"), GATEWAY);
        expectForwarded(to6("2001:db8:f::1"), GATEWAY);
        expectForwarded(Packets.ipv4("10.1.0.5", "10.2.0.7", 50, new byte[40]), HOST);
        assertThat(router.counters().total(Total.FORWARDED)).isEqualTo(5);
    }

    @Test
    void shouldSayWhyNot() {
        assertThat(router.verdict(0, IN, to("8.8.8.8"))).isEqualTo(Expect.drop(GlobalDrop.IPV4_NO_ROUTE));
        assertThat(router.verdict(0, IN, to("198.51.100.7"))).isEqualTo(Expect.drop(GlobalDrop.IPV4_NO_ROUTE));
        assertThat(router.verdict(0, IN, to6("2001:db8:9::1"))).isEqualTo(Expect.drop(GlobalDrop.IPV6_NO_ROUTE));
        assertThat(router.verdict(0, IN, to("172.20.1.1"))).isEqualTo(Expect.drop(GlobalDrop.IPV4_NULL0));
        assertThat(router.verdict(0, IN, to6("2001:db8:dead::1"))).isEqualTo(Expect.drop(GlobalDrop.IPV6_NULL0));
        assertThat(router.verdict(0, IN, to("172.21.0.1"))).as("over an interface that is down: the shorter route").isEqualTo(Expect.FORWARD);
        assertThat(router.verdict(7, IN, to("10.2.0.7"))).isEqualTo(Expect.drop(GlobalDrop.BAD_UIDB_IDX));
        assertThat(router.verdict(2, IN, to("10.2.0.7"))).isEqualTo(Expect.drop(GlobalDrop.BAD_UIDB_IDX));
        assertThat(router.verdict(3, RoutedFixture.mac(1, 3), to("10.2.0.7"))).isEqualTo(Expect.drop(GlobalDrop.DISABLED));
        assertThat(router.verdict(4, RoutedFixture.mac(1, 4), to("10.2.0.7"))).isEqualTo(Expect.drop(GlobalDrop.UIDB_NOT_CFGD));
        assertThat(router.verdict(5, RoutedFixture.mac(1, 5), to6("2001:db8:f::1"))).isEqualTo(Expect.drop(GlobalDrop.UNCONFIGURED_IPV6_FIA));
        assertThat(router.verdict(0, OUT, to("10.2.0.7"))).isEqualTo(Expect.drop(GlobalDrop.SW_MAC_FILTER));
        final byte[] tagged = Packets.ethernet(0x8100, Packets.tag(5, 0x0800, to("10.2.0.7")));
        System.arraycopy(octets(IN), 0, tagged, 0, 6);
        assertThat(router.verdictOfFrame(0, tagged)).isEqualTo(Expect.drop(GlobalDrop.BAD_UIDB_SUB_IDX));
        assertThat(router.verdict(0, IN, Packets.ipv4("127.0.0.1", "10.2.0.7", 17, new byte[8]))).isEqualTo(Expect.drop(GlobalDrop.IPV4_MARTIAN));
        assertThat(router.verdict(0, IN, to("239.1.1.1"))).isEqualTo(Expect.drop(GlobalDrop.IPV4MC_NO_ROUTE));
        assertThat(router.verdict(0, IN, to6("ff05::1"))).isEqualTo(Expect.drop(GlobalDrop.IPV6MC_NO_ROUTE));
    }

    @Test
    void shouldAskForAnIcmpErrorWithAnExcerpt() {
        final byte[] expired = Packets.checksummed(Packets.with(to("10.2.0.7"), 8, 1));
        assertThat(router.verdict(0, IN, expired)).isEqualTo(Expect.drop(GlobalDrop.IP_TTL_EXCEEDED));
        final byte[] big = Packets.checksummed(Packets.with(Packets.ipv4("10.1.0.5", "10.2.0.7", 17, new byte[1_600]), 6, 0x40));
        assertThat(router.verdict(0, IN, big)).isEqualTo(Expect.drop(GlobalDrop.IP_FRAG_ERR));
        assertThat(router.verdict(0, IN, Packets.ipv6("2001:db8:1::5", "2001:db8:f::1", 17, new byte[1_600])))
            .isEqualTo(Expect.drop(GlobalDrop.IPV6_TOOBIGPACKET));
        final List<RoutedFixture.Punted> excerpts = router.punted();
        assertThat(excerpts).extracting(excerpt -> excerpt.punt().icmp()).containsExactly(11 << 24, 3 << 24 | 4 << 16 | 1500, 2 << 24 | 1500);
        assertThat(excerpts).extracting(excerpt -> excerpt.octets().length).containsExactly(expired.length, 548, 1_232);
        assertThat(excerpts.getFirst().octets()).isEqualTo(expired);
        assertThat(router.punts(PuntCause.QFP_ICMP_GENERATED_PACKET)).isEqualTo(3);
        assertThat(router.counters().total(Total.PUNTED)).as("the packets were dropped").isZero();
    }

    @Test
    void shouldCutWhatIsTooBig() {
        final byte[] big = Packets.ipv4("10.1.0.5", "10.2.0.7", 17, Packets.counting(1_900));
        assertThat(router.verdict(0, IN, big)).isEqualTo(Expect.FORWARD);
        assertThat(router.sent()).hasSize(2).allMatch(sent -> sent.frame().length <= 1_514);
        assertThat(router.counters().total(Total.TRANSMITTED)).isEqualTo(2);
        final byte[] first = router.next().packet();
        final byte[] second = router.next().packet();
        assertThat(Packets.concat(Arrays.copyOfRange(first, 20, first.length), Arrays.copyOfRange(second, 20, second.length)))
            .isEqualTo(Packets.counting(1_900));
    }

    @Test
    void shouldSendUpWhatIsForTheRouter() {
        assertThat(router.verdict(0, IN, to("10.9.9.9"))).isEqualTo(Expect.punt(PuntCause.FOR_US_DATA));
        assertThat(router.verdict(0, IN, to("10.2.0.1"))).isEqualTo(Expect.punt(PuntCause.FOR_US_DATA));
        assertThat(router.verdict(0, IN, Packets.ipv4("10.1.0.5", "10.1.0.1", 17, Packets.udp(500, 500, new byte[28]))))
            .isEqualTo(Expect.punt(PuntCause.FOR_US_CONTROL));
        assertThat(router.verdict(0, IN, to("10.1.0.255"))).isEqualTo(Expect.punt(PuntCause.IP_SUBNET_OR_BROADCAST_PACKE));
        assertThat(router.verdict(0, MacAddress.BROADCAST, to("255.255.255.255"))).isEqualTo(Expect.punt(PuntCause.IP_SUBNET_OR_BROADCAST_PACKE));
        assertThat(router.verdict(0, IN, to6("ff02::1"))).isEqualTo(Expect.punt(PuntCause.FOR_US_CONTROL));
        final byte[] arp = Packets.ethernet(0x0806, new byte[28]);
        System.arraycopy(octets(MacAddress.BROADCAST), 0, arp, 0, 6);
        assertThat(router.verdictOfFrame(0, arp)).isEqualTo(Expect.punt(PuntCause.ARP_REQUEST_OR_RESPONSE));
        final List<RoutedFixture.Punted> up = router.punted();
        assertThat(up).extracting(punted -> punted.punt().interfaceIndex()).containsOnly(0);
        assertThat(up.getLast().punt().frame()).isTrue();
        assertThat(up.getLast().octets()).isEqualTo(arp);
        assertThat(up.getFirst().octets()).isEqualTo(to("10.9.9.9"));
    }

    @Test
    void shouldSendUpWhatWaitsForANeighbour() {
        assertThat(router.verdict(0, IN, to("10.2.0.99"))).isEqualTo(Expect.punt(PuntCause.GLEAN_ADJACENCY));
        router.configure(config().withAdjacencies(List.of()));
        assertThat(router.verdict(0, IN, to("172.16.3.4"))).isEqualTo(Expect.punt(PuntCause.INCOMPLETE_ADJACENCY));
        assertThat(router.punted()).extracting(punted -> punted.punt().nextHop())
            .containsExactly(IpAddress.parse("10.2.0.99"), IpAddress.parse("10.2.0.254"));
        assertThat(router.told()).extracting(Notification::kind, Notification::destination, Notification::interfaceIndex).containsExactly(
            tuple(Notification.Kind.NEIGHBOR_WANTED, IpAddress.parse("10.2.0.99"), 1),
            tuple(Notification.Kind.NEIGHBOR_WANTED, IpAddress.parse("10.2.0.254"), 1));
    }

    @Test
    void shouldSendWhatTheControlPlaneInjects() {
        final byte[] packet = Packets.ipv4("10.9.9.9", "172.16.3.4", 17, Packets.udp(500, 500, new byte[28]));
        assertThat(router.router().inject(new UnsafeBuffer(packet), 0, packet.length, 7)).isTrue();
        router.drain();
        assertThat(router.next().packet()).as("the TTL stays").isEqualTo(packet);
        final byte[] frame = Packets.ethernet(0x0806, new byte[28]);
        assertThat(router.router().injectFrame(1, new UnsafeBuffer(frame), 0, frame.length, 7)).isTrue();
        assertThat(router.router().injectFrame(3, new UnsafeBuffer(frame), 0, frame.length, 7)).isTrue();
        router.drain();
        assertThat(router.next().frame()).isEqualTo(frame);
        assertThat(router.drops(GlobalDrop.INJECT_ERR)).isEqualTo(1);
        assertThat(router.counters().injectTransmitted(InjectCause.QFP_DESTINATION_LOOKUP.id())).isEqualTo(1);
        assertThat(router.counters().injectReceived(InjectCause.ARP_REQUEST_OR_RESPONSE.id())).isEqualTo(2);
        assertThat(router.counters().injectTransmitted(InjectCause.ARP_REQUEST_OR_RESPONSE.id())).isEqualTo(1);
        final byte[] long6 = Packets.ipv4("10.9.9.9", "10.2.0.7", 17, Packets.counting(4_000));
        assertThat(router.router().inject(new UnsafeBuffer(long6), 0, long6.length, 7)).isTrue();
        router.drain();
        assertThat(router.sent()).hasSizeGreaterThan(2);
    }

    @Test
    void shouldReassembleWhatIsForTheRouter() {
        final byte[] packet = Packets.ipv4("10.1.0.5", "10.1.0.1", 17, Packets.udp(9, 9, Packets.counting(1_000)));
        final byte[] first = Packets.ipv4Fragment(Packets.ipv4("10.1.0.5", "10.1.0.1", 17, Arrays.copyOfRange(packet, 20, 520 + 4)), 1,
            Packets.MORE, 0);
        final byte[] second = Packets.ipv4Fragment(Packets.ipv4("10.1.0.5", "10.1.0.1", 17, Arrays.copyOfRange(packet, 524, packet.length)),
            1, 0, 504);
        router.offer(0, IN, first).offer(0, IN, second).drain();
        assertThat(router.punted()).singleElement().satisfies(up -> assertThat(Arrays.copyOfRange(up.octets(), 20, up.octets().length))
            .isEqualTo(Arrays.copyOfRange(packet, 20, packet.length)));
    }

    @Test
    void shouldTellOfUnknownSpisOncePerFlow() {
        for (int i = 0; i < 10; i++) {
            router.offer(0, IN, Packets.ipv4("10.1.0.5", "10.1.0.1", 50, new byte[] {0, 0, 1, 2, 0, 0, 0, 1, 0, 0, 0, 0}));
        }
        router.offer(0, IN, Packets.ipv4("10.1.0.5", "10.1.0.1", 17, Packets.udp(4501, 4500, new byte[] {0, 0, 1, 2, 0, 0, 0, 1}))).drain();
        assertThat(router.told()).extracting(Notification::kind, Notification::spi, Notification::count, Notification::protocol,
            Notification::sourcePort, Notification::interfaceIndex).containsExactly(
            tuple(Notification.Kind.UNKNOWN_SPI, 0x102, 10L, 50, 0, 0),
            tuple(Notification.Kind.UNKNOWN_SPI, 0x102, 1L, 17, 4501, 0));
    }
}
