package org.qfpsim.datapath.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qfpsim.datapath.support.Packets.concat;
import static org.qfpsim.datapath.support.Packets.counting;
import static org.qfpsim.datapath.support.Packets.damaged;
import static org.qfpsim.datapath.support.Packets.extension;
import static org.qfpsim.datapath.support.Packets.ipv4;
import static org.qfpsim.datapath.support.Packets.ipv6;
import static org.qfpsim.datapath.support.Packets.udp;
import static org.qfpsim.datapath.support.Packets.with;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.datapath.support.Crypto;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/** What comes out of an ESP packet, and what must not (RFC 4303 section 3.4.4, RFC 4301 section 5.2). */
class DecapsulationTest {
    private static final byte[] INNER4 = ipv4("10.1.0.1", "10.2.0.1", 17, udp(7, 9, counting(33)));
    private static final byte[] INNER6 = ipv6("2001:db8:a::1", "2001:db8:b::1", 17, udp(7, 9, counting(33)));
    private static final int PADDING = Expect.drop(IpsecDrop.PAD_MISMATCH);
    private static final int NEXT_HEADER = Expect.drop(IpsecDrop.IN_NH_MISMATCH);
    private static final int NOT_IP = Expect.drop(IpsecDrop.IN_PKT_IPVER_INVALID);
    private static final int POLICY = Expect.drop(IpsecDrop.IN_V4_POST_INPUT_POLICY_FAIL);
    private static final int POLICY_6 = Expect.drop(IpsecDrop.IN_V6_POST_INPUT_POLICY_FAIL);
    private static final int DEMUX = Expect.drop(IpsecDrop.IN_NAT_DEMUX_FAIL);

    @Test
    void shouldOpenEveryTunnelForm() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            int spi = 0x100;
            for (final boolean outer6 : new boolean[] {false, true}) {
                for (final boolean natt : new boolean[] {false, true}) {
                    final Sa sa = outer6 ? Sa.spi(spi++).v6() : Sa.spi(spi++);
                    final Sender sender = fixture.install(natt ? sa.udp().build() : sa.build());
                    for (final byte[] inner : new byte[][] {INNER4, INNER6}) {
                        assertThat(fixture.judge(sender.wrap(inner)).packet()).isEqualTo(inner);
                        assertThat(fixture.lastSent()).isEqualTo(inner);
                        assertThat(fixture.judge(sender.wrapWithTfc(inner, 77)).packet()).isEqualTo(inner);
                    }
                }
            }
        }
    }

    @Test
    void shouldRejoinTransportModeExactly() {
        final byte[] options = {7, 7, 4, 0, 0, 0, 0, 0};
        final byte[] tcp = counting(40);
        final byte[][] packets4 = {ipv4(Sa.PEER, Sa.US, 6, tcp), ipv4(Sa.PEER, Sa.US, 17, udp(7, 9, counting(1)), 0xb8, options),
            ipv4(Sa.PEER, Sa.US, 6, tcp, 0, concat(options, options, options, options, options)), ipv4(Sa.PEER, Sa.US, 6, new byte[0]),
            ipv4(Sa.PEER, Sa.US, 4, INNER4)};
        final byte[][] packets6 = {ipv6(Sa.PEER6, Sa.US6, 6, tcp), ipv6(Sa.PEER6, Sa.US6, 0, concat(extension(17, 1), udp(1, 2, tcp))),
            ipv6(Sa.PEER6, Sa.US6, 0, concat(extension(60, 2), extension(6, 5), tcp)), ipv6(Sa.PEER6, Sa.US6, 58, new byte[0])};
        try (PipelineFixture fixture = new PipelineFixture()) {
            int spi = 0x200;
            for (final EspSuite suite : new EspSuite[] {EspSuite.AES_GCM_256_16, EspSuite.AES_CBC_256_SHA256_128, EspSuite.NULL_SHA1_96}) {
                for (final boolean natt : new boolean[] {false, true}) {
                    final Sa sa4 = Sa.spi(spi++).transport().suite(suite);
                    final Sa sa6 = Sa.spi(spi++).v6().transport().suite(suite);
                    final Sender sender4 = fixture.install(natt ? sa4.udp().build() : sa4.build());
                    final Sender sender6 = fixture.install(natt ? sa6.udp().build() : sa6.build());
                    for (final byte[] packet : packets4) {
                        assertThat(fixture.judge(sender4.wrap(packet)).packet()).isEqualTo(packet);
                        assertThat(fixture.lastSent()).isEqualTo(packet);
                    }
                    for (final byte[] packet : packets6) {
                        assertThat(fixture.judge(sender6.wrap(packet)).packet()).isEqualTo(packet);
                        assertThat(fixture.lastSent()).isEqualTo(packet);
                    }
                }
            }
        }
    }

    @Test
    void shouldTellTunnelFromTransportByTheNextHeaderInModeAny() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender any = fixture.install(Sa.spi(1).mode(SaSpec.Mode.ANY).build());
            final Sender transport = new Sender(Sa.spi(1).transport().build());
            final byte[] tcp = ipv4(Sa.PEER, Sa.US, 6, counting(40));
            assertThat(fixture.judge(any.wrap(INNER4)).packet()).isEqualTo(INNER4);
            assertThat(fixture.judge(any.wrap(INNER6)).packet()).isEqualTo(INNER6);
            assertThat(fixture.judge(transport.wrapAt(10, tcp)).packet()).isEqualTo(tcp);
            transport.close();
        }
    }

    @Test
    void shouldRefuseTheOtherMode() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender tunnel = fixture.install(Sa.spi(1).build());
            assertThat(fixture.verdict(tunnel.outer(tunnel.esp(1, tunnel.plaintext(counting(20), 6))))).isEqualTo(NEXT_HEADER);
            assertThat(fixture.verdict(tunnel.outer(tunnel.esp(2, tunnel.plaintext(counting(20), 17))))).isEqualTo(NEXT_HEADER);
            assertThat(fixture.verdict(tunnel.outer(tunnel.esp(2, tunnel.plaintext(counting(20), 17))))).isEqualTo(Expect.REPLAY);
        }
    }

    @Test
    void shouldRefuseTheOtherEncapsulation() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender raw = fixture.install(Sa.spi(1).build());
            final Sender natt = fixture.install(Sa.spi(2).udp().build());
            final Sender either = fixture.install(Sa.spi(3).udp(SaSpec.UdpEncap.EITHER).build());
            final byte[] rawEsp = raw.esp(1, raw.plaintext(INNER4, 4));
            assertThat(fixture.verdict(ipv4(Sa.PEER, Sa.US, 17, udp(4500, 4500, rawEsp)))).isEqualTo(DEMUX);
            assertThat(fixture.verdict(raw.outer(rawEsp))).as("nothing was used up").isEqualTo(Expect.FORWARD);
            final byte[] nattEsp = natt.esp(1, natt.plaintext(INNER4, 4));
            assertThat(fixture.verdict(ipv4(Sa.PEER, Sa.US, 50, nattEsp))).isEqualTo(DEMUX);
            assertThat(fixture.verdict(ipv4(Sa.PEER, Sa.US, 17, udp(31_234, 4500, nattEsp)))).as("a NAT's port").isEqualTo(Expect.FORWARD);
            final byte[] plain = either.plaintext(INNER4, 4);
            assertThat(fixture.verdict(ipv4(Sa.PEER, Sa.US, 50, either.esp(1, plain)))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(ipv4(Sa.PEER, Sa.US, 17, udp(4500, 4500, either.esp(2, plain))))).isEqualTo(Expect.FORWARD);
        }
    }

    @ParameterizedTest
    @EnumSource(value = EspSuite.class, names = {"AES_GCM_128_16", "AES_CBC_128_SHA1_96", "NULL_SHA256_128", "CHACHA20_POLY1305"})
    void shouldJudgeTheTrailer(final EspSuite suite) {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).suite(suite).build());
            final byte[] good = sender.plaintext(INNER4, 4);
            final int pad = good.length - 2;
            assertThat(good[pad]).as("a packet with padding").isPositive();
            assertThat(verdict(fixture, sender, 1, good)).isEqualTo(Expect.FORWARD);
            assertThat(verdict(fixture, sender, 2, with(good, pad, 255))).as("pad length 255").isEqualTo(PADDING);
            assertThat(verdict(fixture, sender, 3, with(good, pad, good.length - 1))).as("one more than there is").isEqualTo(PADDING);
            assertThat(verdict(fixture, sender, 4, with(good, pad, good.length - 2))).as("nothing but padding").isEqualTo(PADDING);
            assertThat(verdict(fixture, sender, 5, damaged(good, pad - 1))).as("last octet of padding").isEqualTo(PADDING);
            assertThat(verdict(fixture, sender, 6, with(good, pad, good[pad] + 1))).as("padding begins with payload").isEqualTo(PADDING);
            assertThat(verdict(fixture, sender, 7, with(good, pad, 0))).as("padding is payload: TFC").isEqualTo(Expect.FORWARD);
            assertThat(verdict(fixture, sender, 7, good)).as("numbers of bad trailers are used up").isEqualTo(Expect.REPLAY);
            assertThat(verdict(fixture, sender, 2, good)).as("numbers of bad trailers are used up").isEqualTo(Expect.REPLAY);
            assertThat(fixture.counters().ipsecPackets(IpsecDrop.PAD_MISMATCH.id())).isEqualTo(5);
        }
    }

    private static int verdict(final PipelineFixture fixture, final Sender sender, final long sequence, final byte[] plaintext) {
        return fixture.verdict(sender.outer(sender.esp(sequence, plaintext)));
    }

    @Test
    void shouldConsumeDummyPackets() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).build());
            assertThat(verdict(fixture, sender, 1, sender.plaintext(counting(50), 59))).isEqualTo(Expect.DUMMY);
            assertThat(verdict(fixture, sender, 2, sender.plaintext(new byte[0], 59))).isEqualTo(Expect.DUMMY);
            // RFC 4303 section 2.6: a dummy is discarded without indication; its padding is not looked at.
            assertThat(verdict(fixture, sender, 3, new byte[] {9, 9, 2, 59})).isEqualTo(Expect.DUMMY);
            assertThat(verdict(fixture, sender, 1, sender.plaintext(counting(50), 59))).isEqualTo(Expect.REPLAY);
            final Sender transport = fixture.install(Sa.spi(2).transport().build());
            assertThat(verdict(fixture, transport, 1, transport.plaintext(counting(50), 59))).isEqualTo(Expect.DUMMY);
        }
    }

    @Test
    void shouldJudgeTheInnerHeader() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).window(4096).build());
            final byte[][] bad4 = {new byte[0], Arrays.copyOf(INNER4, 19), Arrays.copyOf(INNER4, INNER4.length - 1), with(INNER4, 0, 0x44),
                with(INNER4, 0, 0x65), with(INNER4, 3, 19), with(INNER4, 3, INNER4.length + 1), with(Arrays.copyOf(INNER4, 40), 0, 0x4f),
                INNER6};
            final byte[][] bad6 = {new byte[0], Arrays.copyOf(INNER6, 39), Arrays.copyOf(INNER6, INNER6.length - 1), with(INNER6, 0, 0x45),
                with(INNER6, 4, 1), INNER4};
            long sequence = 1;
            for (final byte[] inner : bad4) {
                assertThat(verdict(fixture, sender, sequence++, sender.plaintext(inner, 4))).isEqualTo(NOT_IP);
            }
            for (final byte[] inner : bad6) {
                assertThat(verdict(fixture, sender, sequence++, sender.plaintext(inner, 41))).isEqualTo(NOT_IP);
            }
            final byte[] header = Packets.checksummed(with(Arrays.copyOf(INNER4, 20), 3, 20));
            assertThat(verdict(fixture, sender, sequence++, sender.plaintext(header, 4))).isEqualTo(Expect.FORWARD);
            assertThat(verdict(fixture, sender, sequence, sender.plaintext(with(Arrays.copyOf(INNER6, 40), 5, 0), 41)))
                .isEqualTo(Expect.FORWARD);
        }
    }

    @Test
    void shouldHoldThePacketAgainstTheSelectors() {
        final TrafficSelector web = new TrafficSelector(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("10.2.0.0/16"), 6, 1024, 65535, 80, 81);
        final TrafficSelector six = TrafficSelector.between(IpPrefix.parse("2001:db8:a::/48"), IpPrefix.parse("2001:db8:b::/48"));
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).window(1024).selectors(web, six).build());
            assertThat(fixture.verdict(sender.wrap(tcp("10.1.9.9", "10.2.0.1", 1024, 80)))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(sender.wrap(tcp("10.1.9.9", "10.2.0.1", 65535, 81)))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(sender.wrap(tcp("10.1.9.9", "10.2.0.1", 1023, 80)))).isEqualTo(POLICY);
            assertThat(fixture.verdict(sender.wrap(tcp("10.1.9.9", "10.2.0.1", 1024, 82)))).isEqualTo(POLICY);
            assertThat(fixture.verdict(sender.wrap(tcp("10.0.9.9", "10.2.0.1", 1024, 80)))).isEqualTo(POLICY);
            assertThat(fixture.verdict(sender.wrap(tcp("10.1.9.9", "10.3.0.1", 1024, 80)))).isEqualTo(POLICY);
            assertThat(fixture.verdict(sender.wrap(INNER4))).as("UDP").isEqualTo(POLICY);
            assertThat(fixture.verdict(sender.wrap(Packets.ipv4Fragment(tcp("10.1.9.9", "10.2.0.1", 1024, 80), 1, 0, 8))))
                .as("a later fragment shows no ports").isEqualTo(POLICY);
            assertThat(fixture.verdict(sender.wrap(INNER6))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(sender.wrap(ipv6("2001:db8:c::1", "2001:db8:b::1", 6, counting(20))))).isEqualTo(POLICY_6);
        }
    }

    private static byte[] tcp(final String from, final String to, final int source, final int destination) {
        return ipv4(from, to, 6, udp(source, destination, counting(20)));
    }

    @Test
    void shouldHoldTransportModeAgainstTheSelectorsByItsOuterAddresses() {
        final TrafficSelector web = new TrafficSelector(IpPrefix.parse(Sa.PEER), IpPrefix.parse(Sa.US), 6, 0, 65535, 80, 80);
        final TrafficSelector six = new TrafficSelector(IpPrefix.parse(Sa.PEER6), IpPrefix.parse(Sa.US6), 17, 0, 65535, 0, 65535);
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender four = fixture.install(Sa.spi(1).transport().selectors(web).build());
            final Sender v6 = fixture.install(Sa.spi(2).v6().transport().selectors(six).build());
            assertThat(fixture.verdict(four.wrap(tcp(Sa.PEER, Sa.US, 5, 80)))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(four.wrap(tcp(Sa.PEER, Sa.US, 5, 81)))).isEqualTo(POLICY);
            assertThat(fixture.verdict(four.wrap(ipv4(Sa.PEER, Sa.US, 17, udp(5, 80, counting(9)))))).isEqualTo(POLICY);
            assertThat(fixture.verdict(v6.wrap(ipv6(Sa.PEER6, Sa.US6, 17, counting(20))))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(v6.wrap(ipv6(Sa.PEER6, Sa.US6, 6, counting(20))))).isEqualTo(POLICY_6);
            assertThat(fixture.pipeline().dropReport().snapshot()).allSatisfy(row -> assertThat(row.protocol()).isEqualTo(50));
        }
    }

    @ParameterizedTest
    @EnumSource(EspSuite.class)
    void shouldRefuseSizesThatNoCiphertextHas(final EspSuite suite) {
        if (!Crypto.has("auto", suite)) {
            return;
        }
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).suite(suite).build());
            final byte[] esp = sender.esp(1, sender.plaintext(INNER4, 4));
            final int fixed = EspSuite.ESP_HEADER_BYTES + suite.ivBytes() + suite.icvBytes();
            for (int length = 8; length < esp.length; length++) {
                final int ciphertext = length - fixed;
                final boolean whole = ciphertext >= suite.blockBytes() && ciphertext % suite.blockBytes() == 0;
                if (suite.authenticated() || !whole) {
                    assertThat(fixture.verdict(sender.outer(Arrays.copyOf(esp, length)))).as("%s, %d octets", suite, length)
                        .isEqualTo(whole ? Expect.BAD_ICV : Expect.BAD_ESP_LENGTH);
                }
            }
            assertThat(fixture.verdict(sender.outer(esp))).isEqualTo(Expect.FORWARD);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCombineEcnAsFigure4OfRfc6040Says(final boolean outer6) {
        // Rows: inner Not-ECT, ECT(0), ECT(1), CE. Columns: outer Not-ECT, ECT(0), ECT(1), CE. -1: drop. Codepoints 0, 2, 1, 3.
        final int[] codepoints = {0, 2, 1, 3};
        final int[][] figure = {{0, 0, 0, -1}, {2, 2, 1, 3}, {1, 1, 1, 3}, {3, 3, 3, 3}};
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install((outer6 ? Sa.spi(1).v6() : Sa.spi(1)).build());
            long sequence = 1;
            for (int inner = 0; inner < 4; inner++) {
                for (int outer = 0; outer < 4; outer++) {
                    for (final boolean inner6 : new boolean[] {false, true}) {
                        final byte[] packet = marked(inner6, 0xb8 | codepoints[inner]);
                        final byte[] esp = sender.esp(sequence, sender.plaintext(packet, inner6 ? 41 : 4));
                        final int verdict = fixture.verdict(sender.outer(esp, 0x28 | codepoints[outer]));
                        sequence++;
                        if (figure[inner][outer] < 0) {
                            assertThat(verdict).isEqualTo(Expect.drop(IpsecDrop.IN_UNEXP_EXCEPTION));
                        } else {
                            assertThat(verdict).isEqualTo(Expect.FORWARD);
                            assertThat(fixture.recorder().events().getLast().packet()).as("before rewriting").isEqualTo(packet);
                            assertThat(fixture.lastSent()).as("inner %d outer %d", codepoints[inner], codepoints[outer])
                                .isEqualTo(marked(inner6, 0xb8 | figure[inner][outer]));
                        }
                    }
                }
            }
        }
    }

    private static byte[] marked(final boolean v6, final int trafficClass) {
        return v6 ? ipv6("2001:db8:a::1", "2001:db8:b::1", 6, counting(30), trafficClass)
            : ipv4("10.1.0.1", "10.2.0.1", 6, counting(30), trafficClass, new byte[0]);
    }

    @Test
    void shouldLeaveTheEcnOfTransportModeAlone() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).transport().build());
            for (int ecn = 0; ecn < 4; ecn++) {
                final byte[] packet = ipv4(Sa.PEER, Sa.US, 6, counting(30), ecn, new byte[0]);
                assertThat(fixture.verdict(sender.wrap(packet))).isEqualTo(Expect.FORWARD);
                assertThat(fixture.lastSent()).isEqualTo(packet);
            }
        }
    }
}
