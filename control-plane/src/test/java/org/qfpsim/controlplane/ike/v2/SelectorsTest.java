package org.qfpsim.controlplane.ike.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.v2.wire.SelectorRange;
import org.qfpsim.controlplane.ipsec.SelectorMath;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Ranges and prefixes. */
class SelectorsTest {
    @ParameterizedTest
    @CsvSource({"10.1.0.0/16, 10.1.0.0, 10.1.255.255", "10.1.1.1/32, 10.1.1.1, 10.1.1.1", "0.0.0.0/0, 0.0.0.0, 255.255.255.255",
        "2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8::/64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff",
        "2001:db8::1/128, 2001:db8::1, 2001:db8::1", "2001:db8::/96, 2001:db8::, 2001:db8::ffff:ffff",
        "::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"})
    void shouldTurnPrefixesIntoRangesAndBack(final String prefix, final String low, final String high) {
        final IpPrefix address = IpPrefix.parse(prefix);
        final TrafficSelector selector = new TrafficSelector(address, address, 6, 1000, 2000, 80, 80);
        final SelectorRange source = Selectors.source(selector);
        assertThat(source.low()).isEqualTo(IpAddress.parse(low));
        assertThat(source.high()).isEqualTo(IpAddress.parse(high));
        assertThat(Selectors.exact(source, Selectors.destination(selector))).contains(selector);
        assertThat(Narrowing.prefixes(source.low(), source.high())).containsExactly(address);
    }

    @Test
    void shouldNotExpressWhatTheDatapathCannot() {
        final SelectorRange good = range("10.0.0.0", "10.0.0.255");
        assertThat(Selectors.exact(good, range("10.0.0.1", "10.0.0.255"))).isEmpty();
        assertThat(Selectors.exact(range("10.0.0.9", "10.0.0.3"), good)).isEmpty();
        assertThat(Selectors.exact(range("::", "::"), good)).isEmpty();
        assertThat(Selectors.exact(new SelectorRange(0, 65_535, 0, good.low(), good.high()), good)).as("OPAQUE").isEmpty();
        assertThat(Selectors.exact(new SelectorRange(6, 0, 1, good.low(), good.high()),
            new SelectorRange(17, 0, 1, good.low(), good.high()))).as("two protocols").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.5, 10.0.0.20, 10.0.0.5/32 10.0.0.6/31 10.0.0.8/29 10.0.0.16/30 10.0.0.20/32",
        "0.0.0.0, 255.255.255.255, 0.0.0.0/0",
        "10.0.0.9, 10.0.0.3, ", "0.0.0.1, 0.0.0.3, 0.0.0.1/32 0.0.0.2/31", "2001:db8::ffff:ffff:ffff:ffff, 2001:db8:0:1::, "
        + "2001:db8::ffff:ffff:ffff:ffff/128 2001:db8:0:1::/128"})
    void shouldCutRangesIntoPrefixes(final String low, final String high, final String prefixes) {
        assertThat(Narrowing.prefixes(IpAddress.parse(low), IpAddress.parse(high)))
            .isEqualTo(prefixes == null ? List.of() : Stream.of(prefixes.split(" ")).map(IpPrefix::parse).toList());
    }

    @Test
    void shouldCutRandomRangesWithoutGapOrOverlap() {
        final Random random = new Random(29);
        for (int i = 0; i < 1000; i++) {
            final long low = random.nextLong(1L << 32);
            final long high = low + random.nextLong((1L << 32) - low);
            long at = low;
            for (final IpPrefix prefix : Narrowing.prefixes(v4(low), v4(high))) {
                assertThat(prefix.address()).isEqualTo(v4(at));
                at += 1L << 32 - prefix.length();
            }
            assertThat(at).isEqualTo(high + 1);
        }
    }

    private static IpAddress v4(final long value) {
        return IpAddress.of(new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
    }

    /** Our policies, tried in order: what is agreed is common to one of them and the proposal, as with IpsecManager. */
    private static Optional<String> agreed(final List<SelectorRange> peers, final String... policies) {
        final IpPrefix own = IpPrefix.parse("20.0.0.0/8");
        return new Narrowing(List.of(Selectors.range(own, 0, 0, 65_535)), peers).agree(proposed -> Stream.of(policies)
            .map(policy -> SelectorMath.intersect(TrafficSelector.between(own, IpPrefix.parse(policy)), proposed))
            .flatMap(Optional::stream).findFirst().map(SelectorsTest::policy)).map(policy -> policy.selector().destination().toString());
    }

    private static ChildPolicy policy(final TrafficSelector selector) {
        return new ChildPolicy(1, "p", IpAddress.parse("20.0.0.1"), null, selector, SaSpec.Mode.TUNNEL,
            List.of(EspSuite.AES_GCM_128_16), false, 0, 3600, 0, 64, 2);
    }

    @Test
    void shouldNarrowToTheWidestThatIsAcceptable() {
        assertThat(agreed(List.of(range("10.0.0.5", "10.0.0.20")), "10.0.0.0/8")).contains("10.0.0.8/29");
        assertThat(agreed(List.of(range("10.0.0.5", "10.0.0.20")), "10.0.0.16/28")).contains("10.0.0.16/30");
        assertThat(agreed(List.of(range("10.0.0.5", "10.0.0.20")), "10.0.0.32/28")).isEmpty();
        assertThat(agreed(List.of(range("9.0.0.0", "9.0.0.255"), range("10.0.0.0", "10.0.0.255")), "10.0.0.0/8"))
            .contains("10.0.0.0/24");
    }

    @Test
    void shouldKeepWhatTheInitiatorHasNamedFirst() {
        final List<SelectorRange> packetAndRange = List.of(range("10.2.0.5", "10.2.0.5"), range("10.0.0.0", "10.255.255.255"));
        assertThat(agreed(packetAndRange, "10.2.0.0/16")).contains("10.2.0.0/16");
        assertThat(agreed(packetAndRange, "10.1.0.0/16", "10.2.0.0/16")).as("the first policy does not cover the packet")
            .contains("10.2.0.5/32");
        assertThat(agreed(packetAndRange, "10.1.0.0/16")).as("the packet is not acceptable, the rest is").contains("10.1.0.0/16");
    }

    @Test
    void shouldLookAtABoundedNumber() {
        final int[] asked = {0};
        final List<SelectorRange> many = java.util.Collections.nCopies(64, range("10.0.0.1", "10.255.255.254"));
        assertThat(new Narrowing(many, many).agree(proposed -> {
            asked[0]++;
            return Optional.empty();
        })).isEmpty();
        assertThat(asked[0]).isEqualTo(64);
    }

    private static SelectorRange range(final String low, final String high) {
        return new SelectorRange(0, 0, 65_535, IpAddress.parse(low), IpAddress.parse(high));
    }

    @Test
    void shouldKnowWhatIsNarrower() {
        final TrafficSelector wide = TrafficSelector.between(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("20.0.0.0/8"));
        final TrafficSelector narrow = new TrafficSelector(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("20.0.0.0/8"), 17, 0, 65_535, 53, 53);
        assertThat(Selectors.within(narrow, wide)).isTrue();
        assertThat(Selectors.within(wide, narrow)).isFalse();
        assertThat(Selectors.within(TrafficSelector.between(IpPrefix.parse("11.0.0.0/8"), IpPrefix.parse("20.0.0.0/8")), wide)).isFalse();
    }
}
