package org.qfpsim.sim.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.datapath.packet.IpAddress;

class EspFlowsTest {
    private static final String MACS = "02000000000b02000000000a";
    private static final String V4 = "0a010101" + "14010102";
    private static final String V6 = "20010db8000a00000000000000000001" + "20010db8000b00000000000000000002";
    private static final String ESP = "1122334400000001" + "00000000";
    private static final String UDP = "119411940014" + "0000";
    private static final EspFlow FLOW4 = new EspFlow(IpAddress.parse("10.1.1.1"), IpAddress.parse("20.1.1.2"), 0x11223344);
    private static final EspFlow FLOW6 = new EspFlow(IpAddress.parse("2001:db8:a::1"), IpAddress.parse("2001:db8:b::2"), 0x11223344);

    private static String ipv4(final int protocol, final int fragment, final String payload) {
        return "45000000" + "0000%04x40%02x0000".formatted(fragment, protocol) + V4 + payload;
    }

    private static String ipv6(final int next, final String payload) {
        return "600000000000%02x40".formatted(next) + V6 + payload;
    }

    private static EspFlow flow(final LinkType type, final String hex) {
        final byte[] frame = HexFormat.of().parseHex(hex);
        for (int cut = 0; cut < frame.length; cut++) {
            // Whatever is cut off, nothing behind the cut is read.
            EspFlows.of(type, Arrays.copyOf(frame, cut), cut);
        }
        return EspFlows.of(type, frame, frame.length);
    }

    @Test
    void shouldFindEspOnEveryLinkLayer() {
        final String packet = ipv4(50, 0, ESP);
        assertThat(flow(LinkType.ETHERNET, MACS + "0800" + packet)).isEqualTo(FLOW4);
        assertThat(flow(LinkType.ETHERNET, MACS + "8100000a0800" + packet)).isEqualTo(FLOW4);
        assertThat(flow(LinkType.ETHERNET, MACS + "88a8000a8100000b0800" + packet)).isEqualTo(FLOW4);
        assertThat(flow(LinkType.LINUX_SLL, "0000000100060200000000000000" + "0800" + packet)).isEqualTo(FLOW4);
        assertThat(flow(LinkType.LINUX_SLL2, "0800000000000002000100060200000000000000" + packet)).isEqualTo(FLOW4);
        assertThat(flow(LinkType.RAW, packet)).isEqualTo(FLOW4);
        assertThat(flow(LinkType.IPV4, packet)).isEqualTo(FLOW4);
        assertThat(flow(LinkType.RAW, ipv6(50, ESP))).isEqualTo(FLOW6);
        assertThat(flow(LinkType.IPV6, ipv6(50, ESP))).isEqualTo(FLOW6);
        assertThat(flow(LinkType.ETHERNET, MACS + "86dd" + ipv6(50, ESP))).isEqualTo(FLOW6);
    }

    @Test
    void shouldNotBelieveALinkLayerThatContradictsThePacket() {
        assertThat(flow(LinkType.IPV6, ipv4(50, 0, ESP))).isNull();
        assertThat(flow(LinkType.ETHERNET, MACS + "86dd" + ipv4(50, 0, ESP))).isNull();
        assertThat(flow(LinkType.ETHERNET, MACS + "0806" + ipv4(50, 0, ESP))).isNull();
        assertThat(flow(LinkType.RAW, "55" + ipv4(50, 0, ESP).substring(2))).isNull();
    }

    @Test
    void shouldFindEspInUdp() {
        assertThat(flow(LinkType.RAW, ipv4(17, 0, UDP + ESP))).isEqualTo(FLOW4);
        assertThat(flow(LinkType.RAW, ipv4(17, 0, "75311194001400" + "00" + ESP))).as("only the destination port").isEqualTo(FLOW4);
        assertThat(flow(LinkType.RAW, ipv4(17, 0, "11947531001400" + "00" + ESP))).as("only the source port").isEqualTo(FLOW4);
        assertThat(flow(LinkType.RAW, ipv6(17, UDP + ESP))).isEqualTo(FLOW6);
        assertThat(flow(LinkType.RAW, ipv4(17, 0, UDP + "00000000" + ESP))).as("IKE").isNull();
        assertThat(flow(LinkType.RAW, ipv4(17, 0, UDP + "ff"))).as("keepalive").isNull();
        assertThat(flow(LinkType.RAW, ipv4(17, 0, "0035003500140000" + ESP))).as("other ports").isNull();
    }

    @Test
    void shouldPassOverExtensionHeaders() {
        assertThat(flow(LinkType.RAW, ipv6(0, "3c00000000000000" + "2b01000000000000" + "0000000000000000" + "3200000000000000" + ESP)))
            .isEqualTo(FLOW6);
        assertThat(flow(LinkType.RAW, ipv6(44, "3200000100000007" + ESP))).as("first fragment").isEqualTo(FLOW6);
        assertThat(flow(LinkType.RAW, ipv6(44, "3200000900000007" + ESP))).as("second fragment").isNull();
        assertThat(flow(LinkType.RAW, ipv6(51, "3204000000000001" + "0000000100000000" + "0000000000000000" + ESP))).as("AH").isEqualTo(FLOW6);
        assertThat(flow(LinkType.RAW, ipv6(59, ESP))).isNull();
    }

    @Test
    void shouldTakeFirstFragmentsOnly() {
        assertThat(flow(LinkType.RAW, ipv4(50, 0x2000, ESP))).isEqualTo(FLOW4);
        assertThat(flow(LinkType.RAW, ipv4(50, 0x2001, ESP))).isNull();
    }

    @Test
    void shouldPassOverIpv4Options() {
        assertThat(flow(LinkType.RAW, "46" + ipv4(50, 0, "01010101" + ESP).substring(2))).isEqualTo(FLOW4);
        assertThat(flow(LinkType.RAW, "44" + ipv4(50, 0, ESP).substring(2))).as("header too short").isNull();
    }

    @ParameterizedTest
    @CsvSource({"v1-aes128gcm16-natt,2,0x42319393", "v1-aes256sha256-natt-rekey,4,0x062d351c",
        "v2-aes128gcm16-raw-outer6-inner6,2,0x913f14bb", "v2-aes256gcm16-raw,2,0x24daa7e3"})
    void shouldFindTheFlowsOfACapture(final String capture, final int expected, final String spi) throws IOException {
        final Set<EspFlow> flows = scan(Frames.resource("captures/" + capture + "/wire.pcap"));

        assertThat(flows).hasSize(expected).extracting(EspFlow::spi).contains(Long.decode(spi).intValue());
    }

    @Test
    void shouldEndQuietlyAtDamage() throws IOException {
        final byte[] packet = HexFormat.of().parseHex(ipv4(50, 0, ESP));
        final byte[] file = new CaptureBuilder(ByteOrder.LITTLE_ENDIAN).pcap(false, 101)
            .record(1, 1, packet, 32).record(1, 2, packet, 32).u32(1, 1, 90_000, 90_000).bytes();

        assertThat(scan(file)).containsExactly(FLOW4);
    }

    private static Set<EspFlow> scan(final byte[] file) {
        try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(file), "x")) {
            return EspFlows.scan(reader);
        }
    }
}
