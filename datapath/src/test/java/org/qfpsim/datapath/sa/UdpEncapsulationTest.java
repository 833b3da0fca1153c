package org.qfpsim.datapath.sa;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/** The UDP header in front of ESP (RFC 3948 section 2.1). */
class UdpEncapsulationTest {
    private static final int V4 = 20;
    private static final int V6 = 40;

    /** A host drops UDP over IPv6 whose checksum is zero (RFC 8200 section 8.1). */
    @Test
    void shouldHaveAChecksumOverIpv6() {
        try (Sender sender = new Sender(Sa.spi(1).v6().udp().build())) {
            for (int length = 0; length < 200; length++) {
                final byte[] packet = sender.wrap(Packets.ipv4("10.1.0.1", "10.2.0.1", 17, new byte[length]));
                assertThat(word(packet, V6 + 6)).as("%d octets", length).isNotZero();
                assertThat(sumWithPseudoHeader(packet)).as("%d octets", length).isEqualTo(0xffff);
            }
        }
    }

    @Test
    void shouldHaveNoneOverIpv4() {
        try (Sender sender = new Sender(Sa.spi(1).udp().build())) {
            assertThat(word(sender.wrap(Packets.ipv4("10.1.0.1", "10.2.0.1", 17, new byte[100])), V4 + 6)).isZero();
        }
    }

    /** RFC 8200 section 8.1: addresses, length, next header; then UDP, an odd octet at the end padded. */
    private static int sumWithPseudoHeader(final byte[] packet) {
        final int udp = packet.length - V6;
        long sum = udp + 17;
        for (int at = 8; at < V6; at += 2) {
            sum += word(packet, at);
        }
        for (int at = V6; at < packet.length; at += 2) {
            sum += at + 1 < packet.length ? word(packet, at) : (packet[at] & 0xff) << 8;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) sum;
    }

    private static int word(final byte[] packet, final int at) {
        return (packet[at] & 0xff) << 8 | packet[at + 1] & 0xff;
    }
}
