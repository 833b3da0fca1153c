package org.qfpsim.controlplane.ike.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.controlplane.ike.v2.wire.SelectorRange;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
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
        assertThat(Selectors.pairs(List.of(source), List.of(Selectors.destination(selector)))).containsExactly(selector);
    }

    @Test
    void shouldPassOverWhatIsNoPrefix() {
        final SelectorRange good = range("10.0.0.0", "10.0.0.255");
        assertThat(Selectors.pairs(List.of(range("10.0.0.1", "10.0.0.255"), good), List.of(good))).hasSize(1);
        assertThat(Selectors.pairs(List.of(range("10.0.0.9", "10.0.0.3")), List.of(good))).isEmpty();
        assertThat(Selectors.pairs(List.of(range("::", "::")), List.of(good))).isEmpty();
        final SelectorRange opaque = new SelectorRange(0, 65_535, 0, good.low(), good.high());
        assertThat(Selectors.pairs(List.of(opaque), List.of(good))).isEmpty();
        assertThat(Selectors.pairs(java.util.Collections.nCopies(64, good), java.util.Collections.nCopies(64, good))).hasSize(64);
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
