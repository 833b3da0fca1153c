package org.qfpsim.controlplane.ike.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Transport mode with A behind a NAT (RFC 7296 section 2.23.1): each end's selectors are the addresses that it sees. */
class TransportNatTest {
    private static final int GRE = 47;

    private final TwoParties two = new TwoParties(5);

    private static TrafficSelector gre(final IpAddress from, final IpAddress to) {
        return new TrafficSelector(new IpPrefix(from, 32), new IpPrefix(to, 32), GRE, 0, 65_535, 0, 65_535);
    }

    private static ChildPolicy policy(final Party party, final IpAddress peer) {
        return new ChildPolicy(1, "Tunnel0-head-0", party.address, peer, gre(party.address, peer), SaSpec.Mode.TRANSPORT,
            List.of(EspSuite.AES_GCM_128_16), false, 0, 3_600, 0, 64, 2);
    }

    @BeforeEach
    void connect() {
        two.net.nat = true;
        two.a.engine.policy = policy(two.a, two.b.address);
        two.b.engine.policy = policy(two.b, Net.NAT);
        two.a.connect();
        two.seconds(1);
    }

    private static ChildSa only(final Party party) {
        assertThat(party.engine.pairs).hasSize(1);
        return party.engine.pairs.values().iterator().next();
    }

    private void sound() {
        final ChildSa ours = only(two.a);
        final ChildSa theirs = only(two.b);
        assertThat(ours.mode()).isEqualTo(SaSpec.Mode.TRANSPORT).isEqualTo(theirs.mode());
        assertThat(ours.udp()).isTrue();
        assertThat(theirs.udp()).isTrue();
        assertThat(ours.selector()).isEqualTo(gre(two.a.address, two.b.address));
        assertThat(theirs.selector()).isEqualTo(gre(two.b.address, Net.NAT));
        assertThat(ours.outboundKeys().key()).isEqualTo(theirs.inboundKeys().key());
        assertThat(two.a.engine.reserved).isEmpty();
        assertThat(two.b.engine.reserved).isEmpty();
    }

    @Test
    void shouldComeUp() {
        sound();
        assertThat(two.a.engine.failures).isEmpty();
    }

    @Test
    void shouldBeReplacedFromEitherSide() {
        two.a.rekeyChild();
        two.seconds(1);
        sound();
        final int before = only(two.b).inboundSpi();
        // B knows A by the address of the NAT only.
        two.b.service.requestChild(two.b.engine.policy, Net.NAT, before);
        two.seconds(1);
        sound();
        assertThat(only(two.b).inboundSpi()).isNotEqualTo(before);
        assertThat(two.b.engine.failures).isEmpty();
    }

    @Test
    void shouldNotTakeWhatIsNotOneHost() {
        final TrafficSelector wide = TrafficSelector.between(IpPrefix.parse("10.1.1.0/24"), new IpPrefix(two.b.address, 32));
        final ChildPolicy base = policy(two.a, two.b.address);
        two.a.service.requestChild(new ChildPolicy(2, "wide", base.local(), base.peer(), wide, base.mode(), base.suites(), false, 0,
            3_600, 0, 64, 2), two.b.address, null);
        two.seconds(1);
        assertThat(two.a.engine.failures).containsExactly("TS_UNACCEPTABLE");
        sound();
    }
}
