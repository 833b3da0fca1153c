package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.packet.IpAddress;

class UdpPacketTest {
    private static final long SEED = 5;

    @Test
    void shouldMarkWhatRoutersSayToEachOther() {
        final UdpPacket v4 = new UdpPacket(IpAddress.parse("10.0.0.1"), 500, IpAddress.parse("10.0.0.2"), 500, new byte[3]);
        assertThat(v4.octets(7, UdpPacket.NETWORK_CONTROL)).startsWith(0x45, 0xc0);
        assertThat(UdpPacket.parse(v4.octets(7, UdpPacket.NETWORK_CONTROL))).isPresent();
        final UdpPacket v6 = new UdpPacket(IpAddress.parse("2001:db8::1"), 500, IpAddress.parse("2001:db8::2"), 500, new byte[3]);
        assertThat(v6.octets(7, UdpPacket.NETWORK_CONTROL)).startsWith(0x6c, 0x00, 0x00, 0x00);
        assertThat(v6.octets(7)).startsWith(0x60, 0x00);
    }

    @Test
    void shouldWriteIpv4WithChecksums() {
        // Computed by hand from RFC 791 and RFC 768: the sums of all 16-bit words are ffff.
        final byte[] octets = new UdpPacket(IpAddress.parse("10.0.0.1"), 500, IpAddress.parse("10.0.0.2"), 500, new byte[] {1, 2, 3})
            .octets(7);
        assertThat(HexFormat.of().formatHex(octets)).startsWith("4500001f00070000ff11" + "a7c4" + "0a0000010a00000201f401f4000b");
        assertThat(words(octets, 0, 20)).isEqualTo(0xffff);
        assertThat(fold(words(octets, 12, octets.length) + 17 + 11)).isEqualTo(0xffff);
    }

    @Test
    void shouldWriteIpv6WithChecksum() {
        final byte[] octets = new UdpPacket(IpAddress.parse("2001:db8::1"), 4500, IpAddress.parse("2001:db8::2"), 4500, new byte[50])
            .octets(0);
        assertThat(octets).hasSize(98);
        assertThat(fold(words(octets, 8, octets.length) + 17 + 58)).isEqualTo(0xffff);
    }

    private static int words(final byte[] octets, final int from, final int to) {
        long sum = 0;
        for (int i = from; i < to; i += 2) {
            sum += (octets[i] & 255) << 8 | (i + 1 < to ? octets[i + 1] & 255 : 0);
        }
        return fold(sum);
    }

    private static int fold(final long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }

    @Test
    void shouldReadWhatItWrites() {
        final Random random = new Random(SEED);
        for (int i = 0; i < 1000; i++) {
            final boolean v6 = random.nextBoolean();
            final byte[] payload = new byte[random.nextInt(200)];
            random.nextBytes(payload);
            final UdpPacket packet = new UdpPacket(address(random, v6), random.nextInt(65536), address(random, v6), random.nextInt(65536),
                payload);
            final UdpPacket read = UdpPacket.parse(packet.octets(i)).orElseThrow();
            assertThat(read.payload()).as("seed " + SEED).isEqualTo(payload);
            assertThat(List.of(read.source(), read.destination(), read.sourcePort(), read.destinationPort())).as("seed " + SEED)
                .isEqualTo(List.of(packet.source(), packet.destination(), packet.sourcePort(), packet.destinationPort()));
        }
    }

    @Test
    void shouldRefuseEveryTruncationAndSurviveEveryMutation() {
        final byte[] whole = new UdpPacket(IpAddress.parse("10.0.0.1"), 500, IpAddress.parse("10.0.0.2"), 500, new byte[40]).octets(0);
        for (int length = 0; length < whole.length; length++) {
            assertThat(UdpPacket.parse(Arrays.copyOf(whole, length))).isEmpty();
        }
        final Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            final byte[] mutated = whole.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            UdpPacket.parse(mutated).ifPresent(read -> assertThat(read.payload().length).isLessThanOrEqualTo(40));
        }
    }

    private static IpAddress address(final Random random, final boolean v6) {
        final byte[] octets = new byte[v6 ? 16 : 4];
        random.nextBytes(octets);
        return IpAddress.of(octets);
    }
}
