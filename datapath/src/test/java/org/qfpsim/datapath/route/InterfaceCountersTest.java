package org.qfpsim.datapath.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.route.PortCounters.Column;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.RoutedFixture;

/** What interfaces count, against what the test has sent and seen leave. */
class InterfaceCountersTest {
    private static final MacAddress IN = RoutedFixture.mac(1, 0);
    private static final int ETHERNET = 14;

    private final RoutedFixture router = new RoutedFixture();

    @BeforeEach
    void configure() {
        router.configure(RoutedConfig.of(List.of(InterfaceSpec.ethernet(0, "Gi0", IN, "10.1.0.1/24", "2001:db8:1::1/64"),
                InterfaceSpec.ethernet(1, "Gi1", RoutedFixture.mac(1, 1), "10.2.0.1/24", "2001:db8:2::1/64")))
            .withAdjacencies(List.of(RoutedFixture.neighbour(1, "10.2.0.7", RoutedFixture.mac(9, 1)),
                RoutedFixture.neighbour(1, "2001:db8:2::7", RoutedFixture.mac(9, 1)))));
    }

    @AfterEach
    void close() {
        router.close();
    }

    private static byte[] packet(final String destination, final int precedence, final int payload) {
        final boolean v6 = destination.indexOf(':') >= 0;
        final byte[] udp = Packets.udp(5, 6, new byte[payload]);
        if (v6) {
            final byte[] packet = Packets.ipv6("2001:db8:1::5", destination, 17, udp);
            packet[0] = (byte) (6 << 4 | precedence << 1);
            return packet;
        }
        final byte[] packet = Packets.ipv4("10.1.0.5", destination, 17, udp);
        packet[1] = (byte) (precedence << 5);
        Checksum.write(new UnsafeBuffer(packet), 0, 20);
        return packet;
    }

    private long count(final int port, final Column column) {
        return router.router().portCounters(port).get(column);
    }

    @Test
    void shouldCountWhatComesAndGoes() {
        final long seed = 20_261_126;
        final Random random = new Random(seed);
        long octets = 0;
        long priority = 0;
        long priorityOctets = 0;
        long lost = 0;
        long lostOctets = 0;
        final int most = 500;
        for (int i = 0; i < most; i++) {
            final boolean v6 = random.nextBoolean();
            final boolean noRoute = random.nextInt(4) == 0;
            final int precedence = random.nextInt(8);
            final byte[] packet = packet(v6 ? noRoute ? "2001:db8:9::1" : "2001:db8:2::7" : noRoute ? "8.8.8.8" : "10.2.0.7", precedence,
                random.nextInt(1000));
            router.verdict(0, IN, packet);
            octets += packet.length + ETHERNET;
            lost += noRoute ? 1 : 0;
            lostOctets += noRoute ? packet.length + ETHERNET : 0;
            if (precedence >= 6) {
                priority++;
                priorityOctets += packet.length + ETHERNET;
            }
        }
        assertThat(count(0, Column.RX_PACKETS)).as("seed " + seed).isEqualTo(most);
        assertThat(count(0, Column.RX_OCTETS)).isEqualTo(octets);
        assertThat(count(0, Column.RX_PRIORITY_PACKETS)).isEqualTo(priority).isPositive();
        assertThat(count(0, Column.RX_PRIORITY_OCTETS)).isEqualTo(priorityOctets);
        assertThat(count(0, Column.RX_DROPS)).isEqualTo(lost).isEqualTo(router.counters().dropped());
        assertThat(count(1, Column.TX_PACKETS)).isEqualTo(most - lost).isEqualTo(router.counters().total(Total.TRANSMITTED));
        assertThat(count(1, Column.TX_OCTETS)).isEqualTo(octets - lostOctets);
        assertThat(count(1, Column.TX_DROPS)).isZero();
        assertThat(count(0, Column.TX_PACKETS)).isZero();
    }

    @Test
    void shouldCountTheWayToTheControlPlane() {
        router.verdict(0, IN, packet("10.1.0.1", 6, 10));
        router.verdict(0, IN, packet("10.1.0.1", 0, 10));
        assertThat(count(RoutedConfig.NO_INTERFACE, Column.TX_PACKETS)).isEqualTo(2);
        assertThat(count(RoutedConfig.NO_INTERFACE, Column.TX_PRIORITY_PACKETS)).isEqualTo(1);
        assertThat(count(RoutedConfig.NO_INTERFACE, Column.TX_OCTETS)).isEqualTo(2 * (20 + 8 + 10));
    }

    @Test
    void shouldKeepCountsWhenTheConfigurationChanges() {
        router.verdict(0, IN, packet("10.2.0.7", 0, 10));
        configure();
        router.configure(RoutedConfig.of(List.of(InterfaceSpec.ethernet(0, "Gi0", IN, "10.1.0.1/24").withUp(false))));
        router.verdict(0, IN, packet("10.2.0.7", 0, 10));
        assertThat(count(0, Column.RX_PACKETS)).isEqualTo(2);
        assertThat(count(0, Column.RX_DROPS)).isEqualTo(1);
    }
}
