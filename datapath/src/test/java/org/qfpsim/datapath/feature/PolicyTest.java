package org.qfpsim.datapath.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qfpsim.datapath.support.Packets.counting;
import static org.qfpsim.datapath.support.Packets.ipv4;
import static org.qfpsim.datapath.support.Packets.ipv6;
import static org.qfpsim.datapath.support.Packets.udp;

import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.PolicyRule.Action;
import org.qfpsim.datapath.sa.PolicyRule.Direction;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;

/** Clear packets against the inbound policy: prefixes, protocols, ports, order, default. */
class PolicyTest {
    private static final int TRANSIT = Expect.drop(IpsecDrop.IN_TRANS_CL_V4_PKT_FAILED_POLICY);
    private static final int FOR_US = Expect.drop(IpsecDrop.IN_US_CL_V4_PKT_FAILED_POLICY);
    private static final int TRANSIT_6 = Expect.drop(IpsecDrop.IN_TRANS_V6_PKT_FAILED_POLICY);
    private static final int FOR_US_6 = Expect.drop(IpsecDrop.IN_US_CL_V6_PKT_FAILED_POLICY);

    private static TrafficSelector selector(final String from, final String to, final int protocol, final int low, final int high) {
        return new TrafficSelector(IpPrefix.parse(from), IpPrefix.parse(to), protocol, 0, 65535, low, high);
    }

    private static TrafficSelector selector(final String from, final String to) {
        return TrafficSelector.between(IpPrefix.parse(from), IpPrefix.parse(to));
    }

    private static PolicyRule inbound(final Action action, final TrafficSelector selector) {
        return new PolicyRule("in", Direction.INBOUND, selector, action, null);
    }

    private static byte[] v4(final String to, final int protocol, final int port) {
        return ipv4("10.1.0.1", to, protocol, udp(999, port, counting(8)));
    }

    @Test
    void shouldWantProtectionForWhatARuleCovers() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            fixture.rules(false, inbound(Action.PROTECT, selector("10.1.0.0/16", "10.2.0.0/16")),
                inbound(Action.PROTECT, selector("10.1.0.0/16", Sa.US)),
                inbound(Action.PROTECT, selector("2001:db8:a::/48", "::/0")));
            assertThat(fixture.verdict(v4("10.2.0.1", 17, 1))).isEqualTo(TRANSIT);
            assertThat(fixture.verdict(v4("10.2.255.255", 17, 1))).isEqualTo(TRANSIT);
            assertThat(fixture.verdict(v4("10.3.0.0", 17, 1))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(v4(Sa.US, 17, 1))).isEqualTo(FOR_US);
            assertThat(fixture.verdict(ipv4("10.9.0.1", Sa.US, 17, udp(1, 1, counting(8))))).isEqualTo(Expect.punt(PuntCause.FOR_US_DATA));
            assertThat(fixture.verdict(ipv6("2001:db8:a::9", "2001:db8:f::1", 6, counting(20)))).isEqualTo(TRANSIT_6);
            assertThat(fixture.verdict(ipv6("2001:db8:a::9", Sa.US6, 6, counting(20)))).isEqualTo(FOR_US_6);
            assertThat(fixture.verdict(ipv6("2001:db8:b::9", Sa.US6, 6, counting(20)))).isEqualTo(Expect.punt(PuntCause.FOR_US_DATA));
        }
    }

    @Test
    void shouldLetIkePassWhateverPolicySays() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            fixture.rules(true);
            assertThat(fixture.verdict(ipv4(Sa.PEER, Sa.US, 17, udp(500, 500, new byte[28]))))
                .isEqualTo(Expect.punt(PuntCause.FOR_US_CONTROL));
        }
    }

    @Test
    void shouldDropByDefaultWhatNoRuleCovers() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            fixture.rules(true, inbound(Action.BYPASS, selector("10.1.0.0/16", "10.4.0.0/16")));
            assertThat(fixture.verdict(v4("10.4.0.1", 17, 1))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(v4("10.5.0.1", 17, 1))).isEqualTo(TRANSIT);
            assertThat(fixture.verdict(v4(Sa.US, 17, 1))).isEqualTo(FOR_US);
            assertThat(fixture.verdict(ipv6("2001:db8:b::9", "2001:db8:c::1", 6, counting(20)))).isEqualTo(TRANSIT_6);
            assertThat(fixture.verdict(ipv6("2001:db8:b::9", Sa.US6, 6, counting(20)))).isEqualTo(FOR_US_6);
        }
    }

    @Test
    void shouldTakeTheFirstRuleThatMatches() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            fixture.rules(false,
                inbound(Action.BYPASS, selector("10.1.0.0/16", "10.2.0.0/16", 17, 53, 53)),
                inbound(Action.DENY_DROP, selector("10.1.0.0/16", "10.2.0.0/16", 6, 20, 25)),
                inbound(Action.PROTECT, selector("10.1.0.0/16", "10.2.0.0/16")),
                inbound(Action.DENY_DROP, selector("0.0.0.0/0", "0.0.0.0/0", 1, 0, 65535)),
                inbound(Action.DENY_DROP, selector("::/0", "2001:db8:d::/64")));
            assertThat(fixture.verdict(v4("10.2.0.1", 17, 53))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(v4("10.2.0.1", 17, 54))).isEqualTo(TRANSIT);
            assertThat(fixture.verdict(v4("10.2.0.1", 6, 53))).isEqualTo(TRANSIT);
            for (final int port : new int[] {20, 22, 25}) {
                assertThat(fixture.verdict(v4("10.2.0.1", 6, port))).isEqualTo(Expect.drop(GlobalDrop.IPV4_ACL));
            }
            assertThat(fixture.verdict(v4("10.2.0.1", 6, 19))).isEqualTo(TRANSIT);
            assertThat(fixture.verdict(v4("10.2.0.1", 6, 26))).isEqualTo(TRANSIT);
            assertThat(fixture.verdict(v4("10.7.0.1", 1, 0))).isEqualTo(Expect.drop(GlobalDrop.IPV4_ACL));
            assertThat(fixture.verdict(ipv6("2001:db8:b::9", "2001:db8:d::1", 6, counting(20)))).isEqualTo(Expect.drop(GlobalDrop.IPV6_ACL));
        }
    }

    @Test
    void shouldNotCoverPacketsWithoutPortsByARuleWithPorts() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            fixture.rules(false, inbound(Action.PROTECT, selector("10.1.0.0/16", "10.2.0.0/16", TrafficSelector.ANY_PROTOCOL, 0, 1000)));
            final byte[] packet = v4("10.2.0.1", 17, 53);
            assertThat(fixture.verdict(packet)).isEqualTo(TRANSIT);
            assertThat(fixture.verdict(Packets.ipv4Fragment(packet, 7, 0, 64))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(ipv4("10.1.0.1", "10.2.0.1", 1, counting(8)))).isEqualTo(Expect.FORWARD);
            assertThat(fixture.verdict(ipv4("10.1.0.1", "10.2.0.1", 17, counting(3)))).isEqualTo(Expect.FORWARD);
        }
    }

    @Test
    void shouldSeePortsOfEveryProtocolThatHasThem() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            fixture.rules(false, inbound(Action.PROTECT, selector("10.1.0.0/16", "10.2.0.0/16", TrafficSelector.ANY_PROTOCOL, 7, 7)));
            for (final int protocol : new int[] {6, 17, 33, 132}) {
                assertThat(fixture.verdict(v4("10.2.0.1", protocol, 7))).as("protocol %d", protocol).isEqualTo(TRANSIT);
                assertThat(fixture.verdict(v4("10.2.0.1", protocol, 8))).as("protocol %d", protocol).isEqualTo(Expect.FORWARD);
            }
        }
    }
}
