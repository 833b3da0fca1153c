package org.qfpsim.controlplane.ike.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.PayloadWriter;
import org.qfpsim.controlplane.ike.v2.wire.Proposal;
import org.qfpsim.controlplane.ike.v2.wire.Transform;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.SaSpec;

/** How an IKE SA comes up, or does not. */
class SetupScenariosTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 14, 15, 16, 19, 20, 21, 31})
    void shouldComeUpInFourMessagesWithEveryGroup(final int group) {
        final TwoParties two = new TwoParties(group);
        two.a.config.proposals = List.of(FakeConfig.proposal(List.of("aes-gcm-256", "aes-cbc-128"), List.of(group)));
        two.b.config.proposals = two.a.config.proposals;
        two.a.connect();
        two.seconds(1);
        two.agree(1);
        assertThat(two.net.log).hasSize(4);
        assertThat(two.a.service.ikeSas().getFirst().group()).isEqualTo(group);
        assertThat(two.a.service.ikeSas().getFirst().state()).isEqualTo("READY");
        assertThat(two.a.service.hasIkeSa(two.a.address, two.a.peer)).isTrue();
        assertThat(two.a.lines).anyMatch(line -> line.startsWith("IKEv2:(SESSION ID = 1,SA ID = 1):Session with IKE ID PAIR"));
    }

    @Test
    void shouldAgreeOnWhatBothHave() {
        final TwoParties two = new TwoParties(1);
        two.a.config.proposals = List.of(FakeConfig.proposal(List.of("aes-cbc-128", "aes-gcm-256"), List.of(14, 19)));
        two.b.config.proposals = List.of(FakeConfig.proposal(List.of("aes-gcm-256"), List.of(19, 14)));
        two.a.engine.policy = two.a.policy(List.of(EspSuite.AES_CBC_128_SHA1_96, EspSuite.AES_CBC_256_SHA256_128), 0);
        two.b.engine.policy = two.b.policy(List.of(EspSuite.AES_CBC_256_SHA256_128), 0);
        two.a.connect();
        two.seconds(1);
        two.agree(1);
        assertThat(two.a.service.ikeSas().getFirst().cipher()).isEqualTo("aes-gcm-256");
        assertThat(two.a.engine.pairs.values().iterator().next().suite()).isEqualTo(EspSuite.AES_CBC_256_SHA256_128);
    }

    @Test
    void shouldTryAgainWithTheGroupThatThePeerWants() {
        final TwoParties two = new TwoParties(2);
        two.a.config.proposals = List.of(FakeConfig.proposal(List.of("aes-cbc-256"), List.of(31, 19)));
        two.b.config.proposals = List.of(FakeConfig.proposal(List.of("aes-cbc-256"), List.of(19)));
        two.a.connect();
        two.seconds(1);
        two.agree(1);
        assertThat(two.net.log).hasSize(6);
        assertThat(two.a.service.ikeSas().getFirst().group()).isEqualTo(19);
    }

    @Test
    void shouldAskForCookiesUnderLoad() {
        final TwoParties two = new TwoParties(3);
        two.b.config.cookieChallenge = 1;
        two.net.holds = datagram -> datagram.is(two.a, Header.IKE_AUTH, false);
        two.a.connect();
        two.seconds(1);
        assertThat(two.b.service.count(Ikev2Event.COOKIE_SENT)).isZero();
        two.a.restart();
        two.net.held.clear();
        two.a.engine.reserved.clear();
        two.net.holds = datagram -> false;
        two.a.connect();
        two.millis(1500);
        assertThat(two.b.service.count(Ikev2Event.COOKIE_SENT)).isEqualTo(1);
        assertThat(two.a.ready()).isEqualTo(1);
        two.seconds(70);
        two.agree(1);
    }

    @Test
    void shouldKeepNothingOfAFlood() {
        final TwoParties two = new TwoParties(4);
        two.b.config.cookieChallenge = 5;
        two.b.config.maxInNegotiation = 50;
        for (int i = 0; i < 1000; i++) {
            two.b.service.receive(IkePath.between(two.b.address, two.a.address), init(i + 1, 31));
        }
        assertThat(two.b.service.ikeSas()).hasSize(5);
        assertThat(two.b.service.count(Ikev2Event.COOKIE_SENT)).isEqualTo(995);
        two.a.connect();
        two.seconds(1);
        assertThat(two.a.ready()).as("a real peer gets through").isEqualTo(1);
        two.seconds(70);
        two.agree(1);
    }

    /** A first request whose sender does not listen. */
    private static byte[] init(final long spi, final int group) {
        final Header header = new Header(spi, 0, 0, Header.IKE_SA_INIT, true, false, 0);
        final byte[] value = new byte[32];
        value[0] = 9;
        return PayloadWriter.message(header, List.of(
            new Payload.SecurityAssociation(List.of(new Proposal(1, Proposal.IKE, new byte[0], List.of(Transform.cipher(12, 256),
                new Transform(Transform.PRF, 5), new Transform(Transform.INTEGRITY, 12), new Transform(Transform.GROUP, group))))),
            new Payload.KeyExchange(group, value), new Payload.Nonce(new byte[32])));
    }

    @Test
    void shouldAdmitOnlySoMany() {
        final TwoParties two = new TwoParties(5);
        two.b.config.maxInNegotiation = 3;
        for (int i = 0; i < 10; i++) {
            two.b.service.receive(IkePath.between(two.b.address, two.a.address), init(i + 1, 31));
        }
        assertThat(two.b.service.ikeSas()).hasSize(3);
        assertThat(two.b.service.count(Ikev2Event.NOT_ADMITTED)).isEqualTo(7);
        final List<String> outcomes = new ArrayList<>();
        two.b.service.requestIkeSa(two.b.address, two.b.peer, true, two.b.engine.policy, (up, reason) -> outcomes.add(up + " " + reason));
        assertThat(outcomes).containsExactly("false call admission: 3 exchanges are in negotiation");
        two.seconds(70);
        assertThat(two.b.service.ikeSas()).isEmpty();
    }

    @Test
    void shouldAnswerARepeatedFirstRequestTheSameWay() {
        final TwoParties two = new TwoParties(6);
        final byte[] message = init(7, 31);
        two.b.service.receive(IkePath.between(two.b.address, two.a.address), message);
        two.b.service.receive(IkePath.between(two.b.address, two.a.address), message);
        assertThat(two.net.log).hasSize(2);
        assertThat(two.net.log.get(0).message()).isEqualTo(two.net.log.get(1).message());
        assertThat(two.b.service.ikeSas()).hasSize(1);
    }

    @Test
    void shouldRefuseAWrongKey() {
        final TwoParties two = new TwoParties(7);
        two.b.config.key = "another key";
        final List<String> outcomes = new ArrayList<>();
        two.a.service.requestIkeSa(two.a.address, two.a.peer, true, two.a.engine.policy, (up, reason) -> outcomes.add(up + " " + reason));
        two.seconds(1);
        two.agree(0);
        assertThat(two.a.service.ikeSas()).isEmpty();
        assertThat(outcomes).containsExactly("false AUTHENTICATION_FAILED");
        assertThat(two.a.engine.failures).containsExactly("AUTHENTICATION_FAILED");
        assertThat(two.b.service.count(Ikev2Event.AUTHENTICATION_FAILED)).isEqualTo(1);
    }

    @Test
    void shouldSayWhyThereIsNoIkeSa() {
        final TwoParties two = new TwoParties(8);
        two.b.config.proposals = List.of(FakeConfig.proposal(List.of("aes-cbc-192"), List.of(31)));
        two.a.connect();
        two.seconds(1);
        two.a.config.key = "";
        two.b.config.proposals = two.a.config.proposals;
        two.a.connect();
        two.seconds(1);
        two.a.config.proposals = List.of();
        two.a.connect();
        assertThat(two.a.engine.failures).containsExactly("NO_PROPOSAL_CHOSEN", "no pre-shared key is configured for the peer",
            "no IKEv2 proposal is configured");
        two.seconds(70);
        two.agree(0);
        final List<String> outcomes = new ArrayList<>();
        two.a.service.requestIkeSa(two.a.address, two.a.peer, true, null, (up, reason) -> outcomes.add(up + " " + reason));
        assertThat(outcomes).containsExactly("false IKEv2 sets up no IKE SA without a child SA");
    }

    @Test
    void shouldComeUpWithoutThePairThatIsRefused() {
        final TwoParties two = new TwoParties(9);
        two.b.engine.policy = two.b.policy(List.of(EspSuite.AES_CBC_128_SHA1_96), 0);
        two.a.connect();
        two.seconds(1);
        two.agree(0);
        assertThat(two.a.ready()).isEqualTo(1);
        assertThat(two.a.engine.failures).containsExactly("NO_PROPOSAL_CHOSEN");
        two.b.engine.policy = two.b.policy(two.a.engine.policy.suites(), 0);
        two.a.connect();
        two.seconds(1);
        two.agree(1);
    }

    @Test
    void shouldTellThePeerWhenAPairCannotBeInstalled() {
        final TwoParties two = new TwoParties(10);
        two.a.engine.refusesInstall = true;
        two.a.connect();
        two.seconds(1);
        two.agree(0);
        assertThat(two.a.ready()).isEqualTo(1);
        two.a.engine.refusesInstall = false;
        two.b.engine.refusesInstall = true;
        two.a.connect();
        two.seconds(1);
        two.agree(0);
        assertThat(two.a.engine.failures).containsExactly("the peer's answer is not acceptable", "NO_ADDITIONAL_SAS");
    }

    @Test
    void shouldNegotiateTransportModeAndExtendedSequenceNumbers() {
        final TwoParties two = new TwoParties(11);
        two.a.engine.policy = two.a.policy(List.of(EspSuite.AES_GCM_128_16), 0, SaSpec.Mode.TRANSPORT, true);
        two.b.engine.policy = two.b.policy(List.of(EspSuite.AES_GCM_128_16), 0, SaSpec.Mode.TRANSPORT, true);
        two.a.connect();
        two.seconds(1);
        two.agree(1);
        assertThat(two.a.engine.pairs.values()).allMatch(pair -> pair.esn() && pair.mode() == SaSpec.Mode.TRANSPORT);
        final TwoParties uneven = new TwoParties(12);
        uneven.a.engine.policy = uneven.a.policy(List.of(EspSuite.AES_GCM_128_16), 0, SaSpec.Mode.TRANSPORT, true);
        uneven.b.engine.policy = uneven.b.policy(List.of(EspSuite.AES_GCM_128_16), 0, SaSpec.Mode.TUNNEL, false);
        uneven.a.connect();
        uneven.seconds(1);
        uneven.agree(1);
        assertThat(uneven.a.engine.pairs.values()).noneMatch(pair -> pair.esn() || pair.mode() == SaSpec.Mode.TRANSPORT);
    }

    @Test
    void shouldSurviveBothEndsConnectingAtOnce() {
        final TwoParties two = new TwoParties(13);
        two.a.connect();
        two.b.connect();
        two.seconds(5);
        two.agree(2);
        assertThat(two.a.ready()).isEqualTo(2);
    }

    @Test
    void shouldFloatToPort4500BehindANatAndKeepItOpen() {
        final TwoParties two = new TwoParties(14);
        two.net.nat = true;
        two.a.config.keepalive = 10;
        two.a.connect();
        two.seconds(61);
        two.agree(1);
        final IkePath seen = two.b.service.ikeSas().getFirst().path();
        assertThat(seen).isEqualTo(new IkePath(two.b.address, 4500, Net.NAT, two.net.natPort + 1));
        assertThat(two.a.service.ikeSas().getFirst().nat()).isTrue();
        assertThat(two.a.engine.pairs.values()).allMatch(pair -> pair.udp() && pair.path().localPort() == 4500);
        assertThat(two.net.keepalives).isEqualTo(6);
    }

    @Test
    void shouldFragmentAndSurviveTheLossOfAFragment() {
        final TwoParties two = new TwoParties(15);
        two.a.config.fragmentationMtu = 180;
        two.b.config.fragmentationMtu = 180;
        two.net.drop(1, datagram -> datagram.is(two.a, Header.IKE_AUTH, false));
        two.a.connect();
        two.seconds(3);
        two.agree(1);
        final List<Net.Datagram> auth = two.net.log.stream().filter(datagram -> datagram.header().exchange() == Header.IKE_AUTH).toList();
        assertThat(auth).allMatch(datagram -> datagram.message().length <= 180);
        assertThat(auth).anyMatch(datagram -> datagram.header().nextPayload() == Payload.SKF);
    }

    @Test
    void shouldForgetWhatThePeerHadBeforeItsCrash() {
        final TwoParties two = TwoParties.connected(16);
        two.b.engine.pairs.clear();
        two.b.engine.usable.clear();
        two.b.restart();
        final List<Boolean> outcomes = new ArrayList<>();
        two.b.service.requestIkeSa(two.b.address, two.b.peer, true, two.b.engine.policy, (up, reason) -> outcomes.add(up));
        two.seconds(1);
        two.agree(1);
        assertThat(outcomes).containsExactly(true);
        assertThat(two.a.engine.events).contains("gone: INITIAL_CONTACT");
        assertThat(two.a.ready()).isEqualTo(1);
    }

    @Test
    void shouldIgnoreUnprotectedNotifies() {
        final TwoParties two = TwoParties.connected(17);
        final long[] spis = two.a.service.ikeSas().getFirst().spis().stream().mapToLong(Long::longValue).toArray();
        for (final int code : new int[] {NotifyType.INVALID_SPI, NotifyType.INVALID_IKE_SPI}) {
            for (final boolean response : new boolean[] {false, true}) {
                final Header header = new Header(spis[0], spis[1], 0, Header.INFORMATIONAL, false, response, 0);
                two.a.service.receive(IkePath.between(two.a.address, two.a.peer), PayloadWriter.message(header, List.of(
                    new Payload.Notify(code, ByteBuffer.allocate(4).putInt(two.a.engine.pairs.keySet().iterator().next()).array()),
                    new Payload.Delete(Proposal.IKE, List.of()))));
            }
        }
        assertThat(two.a.service.count(Ikev2Event.UNPROTECTED_HINT)).isEqualTo(4);
        two.agree(1);
        assertThat(two.net.log).hasSize(4);
    }

    @Test
    void shouldProbeAndGiveUpADeadPeer() {
        final TwoParties two = TwoParties.connected(18);
        final TwoParties probing = new TwoParties(18);
        probing.a.config.dpd = new IkeConfig.Dpd(10, 2, true);
        probing.a.connect();
        probing.seconds(60);
        probing.agree(1);
        assertThat(probing.net.log.size()).isGreaterThan(two.net.log.size() + 8);
        probing.net.drops = datagram -> true;
        probing.seconds(30);
        assertThat(probing.a.engine.pairs).isEmpty();
        assertThat(probing.a.engine.events).contains("gone: the peer does not answer");
        assertThat(probing.a.service.ikeSas()).isEmpty();
    }

    @Test
    void shouldProbeOnDemandOnlyWhenTrafficGoesUnanswered() {
        final TwoParties two = new TwoParties(19);
        two.a.config.dpd = new IkeConfig.Dpd(10, 2, false);
        two.a.connect();
        two.seconds(60);
        assertThat(two.net.log).hasSize(4);
        two.a.engine.sent = true;
        two.a.engine.heard = true;
        two.seconds(60);
        assertThat(two.net.log).hasSize(4);
        two.a.engine.heard = false;
        two.seconds(60);
        assertThat(two.net.log).hasSizeGreaterThan(8);
        two.agree(1);
    }
}
