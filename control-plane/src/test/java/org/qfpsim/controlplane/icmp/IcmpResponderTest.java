package org.qfpsim.controlplane.icmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.controlplane.neighbor.RecordingDatapath;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.MacAddress;
import org.qfpsim.datapath.route.Punt;
import org.qfpsim.datapath.route.RoutedConfig;

/** Echo replies and errors, to the octet where it matters. */
class IcmpResponderTest {
    private static final int TTL_EXCEEDED = 11 << 24;
    private static final int HOST_UNREACHABLE = 3 << 24 | 1 << 16;

    private final RecordingDatapath datapath = new RecordingDatapath();
    private final Timers timers = new Timers();
    private final IcmpResponder icmp = new IcmpResponder(datapath, timers);

    @BeforeEach
    void configure() {
        datapath.configure(RoutedConfig.of(List.of(
            InterfaceSpec.ethernet(0, "Gi0", MacAddress.parse("0200.0000.0001"), "10.1.0.1/24", "fe80::1/64", "2001:db8::1/64"))));
    }

    private boolean punted(final int cause, final int error, final byte[] packet) {
        return icmp.punted(new Punt(cause, 0, false, 0, null, error), new UnsafeBuffer(packet), 0, packet.length);
    }

    private static byte[] echo(final String from, final String to, final int type) {
        return IcmpPacket.build(IpAddress.parse(from), IpAddress.parse(to), new byte[] {(byte) type, 0, 0, 0, 1, 2, 0, 7, 9, 9, 9});
    }

    @ParameterizedTest
    @CsvSource({"10.2.0.5,10.1.0.1,8,0", "2001:db8:9::5,2001:db8::1,128,129"})
    void shouldAnswerEchoRequests(final String from, final String to, final int request, final int reply) {
        assertThat(punted(PuntCause.FOR_US_DATA.id(), 0, echo(from, to, request))).isTrue();
        assertThat(datapath.packets).containsExactly(echo(to, from, reply));
        final byte[] damaged = echo(from, to, request);
        damaged[damaged.length - 1] ^= 1;
        assertThat(punted(PuntCause.FOR_US_DATA.id(), 0, damaged)).isTrue();
        assertThat(punted(PuntCause.FOR_US_DATA.id(), 0, echo(from, to, reply))).as("somebody else's").isFalse();
        assertThat(punted(PuntCause.IP_SUBNET_OR_BROADCAST_PACKE.id(), 0, echo("10.1.0.5", "10.1.0.255", 8))).isTrue();
        assertThat(datapath.packets).hasSize(1);
        assertThat(icmp.echoes()).isEqualTo(1);
    }

    /** RFC 792: an echo request of 8 octets whose checksum was worked out by hand. */
    @Test
    void shouldChecksumAsTheRfcSays() {
        final byte[] packet = IcmpPacket.build(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2"), new byte[] {8, 0, 0, 0, 0, 1, 0, 2});
        assertThat(Arrays.copyOfRange(packet, 22, 24)).containsExactly(0xf7, 0xfc);
        assertThat(ByteBuffer.wrap(packet).getInt(0)).isEqualTo(0x4500_001c);
    }

    @Test
    void shouldSendTheErrorThatIsAskedFor() {
        final byte[] packet = echo("10.2.0.5", "192.0.2.1", 8);
        assertThat(punted(PuntCause.QFP_ICMP_GENERATED_PACKET.id(), 3 << 24 | 4 << 16 | 1400, packet)).isTrue();
        final byte[] message = Arrays.copyOfRange(datapath.packets.getFirst(), 20, datapath.packets.getFirst().length);
        assertThat(Arrays.copyOfRange(datapath.packets.getFirst(), 12, 20)).containsExactly(10, 1, 0, 1, 10, 2, 0, 5);
        assertThat(Arrays.copyOf(message, 2)).containsExactly(3, 4);
        assertThat(ByteBuffer.wrap(message).getInt(4)).isEqualTo(1400);
        assertThat(Arrays.copyOfRange(message, 8, message.length)).isEqualTo(packet);
        assertThat(IcmpPacket.isRight(ByteBuffer.wrap(datapath.packets.getFirst()), 20)).isTrue();
        punted(PuntCause.QFP_ICMP_GENERATED_PACKET.id(), 2 << 24 | 1280, echo("2001:db8:9::5", "2001:db8:7::1", 128));
        assertThat(datapath.packets.getLast()[40]).isEqualTo((byte) 2);
        assertThat(IpAddress.of(Arrays.copyOfRange(datapath.packets.getLast(), 8, 24))).isEqualTo(IpAddress.parse("2001:db8::1"));
    }

    @Test
    void shouldNotSendErrorsAboutWhatMustNotHaveAny() {
        punted(PuntCause.QFP_ICMP_GENERATED_PACKET.id(), TTL_EXCEEDED, echo("10.2.0.5", "192.0.2.1", 3));
        punted(PuntCause.QFP_ICMP_GENERATED_PACKET.id(), TTL_EXCEEDED, echo("10.2.0.5", "224.1.1.1", 8));
        punted(PuntCause.QFP_ICMP_GENERATED_PACKET.id(), TTL_EXCEEDED, echo("0.0.0.0", "192.0.2.1", 8));
        punted(PuntCause.QFP_ICMP_GENERATED_PACKET.id(), TTL_EXCEEDED, echo("255.255.255.255", "192.0.2.1", 8));
        final byte[] later = echo("10.2.0.5", "192.0.2.1", 8);
        later[7] = 1;
        punted(PuntCause.QFP_ICMP_GENERATED_PACKET.id(), TTL_EXCEEDED, later);
        punted(PuntCause.QFP_ICMP_GENERATED_PACKET.id(), 3 << 24, echo("2001:db8:9::5", "2001:db8:7::1", 1));
        punted(PuntCause.QFP_ICMP_GENERATED_PACKET.id(), 3 << 24, echo("::", "2001:db8:7::1", 128));
        assertThat(datapath.packets).isEmpty();
        assertThat(icmp.suppressed()).isEqualTo(7);
    }

    @Test
    void shouldLimitUnreachables() {
        for (int i = 0; i < 10; i++) {
            punted(PuntCause.QFP_ICMP_GENERATED_PACKET.id(), HOST_UNREACHABLE, echo("10.2.0.5", "192.0.2.1", 8));
            punted(PuntCause.QFP_ICMP_GENERATED_PACKET.id(), TTL_EXCEEDED, echo("10.2.0.5", "192.0.2.1", 8));
            timers.advance(timers.nanos() + 100_000_000L);
        }
        assertThat(datapath.packets.stream().filter(packet -> packet[20] == 3)).hasSize(2);
        assertThat(datapath.packets.stream().filter(packet -> packet[20] == 11)).hasSize(10);
    }

    @Test
    void shouldSurviveMutations() {
        final Random random = new Random(0x49434d50L);
        for (int i = 0; i < 20_000; i++) {
            final byte[] original = i % 2 == 0 ? echo("10.2.0.5", "10.1.0.1", 8) : echo("2001:db8:9::5", "2001:db8::1", 128);
            final byte[] packet = Arrays.copyOf(original, random.nextInt(4) == 0 ? random.nextInt(original.length + 9) : original.length);
            for (int n = random.nextInt(3); n > 0 && packet.length > 0; n--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
            }
            punted(i % 4 < 2 ? PuntCause.FOR_US_DATA.id() : PuntCause.QFP_ICMP_GENERATED_PACKET.id(), TTL_EXCEEDED, packet);
        }
        assertThat(icmp.echoes()).isGreaterThan(1_000);
        assertThat(icmp.errors()).isGreaterThan(1_000);
    }
}
