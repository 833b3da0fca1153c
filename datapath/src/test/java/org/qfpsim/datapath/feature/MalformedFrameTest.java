package org.qfpsim.datapath.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qfpsim.datapath.support.Packets.concat;
import static org.qfpsim.datapath.support.Packets.counting;
import static org.qfpsim.datapath.support.Packets.damaged;
import static org.qfpsim.datapath.support.Packets.ethernet;
import static org.qfpsim.datapath.support.Packets.extension;
import static org.qfpsim.datapath.support.Packets.ipv4;
import static org.qfpsim.datapath.support.Packets.ipv6;
import static org.qfpsim.datapath.support.Packets.tag;
import static org.qfpsim.datapath.support.Packets.udp;
import static org.qfpsim.datapath.support.Packets.with;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.support.Event;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;

/** One malformed or unusual frame at a time, each with its exact verdict. */
class MalformedFrameTest {
    private static final String A4 = "10.0.0.1";
    private static final String B4 = "10.9.0.1";
    private static final String A6 = "2001:db8:a::1";
    private static final String B6 = "2001:db8:b::1";
    private static final byte[] CLEAR4 = ipv4(A4, B4, 17, udp(1, 2, counting(30)));
    private static final byte[] CLEAR6 = ipv6(A6, B6, 17, udp(1, 2, counting(30)));
    private static final int NO_SA = Expect.drop(IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI);
    private static final int NO_SA_V6 = Expect.drop(IpsecDrop.IN_US_V6_PKT_SA_NOT_FOUND_SPI);
    private static final int BAD_LENGTH = Expect.drop(GlobalDrop.BAD_LEN);
    private static final int FORMAT = Expect.drop(GlobalDrop.IP_FORMAT_ERR);
    private static final int LINK = Expect.drop(GlobalDrop.INV_L2_HDR);
    private static final int OPTIONS = Expect.drop(GlobalDrop.IP_BAD_OPTIONS);
    private static final int TRUNCATED_6 = Expect.drop(GlobalDrop.IPV6_TRUNCATEDPKTS);
    private static final int DEMUX = Expect.drop(IpsecDrop.IN_NAT_DEMUX_FAIL);
    private static final int TO_US = Expect.punt(PuntCause.FOR_US_DATA);
    private static final int CONTROL = Expect.punt(PuntCause.FOR_US_CONTROL);
    private static final int L2 = Expect.punt(PuntCause.LAYER2_CONTROL_AND_LEGACY);

    /** A frame and its verdict. */
    record Row(String name, int link, byte[] frame, int verdict) {
        @Override
        public String toString() {
            return name + ": " + Event.text(verdict);
        }
    }

    private static Row eth(final String name, final byte[] frame, final int verdict) {
        return new Row(name, LinkLayer.ETHERNET, frame, verdict);
    }

    private static Row ip(final String name, final byte[] packet, final int verdict) {
        return new Row(name, LinkLayer.RAW_IP, packet, verdict);
    }

    static List<Row> linkLayer() {
        final List<Row> rows = new ArrayList<>();
        for (final int length : new int[] {1, 6, 13}) {
            rows.add(eth("Ethernet of " + length + " octets", Arrays.copyOf(ethernet(CLEAR4), length), LINK));
        }
        rows.add(eth("empty Ethernet frame", new byte[0], LINK));
        rows.add(eth("Ethernet header alone", Arrays.copyOf(ethernet(CLEAR4), 14), BAD_LENGTH));
        rows.add(eth("Ethernet", ethernet(CLEAR4), Expect.FORWARD));
        rows.add(eth("Ethernet padding", Arrays.copyOf(ethernet(CLEAR4), 100), Expect.FORWARD));
        rows.add(eth("VLAN", ethernet(0x8100, tag(5, 0x0800, CLEAR4)), Expect.FORWARD));
        rows.add(eth("VLAN, IPv6", ethernet(0x8100, tag(5, 0x86dd, CLEAR6)), Expect.FORWARD));
        rows.add(eth("QinQ", ethernet(0x88a8, tag(5, 0x8100, tag(6, 0x0800, CLEAR4))), Expect.FORWARD));
        rows.add(eth("three tags", ethernet(0x88a8, tag(5, 0x8100, tag(6, 0x8100, tag(7, 0x0800, CLEAR4)))), LINK));
        rows.add(eth("VLAN cut in the tag", Arrays.copyOf(ethernet(0x8100, tag(5, 0x0800, CLEAR4)), 17), LINK));
        rows.add(eth("VLAN, nothing behind", ethernet(0x8100, tag(5, 0x0800, new byte[0])), BAD_LENGTH));
        rows.add(eth("ARP", ethernet(0x0806, new byte[28]), Expect.punt(PuntCause.ARP_REQUEST_OR_RESPONSE)));
        rows.add(eth("ARP in a VLAN", ethernet(0x8100, tag(1, 0x0806, new byte[28])), Expect.punt(PuntCause.ARP_REQUEST_OR_RESPONSE)));
        rows.add(eth("LLDP", ethernet(0x88cc, new byte[40]), L2));
        rows.add(eth("802.3 length", ethernet(38, new byte[38]), L2));
        rows.add(eth("IPv6 by type, IPv4 inside", ethernet(0x86dd, CLEAR4), FORMAT));
        rows.add(eth("IPv4 by type, IPv6 inside", ethernet(0x0800, CLEAR6), FORMAT));
        rows.add(new Row("SLL", LinkLayer.LINUX_SLL, concat(new byte[14], new byte[] {8, 0}, CLEAR4), Expect.FORWARD));
        rows.add(new Row("SLL short", LinkLayer.LINUX_SLL, new byte[15], LINK));
        rows.add(new Row("SLL without protocol", LinkLayer.LINUX_SLL, concat(new byte[16], CLEAR6), Expect.FORWARD));
        rows.add(new Row("SLL2", LinkLayer.LINUX_SLL2, concat(new byte[] {(byte) 0x86, (byte) 0xdd}, new byte[18], CLEAR6), Expect.FORWARD));
        rows.add(new Row("SLL2 short", LinkLayer.LINUX_SLL2, new byte[19], LINK));
        rows.add(new Row("SLL2, ARP", LinkLayer.LINUX_SLL2, concat(new byte[] {8, 6}, new byte[46]),
            Expect.punt(PuntCause.ARP_REQUEST_OR_RESPONSE)));
        rows.add(ip("raw IPv4", CLEAR4, Expect.FORWARD));
        rows.add(ip("raw IPv6", CLEAR6, Expect.FORWARD));
        rows.add(ip("raw, nothing", new byte[0], FORMAT));
        rows.add(ip("raw, neither 4 nor 6", with(CLEAR4, 0, 0x55), FORMAT));
        return rows;
    }

    private static byte[] options(final int... octets) {
        final byte[] options = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            options[i] = (byte) octets[i];
        }
        return ipv4(A4, B4, 17, udp(1, 2, counting(8)), 0, options);
    }

    /** An IPv4 packet with its total length replaced and its checksum right. */
    private static byte[] total(final int total) {
        final byte[] packet = CLEAR4.clone();
        ByteBuffer.wrap(packet).putShort(2, (short) total);
        return Packets.checksummed(packet);
    }

    static List<Row> ipv4Header() {
        return List.of(
            ip("19 octets", Arrays.copyOf(CLEAR4, 19), BAD_LENGTH),
            ip("IHL 4", with(CLEAR4, 0, 0x44), FORMAT),
            ip("IHL 0", with(CLEAR4, 0, 0x40), FORMAT),
            ip("IHL behind the total length", with(total(40), 0, 0x4f), FORMAT),
            ip("total length 19", total(19), FORMAT),
            ip("total length 0", total(0), FORMAT),
            ip("total length one too long", total(CLEAR4.length + 1), BAD_LENGTH),
            ip("total length shorter than the frame", total(CLEAR4.length - 1), Expect.FORWARD),
            ip("header alone", total(20), Expect.FORWARD),
            ip("cut off", Arrays.copyOf(CLEAR4, CLEAR4.length - 1), BAD_LENGTH),
            ip("checksum", damaged(CLEAR4, 10), Expect.drop(GlobalDrop.BAD_IP_CHECKSUM)),
            ip("checksum, turned TTL", damaged(CLEAR4, 8), Expect.drop(GlobalDrop.BAD_IP_CHECKSUM)),
            ip("NOP and end", options(1, 1, 1, 0), Expect.FORWARD),
            ip("record route", options(7, 7, 4, 0, 0, 0, 0, 0), Expect.FORWARD),
            ip("router alert", options(0x94, 4, 0, 0), Expect.FORWARD),
            ip("garbage behind the end", options(0, 9, 99, 99), Expect.FORWARD),
            ip("option of length 0", options(7, 0, 1, 1), OPTIONS),
            ip("option of length 1", options(7, 1, 1, 1), OPTIONS),
            ip("option behind the header", options(7, 5, 4, 0), OPTIONS),
            ip("option without length", options(1, 1, 1, 7), OPTIONS),
            ip("40 octets of options", options(counting40()), Expect.FORWARD));
    }

    private static int[] counting40() {
        final int[] options = new int[40];
        Arrays.fill(options, 1);
        options[0] = 0x44;
        options[1] = 39;
        return options;
    }

    private static byte[] chain(final int headers, final byte[] rest) {
        byte[] payload = rest;
        for (int i = 0; i < headers; i++) {
            payload = concat(extension(i == 0 ? 17 : 60, 1), payload);
        }
        return ipv6(A6, B6, headers == 0 ? 17 : 60, payload);
    }

    static List<Row> ipv6Header() {
        final byte[] udp = udp(1, 2, counting(8));
        return List.of(
            ip("39 octets", Arrays.copyOf(CLEAR6, 39), BAD_LENGTH),
            ip("payload length one too long", with(CLEAR6, 5, CLEAR6.length - 40 + 1), BAD_LENGTH),
            ip("payload length shorter than the frame", with(CLEAR6, 5, CLEAR6.length - 40 - 1), Expect.FORWARD),
            ip("no payload", ipv6(A6, B6, 59, new byte[0]), Expect.FORWARD),
            ip("one extension header", chain(1, udp), Expect.FORWARD),
            ip("eight extension headers", chain(8, udp), Expect.FORWARD),
            ip("nine extension headers", chain(9, udp), Expect.drop(GlobalDrop.UNKNOWN_EXT_HEADER)),
            ip("hop-by-hop in transit", ipv6(A6, B6, 0, concat(extension(17, 2), udp)), Expect.FORWARD),
            ip("extension header missing", ipv6(A6, B6, 60, new byte[0]), TRUNCATED_6),
            ip("extension header cut", ipv6(A6, B6, 60, new byte[7]), TRUNCATED_6),
            ip("extension header longer than the packet", ipv6(A6, B6, 60, with(extension(17, 2), 1, 2)), TRUNCATED_6),
            ip("extension header to the very end", ipv6(A6, B6, 60, extension(59, 2)), Expect.FORWARD),
            ip("fragment header cut", ipv6(A6, B6, 44, new byte[7]), TRUNCATED_6),
            ip("fragment in transit", Packets.ipv6Fragment(A6, B6, 17, counting(16), 7, 8, true), Expect.FORWARD),
            ip("atomic fragment to us", Packets.ipv6Fragment(A6, Sa.US6, 17, udp(1, 2, counting(8)), 7, 0, false), TO_US),
            ip("unknown next header", ipv6(A6, B6, 253, counting(8)), Expect.FORWARD));
    }

    private static byte[] natt(final byte... payload) {
        return ipv4(Sa.PEER, Sa.US, 17, udp(4500, 4500, payload));
    }

    private static byte[] udpLength(final int length) {
        final byte[] packet = natt(counting(20));
        ByteBuffer.wrap(packet).putShort(24, (short) length);
        return packet;
    }

    static List<Row> forUs() {
        final byte ff = (byte) 0xff;
        return List.of(
            ip("IKE", ipv4(Sa.PEER, Sa.US, 17, udp(500, 500, new byte[28])), CONTROL),
            ip("IKE from another port", ipv4(Sa.PEER, Sa.US, 17, udp(1024, 500, new byte[28])), CONTROL),
            ip("IKE, IPv6", ipv6(Sa.PEER6, Sa.US6, 17, udp(500, 500, new byte[28])), CONTROL),
            ip("IKE with the non-ESP marker", natt(new byte[32]), CONTROL),
            ip("marker alone", natt(new byte[4]), CONTROL),
            ip("keepalive", natt(ff), Expect.KEEPALIVE),
            eth("keepalive with Ethernet padding", Arrays.copyOf(ethernet(natt(ff)), 60), Expect.KEEPALIVE),
            ip("one octet, not 0xff", natt((byte) 0xfe), DEMUX),
            eth("one octet, not 0xff, with padding", Arrays.copyOf(ethernet(natt((byte) 0xfe)), 60), DEMUX),
            ip("nothing on 4500", natt(), DEMUX),
            ip("two octets on 4500", natt(ff, ff), DEMUX),
            ip("three octets on 4500", natt(ff, ff, ff), DEMUX),
            ip("SPI alone on 4500", natt((byte) 1, (byte) 2, (byte) 3, (byte) 4), Expect.BAD_ESP_LENGTH),
            ip("seven octets on 4500", natt(counting(8)[1], ff, ff, ff, ff, ff, ff), Expect.BAD_ESP_LENGTH),
            ip("ESP in UDP, unknown SPI", natt((byte) 1, ff, ff, ff, ff, ff, ff, ff), NO_SA),
            ip("from 4500 to another port", ipv4(Sa.PEER, Sa.US, 17, udp(4500, 4501, new byte[] {ff})), TO_US),
            ip("4500 in transit", ipv4(Sa.PEER, B4, 17, udp(4500, 4500, new byte[] {ff})), Expect.FORWARD),
            ip("UDP header cut", ipv4(Sa.PEER, Sa.US, 17, new byte[7]), BAD_LENGTH),
            ip("UDP length 7", udpLength(7), BAD_LENGTH),
            ip("UDP length 8", udpLength(8), DEMUX),
            ip("UDP length one too long", udpLength(29), BAD_LENGTH),
            ip("UDP length decides: four octets", udpLength(12), Expect.BAD_ESP_LENGTH),
            ip("TCP to us", ipv4(Sa.PEER, Sa.US, 6, counting(20)), TO_US),
            ip("ICMP to us, IPv6", ipv6(Sa.PEER6, Sa.US6, 58, counting(8)), TO_US),
            ip("OSPF", ipv4(A4, "224.0.0.5", 89, counting(24)), CONTROL),
            ip("all hosts", ipv4(A4, "224.0.0.1", 2, counting(8)), CONTROL),
            ip("multicast beyond the link", ipv4(A4, "224.0.1.1", 17, udp(1, 2, counting(8))), Expect.FORWARD),
            ip("neighbour discovery", ipv6("fe80::1", "ff02::1", 58, counting(24)), CONTROL),
            ip("multicast beyond the link, IPv6", ipv6(A6, "ff05::1", 17, udp(1, 2, counting(8))), Expect.FORWARD),
            ip("ESP, unknown SPI", ipv4(Sa.PEER, Sa.US, 50, counting(40)), NO_SA),
            ip("ESP, unknown SPI, IPv6", ipv6(Sa.PEER6, Sa.US6, 50, counting(40)), NO_SA_V6),
            ip("ESP of 7 octets", ipv4(Sa.PEER, Sa.US, 50, counting(7)), Expect.BAD_ESP_LENGTH),
            ip("ESP without anything", ipv4(Sa.PEER, Sa.US, 50, new byte[0]), Expect.BAD_ESP_LENGTH),
            ip("ESP header alone, unknown SPI", ipv4(Sa.PEER, Sa.US, 50, counting(8)), NO_SA),
            ip("AH to us", ipv4(Sa.PEER, Sa.US, 51, counting(24)), NO_SA),
            ip("AH to us, IPv6", ipv6(Sa.PEER6, Sa.US6, 51, counting(24)), NO_SA_V6),
            ip("AH cut in front of its SPI", ipv4(Sa.PEER, Sa.US, 51, counting(7)), NO_SA),
            ip("ESP in transit", ipv4(Sa.PEER, B4, 50, counting(40)), Expect.drop(IpsecDrop.IN_TRANS_V4_IPSEC_PKT_NOT_FOUND_SPI)),
            ip("AH in transit", ipv4(Sa.PEER, B4, 51, counting(40)), Expect.drop(IpsecDrop.IN_TRANS_V4_IPSEC_PKT_NOT_FOUND_SPI)),
            ip("ESP in transit, IPv6", ipv6(A6, B6, 50, counting(40)), Expect.drop(IpsecDrop.IN_TRANS_V6_PKT_FAILED_POLICY)),
            ip("ESP fragment in transit", Packets.ipv4Fragment(ipv4(Sa.PEER, B4, 50, counting(40)), 3, 0, 80),
                Expect.drop(IpsecDrop.IN_TRANS_V4_IPSEC_PKT_NOT_FOUND_SPI)));
    }

    @ParameterizedTest
    @MethodSource({"linkLayer", "ipv4Header", "ipv6Header", "forUs"})
    void shouldJudge(final Row row) {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Event event = fixture.judgeFrame(row.frame, row.link, 0);
            assertThat(Event.text(event.verdict())).isEqualTo(Event.text(row.verdict));
        }
    }

    @Test
    void shouldForwardClearPacketsWithoutPaddingAndUnchanged() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            for (final byte[] packet : List.of(CLEAR4, CLEAR6)) {
                final byte[] frame = Arrays.copyOf(ethernet(packet), packet.length + 34);
                assertThat(fixture.judgeFrame(frame, LinkLayer.ETHERNET, 0).packet()).isEqualTo(packet);
                assertThat(fixture.lastSent()).isEqualTo(packet);
            }
        }
    }

    @Test
    void shouldDropWhatACaptureOrASlotHasCut() {
        try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().slotBytes(256), "auto")) {
            final byte[] frame = ethernet(CLEAR4);
            fixture.offerFrame(frame, LinkLayer.ETHERNET, 0, frame.length + 1).drain();
            fixture.offer(ipv4(A4, B4, 17, udp(1, 2, counting(1000)))).drain();
            assertThat(fixture.verdicts()).containsExactly(BAD_LENGTH, BAD_LENGTH);
        }
    }

    @Test
    void shouldNotReportPayloadOfATransitFragmentAsSpi() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            fixture.verdict(Packets.ipv4Fragment(ipv4(Sa.PEER, B4, 50, counting(40)), 3, 0, 80));
            fixture.verdict(Packets.ipv4Fragment(ipv4(Sa.PEER, B4, 50, damaged(counting(40), 0)), 3, 0, 160));
            assertThat(fixture.pipeline().dropReport().snapshot()).singleElement().satisfies(row -> {
                assertThat(row.spi()).isZero();
                assertThat(row.packets()).isEqualTo(2);
            });
        }
    }
}
