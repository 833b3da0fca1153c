package org.qfpsim.controlplane.ike.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.datapath.crypto.EspSuite;

/** What rekeys and deletes can meet on their way (RFC 7296 sections 2.8 and 2.25), as ladders. */
class RekeyScenariosTest {
    private static int spi(final Party party) {
        return party.engine.pairs.keySet().stream().reduce((older, newer) -> newer).orElseThrow();
    }

    private static Set<Integer> spis(final Party party) {
        return Set.copyOf(party.engine.pairs.keySet());
    }

    private static List<Long> ikeSpis(final Party party) {
        return party.service.ikeSas().getFirst().spis();
    }

    @Test
    void shouldMakeTheNewPairBeforeItBreaksTheOld() {
        final TwoParties two = TwoParties.connected(1);
        final int oldA = spi(two.a);
        final int oldB = spi(two.b);
        two.a.rekeyChild();
        two.seconds(1);
        two.agree(1);
        final int newA = spi(two.a);
        final int newB = spi(two.b);
        // The initiator uses the new pair when it has it, the responder when the old one is deleted.
        assertThat(two.a.engine.events).endsWith("install " + newA + " for " + oldA, "use " + newA, "remove " + oldA);
        assertThat(two.b.engine.events).endsWith("install " + newB + " for " + oldB, "use " + newB, "remove " + oldB);
        assertThat(two.net.log).hasSize(8);
    }

    @Test
    void shouldRekeyWithPerfectForwardSecrecy() {
        final TwoParties two = TwoParties.connected(2);
        two.a.engine.policy = two.a.policy(List.of(EspSuite.AES_GCM_256_16), 19);
        two.b.engine.policy = two.b.policy(List.of(EspSuite.AES_GCM_256_16), 19);
        final int before = spi(two.a);
        two.a.rekeyChild();
        two.seconds(1);
        two.agree(1);
        assertThat(spis(two.a)).doesNotContain(before);
    }

    @Test
    void shouldFailOnAPfsMismatchAndKeepTheOldPair() {
        final TwoParties two = TwoParties.connected(3);
        final int before = spi(two.a);
        two.b.engine.policy = two.b.policy(List.of(EspSuite.AES_GCM_256_16), 19);
        two.a.rekeyChild();
        two.seconds(1);
        two.a.engine.policy = two.a.policy(List.of(EspSuite.AES_GCM_256_16), 31);
        two.a.rekeyChild();
        two.seconds(1);
        two.agree(1);
        assertThat(spi(two.a)).isEqualTo(before);
        assertThat(two.a.engine.failures).containsExactly("NO_PROPOSAL_CHOSEN", "NO_PROPOSAL_CHOSEN");
    }

    @Test
    void shouldAcceptAGroupThatItDidNotAskFor() {
        final TwoParties two = TwoParties.connected(4);
        two.a.engine.policy = two.a.policy(List.of(EspSuite.AES_GCM_256_16), 31);
        final int before = spi(two.a);
        two.a.rekeyChild();
        two.seconds(1);
        two.agree(1);
        assertThat(spis(two.a)).doesNotContain(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 8, 9, 10})
    void shouldKeepOnePairWhenBothRekeyItAtOnce(final long seed) {
        final TwoParties two = TwoParties.connected(seed);
        final int before = spi(two.a);
        two.a.rekeyChild();
        two.b.rekeyChild();
        two.seconds(10);
        two.agree(1);
        assertThat(spis(two.a)).doesNotContain(before);
        assertThat(two.a.service.count(Ikev2Event.COLLISION)).isEqualTo(1);
        assertThat(two.b.service.count(Ikev2Event.COLLISION)).isEqualTo(1);
        assertThat(two.a.engine.failures).isEmpty();
        assertThat(two.b.engine.failures).isEmpty();
        assertThat(two.a.engine.usable).containsExactly(spi(two.a));
        assertThat(two.b.engine.usable).containsExactly(spi(two.b));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldKeepOnePairWhenOneRequestOfACollisionIsLate(final long seed) {
        // A's request reaches B after B's rekey is done and while, or after, B deletes the old pair.
        final TwoParties two = TwoParties.connected(seed);
        two.net.holds = datagram -> datagram.is(two.a, Header.CREATE_CHILD_SA, false);
        two.a.rekeyChild();
        two.b.rekeyChild();
        two.millis(seed % 2 == 0 ? 35 : 500);
        two.net.release();
        two.seconds(30);
        two.agree(1);
        assertThat(two.a.engine.failures).isEmpty();
        assertThat(two.a.engine.usable).containsExactly(spi(two.a));
        assertThat(two.b.engine.usable).containsExactly(spi(two.b));
    }

    @ParameterizedTest
    @ValueSource(longs = {15, 16, 17, 18})
    void shouldKeepOnePairWhenOneResponseOfACollisionIsLate(final long seed) {
        final TwoParties two = TwoParties.connected(seed);
        two.net.holds = datagram -> datagram.is(two.a, Header.CREATE_CHILD_SA, true);
        two.a.rekeyChild();
        two.b.rekeyChild();
        two.millis(500);
        two.net.release();
        two.seconds(30);
        two.agree(1);
        assertThat(two.a.engine.usable).containsExactly(spi(two.a));
        assertThat(two.b.engine.usable).containsExactly(spi(two.b));
    }

    @Test
    void shouldSurviveALostAndADoubledResponse() {
        final TwoParties two = TwoParties.connected(19);
        two.net.drop(2, datagram -> datagram.is(two.b, Header.CREATE_CHILD_SA, true));
        two.net.doublePercent = 100;
        two.a.rekeyChild();
        two.seconds(20);
        two.agree(1);
        assertThat(two.b.service.count(Ikev2Event.REPEATED_REQUEST)).isGreaterThanOrEqualTo(2);
        assertThat(two.b.engine.events.stream().filter(event -> event.startsWith("install"))).hasSize(2);
    }

    @Test
    void shouldSurviveALostDelete() {
        final TwoParties two = TwoParties.connected(20);
        two.net.drop(2, datagram -> datagram.is(two.a, Header.INFORMATIONAL, false));
        two.a.rekeyChild();
        two.seconds(1);
        assertThat(two.b.engine.pairs).as("the old pair is still there").hasSize(2);
        two.seconds(20);
        two.agree(1);
    }

    @Test
    void shouldSurviveALateResponseToADelete() {
        final TwoParties two = TwoParties.connected(21);
        two.net.holds = datagram -> datagram.is(two.b, Header.INFORMATIONAL, true);
        two.a.rekeyChild();
        two.seconds(9);
        two.net.release();
        two.seconds(9);
        two.agree(1);
    }

    @Test
    void shouldLetADeleteCrossARekey() {
        // A rekeys the pair while B deletes it.
        final TwoParties two = TwoParties.connected(22);
        two.net.holds = datagram -> datagram.is(two.a, Header.CREATE_CHILD_SA, false);
        two.a.rekeyChild();
        two.b.service.sendDelete(two.b.address, two.b.peer, List.of(spi(two.b)), false);
        two.seconds(1);
        assertThat(two.a.engine.pairs).isEmpty();
        two.net.release();
        two.seconds(30);
        two.agree(0);
        assertThat(two.a.engine.failures).containsExactly("the peer has deleted the SA to be replaced");
    }

    @Test
    void shouldAnswerTemporaryFailureForAPairThatItDeletes() {
        final TwoParties two = TwoParties.connected(23);
        two.net.holds = datagram -> datagram.is(two.b, Header.INFORMATIONAL, false);
        two.b.service.sendDelete(two.b.address, two.b.peer, List.of(spi(two.b)), false);
        two.a.rekeyChild();
        two.seconds(1);
        assertThat(two.b.service.count(Ikev2Event.TEMPORARY_FAILURE)).isEqualTo(1);
        two.net.release();
        two.seconds(30);
        two.agree(0);
        assertThat(two.a.engine.failures).containsExactly("the SA to be replaced has been deleted");
    }

    @Test
    void shouldLetBothDeleteThePairAtOnce() {
        final TwoParties two = TwoParties.connected(24);
        two.a.service.sendDelete(two.a.address, two.a.peer, List.of(spi(two.a)), false);
        two.b.service.sendDelete(two.b.address, two.b.peer, List.of(spi(two.b)), false);
        two.seconds(5);
        two.agree(0);
        assertThat(two.a.ready()).isEqualTo(1);
    }

    @Test
    void shouldReplaceTheIkeSaAndKeepThePairs() {
        final TwoParties two = TwoParties.connected(25);
        final List<Long> before = ikeSpis(two.a);
        final int pair = spi(two.a);
        assertThat(two.a.service.rekeyIkeSa(two.a.address, two.a.peer)).isTrue();
        two.seconds(1);
        two.agree(1);
        assertThat(ikeSpis(two.a)).doesNotContainAnyElementsOf(before);
        assertThat(spi(two.a)).isEqualTo(pair);
        // The new one works, both ways.
        two.b.rekeyChild();
        two.seconds(1);
        two.a.rekeyChild();
        two.seconds(1);
        two.agree(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {26, 27, 28, 29, 30, 31})
    void shouldKeepOneIkeSaWhenBothRekeyItAtOnce(final long seed) {
        final TwoParties two = TwoParties.connected(seed);
        final List<Long> before = ikeSpis(two.a);
        two.a.service.rekeyIkeSa(two.a.address, two.a.peer);
        two.b.service.rekeyIkeSa(two.b.address, two.b.peer);
        two.seconds(200);
        two.agree(1);
        assertThat(two.a.service.ikeSas()).hasSize(1);
        assertThat(ikeSpis(two.a)).doesNotContainAnyElementsOf(before);
        assertThat(two.a.service.count(Ikev2Event.COLLISION)).isEqualTo(1);
        two.a.rekeyChild();
        two.b.rekeyChild();
        two.seconds(30);
        two.agree(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {32, 33, 34, 35})
    void shouldKeepOneIkeSaWhenARequestOfACollisionIsLate(final long seed) {
        final TwoParties two = TwoParties.connected(seed);
        two.net.holds = datagram -> datagram.is(two.a, Header.CREATE_CHILD_SA, false);
        two.a.service.rekeyIkeSa(two.a.address, two.a.peer);
        two.b.service.rekeyIkeSa(two.b.address, two.b.peer);
        two.millis(seed % 2 == 0 ? 25 : 1000);
        two.net.release();
        two.seconds(300);
        two.agree(1);
        assertThat(two.a.service.ikeSas()).hasSize(1);
        two.b.rekeyChild();
        two.seconds(30);
        two.agree(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {36, 37, 38, 39})
    void shouldKeepOneIkeSaWhenAResponseOfACollisionIsLate(final long seed) {
        final TwoParties two = TwoParties.connected(seed);
        two.net.holds = datagram -> datagram.is(two.a, Header.CREATE_CHILD_SA, true);
        two.a.service.rekeyIkeSa(two.a.address, two.a.peer);
        two.b.service.rekeyIkeSa(two.b.address, two.b.peer);
        two.seconds(3);
        two.net.release();
        two.seconds(300);
        two.agree(1);
        assertThat(two.a.service.ikeSas()).hasSize(1);
        two.a.rekeyChild();
        two.seconds(30);
        two.agree(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {40, 41, 42})
    void shouldLetAnIkeRekeyCrossAChildRekey(final long seed) {
        final TwoParties two = TwoParties.connected(seed);
        final List<Long> before = ikeSpis(two.a);
        final int pair = spi(two.a);
        two.a.service.rekeyIkeSa(two.a.address, two.a.peer);
        two.b.rekeyChild();
        two.seconds(60);
        two.agree(1);
        assertThat(two.a.service.count(Ikev2Event.TEMPORARY_FAILURE)).isPositive();
        assertThat(two.b.service.count(Ikev2Event.TEMPORARY_FAILURE)).isPositive();
        assertThat(ikeSpis(two.a)).doesNotContainAnyElementsOf(before);
        assertThat(spis(two.a)).doesNotContain(pair);
        assertThat(two.b.engine.failures).isEmpty();
    }

    @Test
    void shouldLetAnIkeDeleteCrossAnIkeRekey() {
        final TwoParties two = TwoParties.connected(43);
        two.a.service.rekeyIkeSa(two.a.address, two.a.peer);
        two.b.service.clear(null, false);
        two.seconds(30);
        two.agree(0);
        assertThat(two.a.service.ikeSas()).isEmpty();
    }

    @Test
    void shouldLetBothDeleteTheIkeSaAtOnce() {
        final TwoParties two = TwoParties.connected(44);
        two.a.service.clear(two.a.peer, false);
        two.b.service.clear(null, false);
        two.seconds(5);
        two.agree(0);
        assertThat(two.a.engine.events).contains("gone: cleared by the user");
    }

    @Test
    void shouldSurviveALostResponseToTheDeleteOfTheIkeSa() {
        final TwoParties two = TwoParties.connected(45);
        two.net.drop(3, datagram -> datagram.is(two.b, Header.INFORMATIONAL, true));
        two.a.service.clear(null, false);
        two.seconds(15);
        assertThat(two.a.service.ikeSas()).isEmpty();
        assertThat(two.b.service.count(Ikev2Event.REPEATED_REQUEST)).isEqualTo(3);
        two.agree(0);
    }

    @Test
    void shouldRemoveAPairThatThePeerDoesNotKnow() {
        // B has lost its SAs but not the IKE SA, and says so when A's packets come in.
        final TwoParties two = TwoParties.connected(46);
        final int lost = spi(two.b);
        two.b.engine.pairs.clear();
        two.b.engine.usable.clear();
        assertThat(two.b.service.sendDelete(two.b.address, two.b.peer, List.of(lost), true)).isTrue();
        two.seconds(1);
        two.agree(0);
        assertThat(two.a.service.count(Ikev2Event.INVALID_SPI_RECEIVED)).isEqualTo(1);
        two.b.restart();
        assertThat(two.b.service.sendDelete(two.b.address, two.b.peer, List.of(lost), true)).isFalse();
    }

    @Test
    void shouldFollowANatThatChangesItsPortInMidRekey() {
        final TwoParties two = new TwoParties(47);
        two.net.nat = true;
        two.a.connect();
        two.seconds(1);
        two.agree(1);
        two.net.holds = datagram -> datagram.is(two.b, Header.CREATE_CHILD_SA, true);
        two.a.rekeyChild();
        two.millis(100);
        two.net.held.clear();
        two.net.release();
        two.net.natPort = 30_000;
        two.seconds(10);
        two.agree(1);
        assertThat(two.b.engine.events).contains("path 20001 -> 30001");
        two.b.service.requestChild(two.b.engine.policy, Net.NAT, spi(two.b));
        two.seconds(10);
        two.agree(1);
    }

    @Test
    void shouldRekeyTheIkeSaByItselfForAsLongAsItIsUsed() {
        final TwoParties two = new TwoParties(48);
        two.a.config.proposals = List.of(FakeConfig.living(100));
        two.b.config.proposals = List.of(FakeConfig.living(120));
        two.a.connect();
        two.seconds(1000);
        two.agree(1);
        assertThat(two.a.engine.events.stream().filter(event -> event.startsWith("remove"))).isEmpty();
        assertThat(two.a.service.count(Ikev2Event.ESTABLISHED)).isEqualTo(12);
        // Without a pair it ends with its lifetime.
        two.a.service.sendDelete(two.a.address, two.a.peer, List.of(spi(two.a)), false);
        two.seconds(200);
        two.agree(0);
        assertThat(two.a.service.ikeSas()).isEmpty();
    }

    @Test
    void shouldGiveUpAPeerThatDoesNotAnswer() {
        final TwoParties two = TwoParties.connected(49);
        two.net.drops = datagram -> true;
        two.a.rekeyChild();
        two.seconds(119);
        assertThat(two.a.ready()).isEqualTo(1);
        two.seconds(2);
        assertThat(two.a.service.ikeSas()).isEmpty();
        assertThat(two.a.engine.pairs).isEmpty();
        assertThat(two.a.engine.failures).containsExactly("the peer does not answer");
        assertThat(two.a.engine.reserved).isEmpty();
    }

    @Test
    void shouldExportTheKeysOfEveryIkeSa() {
        final TwoParties two = new TwoParties(50);
        final List<String> rows = new ArrayList<>();
        two.a.keyLog = new org.qfpsim.controlplane.ike.IkeKeyLog() {
            @Override
            public void ikev1(final long initiatorCookie, final byte[] key) {
                rows.add("v1");
            }

            @Override
            public void ikev2(final long initiatorSpi, final long responderSpi,
                              final org.qfpsim.controlplane.ike.crypto.IkeCipher cipher, final byte[] initiatorKey,
                              final byte[] responderKey, final org.qfpsim.controlplane.ike.crypto.Integrity integrity,
                              final byte[] initiatorAuth, final byte[] responderAuth) {
                rows.add(initiatorSpi + " " + responderSpi + " " + cipher + " " + integrity + " " + initiatorKey.length);
            }
        };
        two.a.restart();
        two.a.connect();
        two.seconds(1);
        final List<Long> first = ikeSpis(two.a);
        two.a.service.rekeyIkeSa(two.a.address, two.a.peer);
        two.seconds(1);
        final List<Long> second = ikeSpis(two.a);
        assertThat(rows).containsExactly(first.get(0) + " " + first.get(1) + " AES_CBC_256 HMAC_SHA256_128 32",
            second.get(0) + " " + second.get(1) + " AES_CBC_256 HMAC_SHA256_128 32");
        assertThat(String.join(" ", two.a.lines)).doesNotContain("a shared key");
    }
}
