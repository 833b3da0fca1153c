package org.qfpsim.controlplane.ike.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.time.Timers;

/** Two ends and the network between them; what must hold after every run. */
final class TwoParties {
    final Timers timers = new Timers();
    final Net net;
    final Party a;
    final Party b;

    TwoParties(final long seed) {
        net = new Net(timers, seed);
        a = new Party("A", "10.1.1.1", "20.1.1.2", 0x1000, net, seed * 2 + 1);
        b = new Party("B", "20.1.1.2", "10.1.1.1", 0x2000, net, seed * 2 + 2);
        net.a = a;
        net.b = b;
    }

    /** An IKE SA and a pair, set up by A. */
    static TwoParties connected(final long seed) {
        final TwoParties two = new TwoParties(seed);
        two.a.connect();
        two.seconds(1);
        two.agree(1);
        return two;
    }

    void seconds(final long seconds) {
        millis(seconds * 1000);
    }

    void millis(final long millis) {
        timers.advance(timers.nanos() + millis * Net.MILLI);
    }

    /** The same pairs with the same keys at both ends, the same IKE SAs, nothing left over. */
    void agree(final int pairs) {
        agree();
        assertThat(a.engine.pairs).hasSize(pairs);
    }

    void agree() {
        assertThat(a.engine.reserved).as("SPIs of A that came to nothing").isEmpty();
        assertThat(b.engine.reserved).as("SPIs of B that came to nothing").isEmpty();
        assertThat(spis(a)).as("IKE SAs").isEqualTo(spis(b));
        assertThat(a.engine.pairs.values().stream().map(pair -> List.of(pair.inboundSpi(), pair.outboundSpi())).collect(Collectors.toSet()))
            .as("pairs").isEqualTo(
                b.engine.pairs.values().stream().map(pair -> List.of(pair.outboundSpi(), pair.inboundSpi())).collect(Collectors.toSet()));
        for (final ChildSa ours : a.engine.pairs.values()) {
            final ChildSa theirs = b.engine.pairs.get(ours.outboundSpi());
            assertThat(ours.inboundKeys().key()).isEqualTo(theirs.outboundKeys().key()).isNotEqualTo(ours.outboundKeys().key());
            assertThat(ours.outboundKeys().key()).isEqualTo(theirs.inboundKeys().key());
            assertThat(ours.outboundKeys().salt()).isEqualTo(theirs.inboundKeys().salt());
            assertThat(ours.outboundKeys().authKey()).isEqualTo(theirs.inboundKeys().authKey());
            assertThat(ours.esn()).isEqualTo(theirs.esn());
            assertThat(ours.mode()).isEqualTo(theirs.mode());
            assertThat(ours.selector().source()).isEqualTo(theirs.selector().destination());
            assertThat(ours.initiator()).isNotEqualTo(theirs.initiator());
        }
        if (!a.engine.pairs.isEmpty()) {
            assertThat(a.engine.usable).as("A sends through a pair").isNotEmpty();
            assertThat(b.engine.usable).as("B sends through a pair").isNotEmpty();
        }
    }

    private static Set<List<Long>> spis(final Party party) {
        return party.service.ikeSas().stream().map(IkeService.IkeSaInfo::spis).collect(Collectors.toSet());
    }
}
