package org.qfpsim.controlplane.ike.v2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeIdentity;

/** A peer that has lost its memory comes anew without INITIAL_CONTACT (RFC 7296 section 2.4): what it had before is found and removed. */
class StaleIkeSaTest {
    private final TwoParties two = TwoParties.connected(6);

    private void comeAgain() {
        two.a.restart();
        two.a.engine.pairs.clear();
        two.a.engine.usable.clear();
        two.a.service.requestIkeSa(two.a.address, two.a.peer, false, two.a.engine.policy, (up, reason) -> assertThat(up).isTrue());
        two.seconds(1);
        assertThat(two.b.ready()).isEqualTo(2);
        assertThat(two.b.engine.pairs).hasSize(2);
    }

    @Test
    void shouldRemoveTheOlderIkeSaAndItsPairWhenNobodyAnswersForIt() {
        two.b.config.dpd = new IkeConfig.Dpd(3_600, 2, false);
        comeAgain();
        two.seconds(15);
        two.agree(1);
        assertThat(two.b.ready()).isEqualTo(1);
        assertThat(two.b.engine.events).as("the peer itself is there").doesNotContain("silent")
            .noneMatch(event -> event.startsWith("gone"));
    }

    @Test
    void shouldDoSoWithoutDeadPeerDetectionToo() {
        comeAgain();
        two.seconds(130);
        two.agree(1);
        assertThat(two.b.ready()).isEqualTo(1);
    }

    @Test
    void shouldKeepBothIkeSasOfEndsThatConnectAtOnce() {
        final TwoParties both = new TwoParties(7);
        both.a.connect();
        both.b.connect();
        both.seconds(200);
        assertThat(both.a.ready()).isEqualTo(2);
        both.agree(2);
    }

    @Test
    void shouldNotDoubtThePeerOfAnotherIdentity() {
        two.a.restart();
        two.a.engine.pairs.clear();
        two.a.engine.usable.clear();
        two.a.config.identity = IkeIdentity.of(IkeIdentity.FQDN, "other.example");
        two.a.service.requestIkeSa(two.a.address, two.a.peer, false, two.a.engine.policy, (up, reason) -> assertThat(up).isTrue());
        two.seconds(200);
        assertThat(two.b.ready()).isEqualTo(2);
    }
}
