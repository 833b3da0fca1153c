package org.qfpsim.controlplane.ike.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;

/** Exchanges between two routers over a network without faults. */
class Ikev1ExchangeTest {
    private final Peers peers = new Peers(1);

    private static IkeProposal policy(final String cipher, final String hash, final int group, final long seconds) {
        return new IkeProposal(10, List.of(cipher), List.of(hash), List.of(), List.of(group), seconds);
    }

    private static void use(final Peers peers, final IkeProposal policy) {
        peers.a.config.proposals(policy);
        peers.b.config.proposals(policy);
    }

    @ParameterizedTest
    @CsvSource({"aes-cbc-128, sha1, 2", "aes-cbc-192, sha256, 5", "aes-cbc-256, sha1, 14", "aes-cbc-256, sha384, 15", "aes-cbc-256, sha512, 16",
        "aes-cbc-128, sha256, 19", "aes-cbc-192, sha1, 20", "aes-cbc-256, sha512, 21", "aes-cbc-256, sha256, 31"})
    void shouldSetUpAnSaWithEveryAlgorithm(final String cipher, final String hash, final int group) {
        use(peers, policy(cipher, hash, group, 86_400));
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.a.engine.pairs()).hasSize(1);
        assertThat(peers.agree()).isTrue();
        assertThat(peers.a.service.ikeSas()).singleElement().satisfies(sa -> {
            assertThat(sa.state()).isEqualTo("QM_IDLE");
            assertThat(sa.cipher()).isEqualTo(cipher);
            assertThat(sa.hash()).isEqualTo(hash);
            assertThat(sa.group()).isEqualTo(group);
            assertThat(sa.id()).isEqualTo(1001);
            assertThat(String.valueOf(sa.identity())).isEqualTo("20.1.1.2");
        });
        assertThat(peers.keyLog).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = EspSuite.class, mode = EnumSource.Mode.EXCLUDE,
        names = {"CHACHA20_POLY1305", "AES_CBC_128_NONE", "AES_CBC_192_NONE", "AES_CBC_256_NONE"})
    void shouldNegotiateEverySuiteInBothModes(final EspSuite suite) {
        for (final SaSpec.Mode mode : List.of(SaSpec.Mode.TUNNEL, SaSpec.Mode.TRANSPORT)) {
            peers.policies(suite, mode, 0, 3600);
            peers.b.request(1);
            peers.run(1);
        }
        assertThat(peers.b.engine.pairs().values()).extracting(ChildSa::suite).containsExactly(suite, suite);
        assertThat(peers.b.engine.pairs().values()).extracting(ChildSa::mode).containsExactly(SaSpec.Mode.TUNNEL, SaSpec.Mode.TRANSPORT);
        assertThat(peers.agree()).isTrue();
    }

    @Test
    void shouldListenToAPeerWithWhomManyExchangesWereMade() {
        // What is over stays a minute for duplicates; more than the 64 that are kept must not shut the peer out.
        for (int i = 0; i < 100; i++) {
            peers.a.request(0);
            peers.run(0.1);
        }
        assertThat(peers.b.engine.pairs().size()).isEqualTo(100);
        peers.b.request(1);
        peers.run(0.1);
        assertThat(peers.a.engine.pairs().size()).isEqualTo(101);
        peers.b.service.clear(null, false);
        peers.run(1);
        assertThat(peers.a.service.ikeSas()).as("its DELETE was heard").isEmpty();
    }

    @Test
    void shouldRefuseASuiteThatIkev1CannotName() {
        peers.policies(EspSuite.CHACHA20_POLY1305, SaSpec.Mode.TUNNEL, 0, 3600);
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.a.engine.events()).containsExactly("failed map 0: nothing that Quick Mode could offer");
        assertThat(peers.agree()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 14, 15, 16, 19, 20, 21, 31})
    void shouldHaveForwardSecrecyWithEveryGroup(final int group) {
        peers.policies(EspSuite.AES_GCM_256_16, SaSpec.Mode.TUNNEL, group, 3600);
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.a.engine.pairs()).hasSize(1);
        assertThat(peers.agree()).isTrue();
    }

    @Test
    void shouldGrantForwardSecrecyThatOnlyThePeerWants() {
        peers.policies(EspSuite.AES_GCM_256_16, SaSpec.Mode.TUNNEL, 0, 3600);
        final List<org.qfpsim.controlplane.ike.ChildPolicy> without = List.copyOf(peers.b.engine.policies());
        peers.policies(EspSuite.AES_GCM_256_16, SaSpec.Mode.TUNNEL, 19, 3600);
        peers.b.engine.policies().clear();
        peers.b.engine.policies().addAll(without);
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.a.engine.pairs()).hasSize(1);
        assertThat(peers.agree()).isTrue();
    }

    @Test
    void shouldRefuseOtherForwardSecrecy() {
        peers.policies(EspSuite.AES_GCM_256_16, SaSpec.Mode.TUNNEL, 20, 3600);
        final List<org.qfpsim.controlplane.ike.ChildPolicy> strict = List.copyOf(peers.b.engine.policies());
        peers.policies(EspSuite.AES_GCM_256_16, SaSpec.Mode.TUNNEL, 19, 3600);
        peers.b.engine.policies().clear();
        peers.b.engine.policies().addAll(strict);
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.a.engine.events()).containsExactly("failed map 0: PROPOSAL_NOT_CHOSEN");
        assertThat(peers.b.debug).contains("ISAKMP-ERROR: (1001):phase 2 SA policy not acceptable! (local 20.1.1.2 remote 10.1.1.1)");
        assertThat(peers.agree()).isTrue();
    }

    @Test
    void shouldAgreeOnTheSmallerLifetimes() {
        use(peers, policy("aes-cbc-128", "sha1", 19, 86_400));
        peers.b.config.proposals(policy("aes-cbc-128", "sha1", 19, 1800));
        peers.policies(EspSuite.AES_CBC_128_SHA1_96, SaSpec.Mode.TUNNEL, 0, 1200);
        final List<org.qfpsim.controlplane.ike.ChildPolicy> shorter = List.copyOf(peers.b.engine.policies());
        peers.policies(EspSuite.AES_CBC_128_SHA1_96, SaSpec.Mode.TUNNEL, 0, 90_000);
        peers.b.engine.policies().clear();
        peers.b.engine.policies().addAll(shorter);
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.a.engine.pairs().values()).extracting(ChildSa::seconds).containsExactly(1200L);
        assertThat(peers.b.service.ikeSas()).extracting(IkeService.IkeSaInfo::seconds).containsExactly(1800L);
        assertThat(peers.agree()).isTrue();
    }

    @Test
    void shouldChooseTheFirstOfItsOwnPoliciesThatIsOffered() {
        peers.a.config.proposals(policy("aes-cbc-256", "sha512", 21, 86_400), policy("aes-cbc-128", "sha1", 19, 86_400),
            policy("aes-cbc-192", "sha256", 20, 86_400));
        peers.b.config.proposals(policy("aes-cbc-192", "sha256", 20, 86_400), policy("aes-cbc-128", "sha1", 19, 86_400));
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.a.service.ikeSas()).extracting(IkeService.IkeSaInfo::group).containsExactly(20);
        assertThat(peers.agree()).isTrue();
    }

    @Test
    void shouldSayNothingToAnOfferItDoesNotLike() {
        peers.b.config.proposals(policy("aes-cbc-256", "sha512", 21, 86_400));
        final List<String> outcome = new ArrayList<>();
        peers.a.service.requestIkeSa(Peers.ADDRESS_A, Peers.ADDRESS_B, false, null, (up, reason) -> outcome.add(up + " " + reason));
        peers.run(120);
        assertThat(outcome).containsExactly("false Death by retransmission P1");
        assertThat(peers.b.service.count(Ikev1Counter.SENT)).isZero();
        assertThat(peers.b.messages).contains("%CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at 10.1.1.1");
        assertThat(peers.a.service.ikeSas()).isEmpty();
        assertThat(peers.b.service.ikeSas()).isEmpty();
    }

    @Test
    void shouldGiveUpWithAWrongKey() {
        peers.b.config.key("other");
        peers.a.request(0);
        peers.run(200);
        assertThat(peers.a.engine.events()).containsExactly("failed map 0: Death by retransmission P1");
        assertThat(peers.b.messages).contains("%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from 10.1.1.1  failed its sanity check or is malformed");
        assertThat(peers.a.service.ikeSas()).isEmpty();
        assertThat(peers.b.service.ikeSas()).isEmpty();
    }

    @Test
    void shouldFailAtOnceWithoutAKey() {
        peers.a.config.key(null);
        peers.a.request(0);
        assertThat(peers.a.engine.events()).containsExactly("failed map 0: no pre-shared key for 20.1.1.2");
        assertThat(peers.a.debug).contains("ISAKMP-ERROR: (0):No pre-shared key with 20.1.1.2!");
    }

    @Test
    void shouldAnswerAllWhoWaitForOneSa() {
        final List<String> outcome = new ArrayList<>();
        peers.a.request(0);
        peers.a.request(1);
        peers.a.service.requestIkeSa(Peers.ADDRESS_A, Peers.ADDRESS_B, false, null, (up, reason) -> outcome.add("up " + up));
        peers.a.request(2);
        peers.run(1);
        peers.a.service.requestIkeSa(Peers.ADDRESS_A, Peers.ADDRESS_B, false, null, (up, reason) -> outcome.add("still " + up));
        assertThat(outcome).containsExactly("up true", "still true");
        assertThat(peers.a.engine.pairs()).hasSize(3);
        assertThat(peers.a.service.ikeSas()).hasSize(1);
        assertThat(peers.agree()).isTrue();
    }

    @Test
    void shouldTellThePeerOfSasThatAreGone() {
        peers.a.request(0);
        peers.a.request(1);
        peers.run(1);
        final int spi = peers.a.engine.pairs().keySet().iterator().next();
        peers.a.engine.remove(spi);
        assertThat(peers.a.service.sendDelete(Peers.ADDRESS_A, Peers.ADDRESS_B, List.of(spi), false)).isTrue();
        peers.run(1);
        assertThat(peers.b.engine.pairs()).hasSize(1);
        assertThat(peers.agree()).isTrue();
        peers.a.service.clear(Peers.ADDRESS_B, false);
        peers.run(1);
        assertThat(peers.b.service.ikeSas()).isEmpty();
        assertThat(peers.b.engine.pairs()).as("IPsec SAs outlive the ISAKMP SA").hasSize(1);
    }

    @Test
    void shouldSayWhyItCannotSendADelete() {
        assertThat(peers.a.service.hasIkeSa(Peers.ADDRESS_A, Peers.ADDRESS_B)).isFalse();
        assertThat(peers.a.service.sendDelete(IpAddress.parse("192.0.2.1"), IpAddress.parse("198.51.100.1"), List.of(0x3EA71AED), false)).isFalse();
        assertThat(peers.a.debug).containsExactly(
            "ISAKMP-ERROR: (0):ignoring request to send delete notify (no ISAKMP sa) src 192.0.2.1 dst 198.51.100.1 for SPI 0x3EA71AED");
    }

    @Test
    void shouldCleanUpAtInitialContact() {
        peers.a.request(0);
        peers.run(1);
        peers.a.restart();
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.b.engine.events()).contains("peer gone: INITIAL_CONTACT");
        assertThat(peers.a.debug).contains("ISAKMP: (1001):Send initial contact");
        assertThat(peers.b.debug).contains("ISAKMP: (1002):processing NOTIFY INITIAL_CONTACT protocol 1", "ISAKMP: (1002):Process initial contact,",
            "ISAKMP: (1002):bring down existing phase 1 and 2 SA's with local 20.1.1.2 remote 10.1.1.1 remote port 500");
        assertThat(peers.b.service.ikeSas()).hasSize(1);
        assertThat(peers.agree()).isTrue();
    }

    @Test
    void shouldKeepTheOtherSasWithoutInitialContact() {
        peers.b.request(0);
        peers.run(1);
        peers.b.restart();
        final List<String> outcome = new ArrayList<>();
        peers.b.service.requestIkeSa(Peers.ADDRESS_B, Peers.ADDRESS_A, false, null, (up, reason) -> outcome.add("up " + up));
        peers.run(1);
        assertThat(outcome).containsExactly("up true");
        assertThat(peers.a.engine.pairs()).hasSize(1);
        final int stale = peers.a.engine.pairs().values().iterator().next().outboundSpi();
        peers.b.service.sendDelete(Peers.ADDRESS_B, Peers.ADDRESS_A, List.of(stale), false);
        peers.run(1);
        assertThat(peers.a.engine.pairs()).as("DELETE of the SPI as seen").isEmpty();
    }

    @Test
    void shouldIgnoreMessagesOfUnknownSas() {
        peers.a.request(0);
        peers.run(1);
        peers.b.restart();
        for (int i = 0; i < 5; i++) {
            peers.a.service.sendDelete(Peers.ADDRESS_A, Peers.ADDRESS_B, List.of(0x1234), false);
        }
        peers.run(1);
        assertThat(peers.b.service.count(Ikev1Counter.UNKNOWN_COOKIES)).isEqualTo(5);
        assertThat(peers.b.service.count(Ikev1Counter.SENT)).isZero();
        assertThat(peers.b.messages).containsExactly(
            "%CRYPTO-4-IKMP_NO_SA: IKE message from 10.1.1.1 has no SA and is not an initialization offer");
    }

    @Test
    void shouldNotHeedWhatAnybodyCanHaveSent() {
        peers.a.request(0);
        peers.run(1);
        final IkeService.IkeSaInfo sa = peers.a.service.ikeSas().getFirst();
        final PayloadChain forged = PayloadChain.of(List.of(DeleteBody.isakmp(sa.spis().getFirst(), sa.spis().getLast()).payload()));
        peers.a.service.receive(IkePath.between(Peers.ADDRESS_A, Peers.ADDRESS_B), new IsakmpMessage(sa.spis().getFirst(), sa.spis().getLast(),
            forged.first(), Isakmp.INFORMATIONAL, 0, 77, forged.octets()).encode());
        assertThat(peers.a.service.ikeSas()).hasSize(1);
        assertThat(peers.a.service.count(Ikev1Counter.UNPROTECTED)).isEqualTo(1);
    }

    @Test
    void shouldNotHeedAnotherPeersMessagesUnderOurCookies() {
        peers.a.request(0);
        peers.run(1);
        final byte[] delete = lastOf(() -> peers.b.service.sendDelete(Peers.ADDRESS_B, Peers.ADDRESS_A, List.of(5), false));
        peers.a.service.receive(IkePath.between(Peers.ADDRESS_A, IpAddress.parse("66.6.6.6")), delete);
        assertThat(peers.a.service.count(Ikev1Counter.UNEXPECTED)).isEqualTo(1);
    }

    private byte[] lastOf(final Runnable action) {
        peers.wire.filter(message -> false);
        action.run();
        peers.wire.filter(message -> true);
        return peers.wire.seen().getLast();
    }

    @Test
    void shouldHeedAMessageOnce() {
        peers.a.request(0);
        peers.run(1);
        final byte[] delete = lastOf(() -> peers.b.service.sendDelete(Peers.ADDRESS_B, Peers.ADDRESS_A, List.of(5), false));
        final IkePath path = IkePath.between(Peers.ADDRESS_A, Peers.ADDRESS_B);
        peers.a.service.receive(path, delete);
        peers.a.service.receive(path, delete);
        assertThat(peers.a.engine.events().stream().filter("deleted by peer 0"::equals)).hasSize(1);
        assertThat(peers.a.service.count(Ikev1Counter.DUPLICATE)).isEqualTo(1);
    }

    @Test
    void shouldRefuseMoreThanAreAdmitted() {
        peers.b.config.most(3);
        for (int i = 0; i < 10; i++) {
            final PayloadChain offer = PayloadChain.of(List.of(new Payload(Isakmp.SA, new SaBody(List.of(new Proposal(1, 1, new byte[0],
                List.of(Phase1Transform.of(policy("aes-cbc-128", "sha1", 19, 3600), 1).orElseThrow().encode(1))))).encode())));
            peers.b.service.receive(IkePath.between(Peers.ADDRESS_B, IpAddress.parse("6.6.6." + i)),
                new IsakmpMessage(i + 1, 0, Isakmp.SA, Isakmp.MAIN_MODE, 0, 0, offer.octets()).encode());
        }
        assertThat(peers.b.service.ikeSas()).hasSize(3);
        assertThat(peers.b.service.count(Ikev1Counter.REFUSED)).isEqualTo(7);
        peers.run(100);
        assertThat(peers.b.service.ikeSas()).as("half-open SAs do not stay").isEmpty();
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.agree()).isTrue();
        assertThat(peers.a.engine.pairs()).hasSize(1);
    }

    @Test
    void shouldTellWhenSasCannotBeInstalled() {
        peers.a.engine.full(true);
        peers.a.request(0);
        peers.run(100);
        assertThat(peers.a.engine.events()).containsExactly("failed map 0: the SAs could not be installed");
        assertThat(peers.agree()).isTrue();
        peers.a.engine.full(false);
        peers.b.engine.full(true);
        peers.a.request(1);
        peers.run(100);
        assertThat(peers.a.engine.events()).last().isEqualTo("failed map 1: PROPOSAL_NOT_CHOSEN");
        assertThat(peers.agree()).isTrue();
    }
}
