package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qfpsim.datapath.support.Packets.concat;
import static org.qfpsim.datapath.support.Packets.counting;
import static org.qfpsim.datapath.support.Packets.extension;
import static org.qfpsim.datapath.support.Packets.ipv4;
import static org.qfpsim.datapath.support.Packets.ipv6;
import static org.qfpsim.datapath.support.Packets.udp;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.pipeline.OutboundOptions.DfBit;
import org.qfpsim.datapath.pipeline.OutboundOptions.Fragmentation;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.PolicyRule.Action;
import org.qfpsim.datapath.sa.PolicyRule.Direction;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.datapath.support.Event;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;

/** The way out: policy, SA, limits, fragmentation, and that another pipeline opens what left. */
class OutboundTest {
    private static final byte[] SMALL = packet(50);
    private static final byte[] SMALL6 = ipv6("2001:db8:a::1", "2001:db8:b::1", 17, udp(7, 9, counting(50)));

    /** An IPv4 packet of a length. */
    private static byte[] packet(final int length) {
        return ipv4("10.1.0.1", "10.2.0.1", 17, udp(7, 9, counting(length - 28)));
    }

    private static PolicyRule out(final Action action, final String from, final String to, final @Nullable String sa) {
        return new PolicyRule("out", Direction.OUTBOUND, TrafficSelector.between(IpPrefix.parse(from), IpPrefix.parse(to)), action, sa);
    }

    private static PolicyRule[] protectAll() {
        return new PolicyRule[] {out(Action.PROTECT, "0.0.0.0/0", "0.0.0.0/0", null), out(Action.PROTECT, "::/0", "::/0", null)};
    }

    private static PipelineFixture sender(final OutboundOptions options) {
        return new PipelineFixture(PipelineFixture.config().outbound(options).slotBytes(9216).ringSlots(64), "auto").asPeer()
            .rules(false, protectAll());
    }

    private static void both(final PipelineFixture fixture, final SaSpec spec) {
        fixture.outbound(spec, 0);
        fixture.outbound(spec, 1);
    }

    @Test
    void shouldFollowTheFirstOutboundRule() {
        try (PipelineFixture fixture = new PipelineFixture().asPeer()) {
            fixture.rules(false, out(Action.BYPASS, "10.1.0.0/16", "10.2.1.0/24", null), out(Action.DENY_DROP, "10.1.0.0/16", "10.2.2.0/24", null),
                out(Action.PROTECT, "10.1.0.0/16", "10.2.0.0/16", null), out(Action.PROTECT, "10.1.0.0/16", "10.3.0.0/16", "manual"),
                out(Action.DENY_DROP, "::/0", "2001:db8:d::/48", null), out(Action.PROTECT, "::/0", "2001:db8:e::/48", null),
                out(Action.PROTECT, "::/0", "2001:db8:f::/48", "manual"));
            fixture.outbound(Sa.spi(1).build(), 2);
            assertThat(fixture.verdict(to4("10.2.1.1"))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(to4("10.2.2.1"))).isEqualTo(Expect.drop(IpsecDrop.OUT_V4_PKT_HIT_DENY_DROP_SP));
            assertThat(fixture.verdict(to4("10.2.3.1"))).isEqualTo(Expect.PROTECT);
            assertThat(fixture.verdict(to4("10.3.3.1"))).isEqualTo(Expect.drop(IpsecDrop.OUT_IPV4_SA_NOT_FOUND));
            assertThat(fixture.verdict(to4("10.4.3.1"))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(to6("2001:db8:d::1"))).isEqualTo(Expect.drop(IpsecDrop.OUT_V6_PKT_HIT_DENY_DROP_SP));
            assertThat(fixture.verdict(to6("2001:db8:e::1"))).isEqualTo(Expect.drop(IpsecDrop.OUT_V6_PKT_HIT_IKE_START_SP));
            assertThat(fixture.verdict(to6("2001:db8:f::1"))).isEqualTo(Expect.drop(IpsecDrop.OUT_IPV6_SA_NOT_FOUND));
            fixture.offer(to4("10.2.3.1"));
            fixture.pipeline().retireOutbound(2);
            assertThat(fixture.verdict(to4("10.2.3.1"))).isEqualTo(Expect.drop(IpsecDrop.OUT_V4_PKT_HIT_IKE_START_SP));
            assertThat(fixture.verdicts().get(8)).as("arrived before the SA was retired").isEqualTo(Expect.PROTECT);
        }
    }

    private static byte[] to4(final String address) {
        return ipv4("10.1.0.1", address, 17, udp(7, 9, counting(50)));
    }

    private static byte[] to6(final String address) {
        return ipv6("2001:db8:a::1", address, 17, udp(7, 9, counting(50)));
    }

    @Test
    void shouldChangeTheSaBetweenTwoPackets() {
        try (PipelineFixture fixture = sender(OutboundOptions.DEFAULT)) {
            for (int spi = 1; spi <= 5; spi++) {
                both(fixture, Sa.spi(spi).build());
                fixture.offer(SMALL).offer(SMALL);
            }
            fixture.drain();
            assertThat(fixture.recorder().sent().stream().map(packet -> packet[23])).containsExactly(
                (byte) 1, (byte) 1, (byte) 2, (byte) 2, (byte) 3, (byte) 3, (byte) 4, (byte) 4, (byte) 5, (byte) 5);
        }
    }

    @Test
    void shouldStopAtTheLastSequenceNumberWithoutEsn() {
        try (PipelineFixture fixture = sender(OutboundOptions.DEFAULT)) {
            final OutboundSa sa = fixture.outbound(Sa.spi(1).initial(0xffff_fffdL).build(), 0);
            fixture.offer(SMALL).offer(SMALL).offer(SMALL).offer(SMALL).drain();
            final int overflow = Expect.drop(IpsecDrop.OUT_DETECT_SEQ_OVEFLOW);
            assertThat(fixture.verdicts()).containsExactly(Expect.PROTECT, Expect.PROTECT, overflow, overflow);
            assertThat(sa.sequence()).isEqualTo(0xffff_ffffL);
        }
    }

    @Test
    void shouldGoOnAcrossTheWrapWithEsn() {
        final SaSpec spec = Sa.spi(1).esn().initial(0xffff_fffdL).build();
        try (PipelineFixture fixture = sender(OutboundOptions.DEFAULT); PipelineFixture receiver = new PipelineFixture()) {
            both(fixture, spec);
            receiver.installed(spec);
            for (int i = 0; i < 5; i++) {
                assertThat(fixture.verdict(SMALL)).isEqualTo(Expect.PROTECT);
                assertThat(receiver.judge(fixture.lastSent()).packet()).isEqualTo(SMALL);
            }
        }
    }

    @Test
    void shouldStopInTheMiddleOfAPacketThatIsCut() {
        try (PipelineFixture fixture = sender(OutboundOptions.DEFAULT)) {
            fixture.outbound(Sa.spi(1).initial(0xffff_fffeL).build(), 0);
            assertThat(fixture.verdict(packet(2000))).isEqualTo(Expect.drop(IpsecDrop.OUT_DETECT_SEQ_OVEFLOW));
            assertThat(fixture.recorder().sent()).hasSize(1);
            assertThat(fixture.counters().total(Total.FORWARDED)).isZero();
            assertThat(fixture.counters().total(Total.TRANSMITTED)).isEqualTo(1);
            assertThat(fixture.counters().total(Total.ESP_SEALED)).isEqualTo(1);
        }
    }

    @Test
    void shouldExpireByOctetsAndByTimeAndTellOfSoftExpiryOnce() {
        try (PipelineFixture fixture = sender(OutboundOptions.DEFAULT)) {
            fixture.outbound(Sa.spi(1).lifetime(2L * SMALL.length, 4L * SMALL.length, 1_000).build(), 0);
            for (int i = 1; i <= 4; i++) {
                assertThat(fixture.verdict(SMALL)).isEqualTo(Expect.PROTECT);
                assertThat(fixture.counters().ipsecPackets(IpsecDrop.GEN_NOTIFY_SOFT_EXPIRY.id())).isEqualTo(i < 2 ? 0 : 1);
            }
            assertThat(fixture.verdict(SMALL)).isEqualTo(Expect.drop(IpsecDrop.OUT_HARD_EXPIRY));
            fixture.outbound(Sa.spi(2).lifetime(0, 0, 1_000).build(), 0);
            assertThat(fixture.judge(SMALL, 999).verdict()).isEqualTo(Expect.PROTECT);
            assertThat(fixture.judge(SMALL, 1_000).verdict()).isEqualTo(Expect.drop(IpsecDrop.OUT_HARD_EXPIRY));
        }
    }

    @Test
    void shouldCountWhatTheEgressRefusesAsTailDrop() {
        try (PipelineFixture fixture = sender(OutboundOptions.DEFAULT)) {
            both(fixture, Sa.spi(1).build());
            fixture.recorder().roomFor(1);
            assertThat(fixture.verdict(SMALL)).isEqualTo(Expect.PROTECT);
            assertThat(fixture.verdict(SMALL)).isEqualTo(Expect.drop(GlobalDrop.TAIL_DROP));
            assertThat(fixture.counters().globalPackets(GlobalDrop.TAIL_DROP.id())).isEqualTo(1);
        }
    }

    @Test
    void shouldForgetTheSasThatNoPacketCanFindAnyMore() {
        try (PipelineFixture fixture = sender(OutboundOptions.DEFAULT)) {
            final List<WeakReference<OutboundSa>> replaced = new ArrayList<>();
            for (int spi = 1; spi <= 100; spi++) {
                replaced.add(new WeakReference<>(fixture.outbound(Sa.spi(spi).build(), 0)));
                fixture.offer(SMALL).drain();
            }
            // Two of the last may be held: the newest, and the one before it, which gather could still have asked for when it was replaced.
            System.gc();
            assertThat(replaced.stream().filter(sa -> !sa.refersTo(null)).count()).isLessThanOrEqualTo(2);
            assertThat(fixture.verdicts()).hasSize(100).containsOnly(Expect.PROTECT);
        }
    }

    @Test
    void shouldComputeThePlaintextMtuOfThePlatform() {
        try (PipelineFixture fixture = sender(OutboundOptions.DEFAULT)) {
            final Sa cbc = Sa.spi(1).suite(EspSuite.AES_CBC_256_SHA256_128);
            assertThat(fixture.outbound(cbc.build(), 0).plaintextMtu(1500)).isEqualTo(1438);
            for (final EspSuite suite : new EspSuite[] {EspSuite.AES_GCM_128_16, EspSuite.AES_CBC_256_SHA256_128, EspSuite.NULL_SHA1_96}) {
                for (final boolean natt : new boolean[] {false, true}) {
                    for (final boolean v6 : new boolean[] {false, true}) {
                        final Sa sa = (v6 ? Sa.spi(1).v6() : Sa.spi(1)).suite(suite);
                        final OutboundSa outbound = fixture.outbound((natt ? sa.udp() : sa).build(), 0);
                        for (int mtu = 1280; mtu < 1300; mtu++) {
                            final int plain = outbound.plaintextMtu(mtu);
                            assertThat(outbound.outerBytes(plain, 20)).isLessThanOrEqualTo(mtu);
                            assertThat(outbound.outerBytes(plain + 1, 20)).isGreaterThan(mtu);
                        }
                    }
                }
            }
        }
    }

    /** A tunnel or transport SA, and a packet that it may carry. */
    record Form(String name, SaSpec spec, byte[] packet) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Form> forms() {
        final List<Form> forms = new ArrayList<>();
        final byte[] transport4 = ipv4(Sa.PEER, Sa.US, 17, udp(7, 9, counting(61)), 0x2a, new byte[] {7, 7, 4, 0, 0, 0, 0, 0});
        final byte[] transport6 = ipv6(Sa.PEER6, Sa.US6, 0, concat(extension(17, 2), udp(7, 9, counting(61))), 0x2a);
        for (final EspSuite suite : new EspSuite[] {EspSuite.AES_GCM_256_16, EspSuite.AES_CBC_128_SHA1_96, EspSuite.NULL_SHA256_128}) {
            for (final boolean natt : new boolean[] {false, true}) {
                final String name = suite + (natt ? " NAT-T" : "");
                forms.add(new Form(name + " 4in4", form(Sa.spi(1), suite, natt), SMALL));
                forms.add(new Form(name + " 6in4", form(Sa.spi(1), suite, natt), SMALL6));
                forms.add(new Form(name + " 4in6", form(Sa.spi(1).v6(), suite, natt), SMALL));
                forms.add(new Form(name + " 6in6", form(Sa.spi(1).v6(), suite, natt), SMALL6));
                forms.add(new Form(name + " transport", form(Sa.spi(1).transport(), suite, natt), transport4));
                forms.add(new Form(name + " transport 6", form(Sa.spi(1).v6().transport(), suite, natt), transport6));
            }
        }
        return forms;
    }

    private static SaSpec form(final Sa sa, final EspSuite suite, final boolean natt) {
        return (natt ? sa.suite(suite).udp() : sa.suite(suite)).build();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldSendWhatAnotherPipelineOpens(final Form form) {
        try (PipelineFixture fixture = sender(OutboundOptions.DEFAULT); PipelineFixture receiver = new PipelineFixture()) {
            both(fixture, form.spec);
            receiver.installed(form.spec);
            for (int i = 0; i < 3; i++) {
                assertThat(fixture.verdict(form.packet)).isEqualTo(Expect.PROTECT);
                final byte[] outer = fixture.lastSent();
                if (outer[0] >> 4 == 4) {
                    assertThat(Checksum.sum(new UnsafeBuffer(outer), 0, (outer[0] & 15) << 2)).isEqualTo(0xffff);
                }
                assertThat(receiver.judge(outer).packet()).isEqualTo(form.packet);
                assertThat(receiver.lastSent()).isEqualTo(form.packet);
            }
            assertThat(fixture.counters().total(Total.ESP_SEALED)).isEqualTo(3);
            assertThat(fixture.counters().total(Total.TRANSMITTED)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Fragmentation.class)
    void shouldCutWhatIsTooBigAndReassembleItAtTheOtherEnd(final Fragmentation fragmentation) {
        for (final boolean outer6 : new boolean[] {false, true}) {
            final SaSpec spec = (outer6 ? Sa.spi(1).v6() : Sa.spi(1)).suite(EspSuite.AES_CBC_256_SHA256_128).window(4096).build();
            try (PipelineFixture fixture = sender(new OutboundOptions(1500, DfBit.COPY, fragmentation));
                 PipelineFixture receiver = new PipelineFixture(PipelineFixture.config().slotBytes(9216), "auto")) {
                both(fixture, spec);
                receiver.installed(spec);
                final int plain = fixture.outbound(spec, 0).plaintextMtu(1500);
                for (final int length : new int[] {plain - 1, plain, plain + 1, 1500, 1501, 2 * plain, 3000, 5000, 8999}) {
                    cutAndReassemble(fixture, receiver, packet(length), length <= plain, fragmentation);
                }
                final byte[] options = ipv4("10.1.0.1", "10.2.0.1", 17, udp(7, 9, counting(4000)), 0,
                    new byte[] {(byte) 0x94, 4, 0, 0, 7, 7, 4, 0, 0, 0, 0, 0});
                cutAndReassemble(fixture, receiver, options, false, fragmentation);
            }
        }
    }

    private static void cutAndReassemble(final PipelineFixture fixture, final PipelineFixture receiver, final byte[] packet,
                                         final boolean fits, final Fragmentation fragmentation) {
        fixture.recorder().sent().clear();
        receiver.recorder().sent().clear();
        receiver.recorder().events().clear();
        final long sealed = fixture.counters().total(Total.ESP_SEALED);
        assertThat(fixture.verdict(packet)).isEqualTo(Expect.PROTECT);
        final List<byte[]> sent = fixture.recorder().sent();
        assertThat(sent).as("%d octets", packet.length).allSatisfy(outer -> assertThat(outer).hasSizeLessThanOrEqualTo(1500));
        assertThat(sent.size() == 1).isEqualTo(fits);
        final boolean after = fragmentation == Fragmentation.AFTER_ENCRYPTION;
        assertThat(fixture.counters().total(Total.ESP_SEALED) - sealed).isEqualTo(after ? 1 : sent.size());
        sent.forEach(receiver::offer);
        receiver.drain();
        if (after || fits) {
            assertThat(receiver.recorder().sent()).singleElement().isEqualTo(packet);
        } else {
            assertThat(receiver.verdicts()).containsOnly(Expect.FORWARD);
            assertThat(rejoined(receiver.recorder().sent())).isEqualTo(Arrays.copyOfRange(packet, (packet[0] & 15) << 2, packet.length));
        }
    }

    /** The payload of IPv4 fragments in order. */
    private static byte[] rejoined(final List<byte[]> fragments) {
        byte[] payload = new byte[0];
        for (int i = 0; i < fragments.size(); i++) {
            final byte[] fragment = fragments.get(i);
            final int bits = (fragment[6] & 0xff) << 8 | fragment[7] & 0xff;
            assertThat((bits & 0x1fff) << 3).isEqualTo(payload.length);
            assertThat((bits & Packets.MORE) != 0).isEqualTo(i < fragments.size() - 1);
            payload = concat(payload, Arrays.copyOfRange(fragment, (fragment[0] & 15) << 2, fragment.length));
        }
        return payload;
    }

    @Test
    void shouldTreatTheDfBitAsConfigured() {
        final byte[] small = Packets.ipv4Fragment(SMALL, 5, Packets.DF, 0);
        final byte[] big = Packets.ipv4Fragment(packet(1490), 5, Packets.DF, 0);
        final int tooBig = Expect.drop(IpsecDrop.OUT_CANNOT_FRAG_DF_SET_PKT);
        for (final DfBit df : DfBit.values()) {
            for (final Fragmentation fragmentation : Fragmentation.values()) {
                final SaSpec spec = Sa.spi(1).build();
                try (PipelineFixture fixture = sender(new OutboundOptions(1500, df, fragmentation)); PipelineFixture receiver = new PipelineFixture()) {
                    both(fixture, spec);
                    receiver.installed(spec);
                    fixture.verdict(small);
                    assertThat(fixture.lastSent()[6] & 0x40).isEqualTo(df == DfBit.CLEAR ? 0 : 0x40);
                    fixture.verdict(SMALL);
                    assertThat(fixture.lastSent()[6] & 0x40).isEqualTo(df == DfBit.SET ? 0x40 : 0);
                    fixture.recorder().sent().clear();
                    assertThat(Event.text(fixture.verdict(big))).isEqualTo(Event.text(df == DfBit.CLEAR ? Expect.PROTECT : tooBig));
                    fixture.recorder().sent().forEach(receiver::offer);
                    receiver.drain();
                    if (df == DfBit.CLEAR) {
                        assertThat(receiver.lastSent()).as("cut after encryption, because the inner packet may not be").isEqualTo(big);
                    }
                }
            }
        }
    }

    @Test
    void shouldNotCutIpv6Packets() {
        try (PipelineFixture fixture = sender(new OutboundOptions(1500, DfBit.CLEAR, Fragmentation.BEFORE_ENCRYPTION))) {
            both(fixture, Sa.spi(1).build());
            assertThat(fixture.verdict(ipv6("2001:db8:a::1", "2001:db8:b::1", 17, udp(7, 9, counting(1400)))))
                .isEqualTo(Expect.drop(IpsecDrop.OUT_CANNOT_FRAG_DF_SET_PKT));
        }
    }

    @Test
    void shouldCutTransportModeAfterEncryptionOnly() {
        final SaSpec spec = Sa.spi(1).transport().build();
        final byte[] packet = ipv4(Sa.PEER, Sa.US, 17, udp(7, 9, counting(3000)));
        try (PipelineFixture fixture = sender(OutboundOptions.DEFAULT); PipelineFixture receiver = new PipelineFixture()) {
            both(fixture, spec);
            receiver.installed(spec);
            assertThat(fixture.verdict(packet)).isEqualTo(Expect.PROTECT);
            assertThat(fixture.recorder().sent()).hasSize(3);
            fixture.recorder().sent().forEach(receiver::offer);
            receiver.drain();
            final byte[] whole = receiver.lastSent();
            assertThat(whole).isEqualTo(packet);
        }
    }

    /** RFC 4301 section 7.1: a transport mode SA carries whole packets only. */
    @Test
    void shouldNotPutFragmentsIntoTransportMode() {
        try (PipelineFixture fixture = sender(OutboundOptions.DEFAULT)) {
            both(fixture, Sa.spi(1).transport().build());
            final byte[] fragment = Packets.ipv4Fragment(ipv4(Sa.PEER, Sa.US, 17, counting(64)), 5, Packets.MORE, 0);
            final byte[] fragment6 = Packets.ipv6Fragment(Sa.PEER6, Sa.US6, 17, counting(64), 5, 0, true);
            assertThat(Verdicts.isDrop(fixture.verdict(fragment))).isTrue();
            assertThat(Verdicts.isDrop(fixture.verdict(fragment6))).isTrue();
            assertThat(fixture.recorder().sent()).isEmpty();
        }
    }

    /** Verdicts by their kind. */
    private static final class Verdicts {
        static boolean isDrop(final int verdict) {
            return Event.text(verdict).startsWith("ipsec-drop");
        }
    }

    @Test
    void shouldSendNewTunnelHeadersWithTheTrafficClassOfTheInnerOne() {
        try (PipelineFixture fixture = sender(OutboundOptions.DEFAULT)) {
            both(fixture, Sa.spi(1).build());
            final byte[] inner = ipv4("10.1.0.1", "10.2.0.1", 17, udp(7, 9, counting(50)), 0xb9, new byte[0]);
            fixture.verdict(inner);
            assertThat(fixture.lastSent()[1]).isEqualTo((byte) 0xb9);
            fixture.verdict(ipv6("2001:db8:a::1", "2001:db8:b::1", 17, udp(7, 9, counting(50)), 0xb9));
            assertThat(fixture.lastSent()[1]).isEqualTo((byte) 0xb9);
        }
    }
}
