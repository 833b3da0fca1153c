package org.qfpsim.controlplane.ike.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;

/** What goes on around the exchanges: NAT, dead peers, lifetimes, EzVPN, and what the platform says about it. */
class Ikev1UpkeepTest {
    private static final IpAddress OUTSIDE = IpAddress.parse("198.51.100.7");

    private final Peers peers = new Peers(2);

    @Test
    void shouldFloatToPort4500BehindANat() {
        peers.wire.nat(Peers.ADDRESS_A, OUTSIDE);
        peers.a.config.keepalive(20);
        for (final SaSpec.Mode mode : List.of(SaSpec.Mode.TUNNEL, SaSpec.Mode.TRANSPORT)) {
            peers.policies(EspSuite.AES_GCM_128_16, mode, 0, 3600);
            peers.a.request(0);
            peers.run(1);
        }
        assertThat(peers.agree()).isTrue();
        assertThat(peers.a.engine.pairs().values()).hasSize(2).allSatisfy(child -> {
            assertThat(child.udp()).isTrue();
            assertThat(child.path()).isEqualTo(new IkePath(Peers.ADDRESS_A, 4500, Peers.ADDRESS_B, 4500));
        });
        assertThat(peers.b.engine.pairs().values()).extracting(ChildSa::path)
            .containsOnly(new IkePath(Peers.ADDRESS_B, 4500, OUTSIDE, 24_500));
        assertThat(peers.a.service.ikeSas()).extracting(IkeService.IkeSaInfo::nat).containsExactly(true);
        assertThat(peers.a.debug).contains("ISAKMP: (1001):NAT found, the node inside NAT");
        final int before = keepalives();
        peers.run(100);
        assertThat(keepalives() - before).isEqualTo(5);
    }

    private int keepalives() {
        return (int) peers.wire.seen().stream().filter(message -> message.length == 1 && message[0] == (byte) 0xff).count();
    }

    @Test
    void shouldFollowAPeerWhoseNatHasMovedIt() {
        peers.wire.nat(Peers.ADDRESS_A, OUTSIDE);
        peers.a.request(0);
        peers.run(1);
        peers.wire.remap();
        peers.a.service.sendDelete(Peers.ADDRESS_A, Peers.ADDRESS_B, List.of(4711), false);
        peers.run(1);
        assertThat(peers.b.engine.events()).contains("path changed");
        assertThat(peers.b.service.ikeSas().getFirst().path().remotePort()).isEqualTo(25_500);
        peers.b.service.requestChild(peers.policy(false, 1), OUTSIDE, null);
        peers.run(1);
        assertThat(peers.b.engine.pairs()).hasSize(2);
    }

    @Test
    void shouldNotFollowAPeerThatIsNotBehindANat() {
        peers.a.request(0);
        peers.run(1);
        peers.wire.filter(message -> false);
        peers.a.service.sendDelete(Peers.ADDRESS_A, Peers.ADDRESS_B, List.of(4711), false);
        peers.wire.filter(message -> true);
        peers.b.service.receive(new IkePath(Peers.ADDRESS_B, 500, Peers.ADDRESS_A, 999), peers.wire.seen().getLast());
        assertThat(peers.b.service.ikeSas().getFirst().path().remotePort()).isEqualTo(500);
    }

    @Test
    void shouldFindADeadPeerByAskingPeriodically() {
        peers.a.config.dpd(10, 2, true);
        peers.a.request(0);
        peers.run(60);
        assertThat(peers.a.engine.pairs()).as("a living peer").hasSize(1);
        peers.b.restart();
        peers.wire.filter(message -> true);
        peers.run(10 + 6 * 2 + 1);
        assertThat(peers.a.engine.events()).last().isEqualTo("peer gone: dead peer detection");
        assertThat(peers.a.service.ikeSas()).isEmpty();
        assertThat(peers.a.engine.pairs()).isEmpty();
        assertThat(peers.a.debug).anyMatch(line -> line.endsWith("DPD incrementing error counter (5/5)"))
            .contains("ISAKMP: (1001):peer 20.1.1.2 not responding!");
        assertThat(peers.a.service.count(Ikev1Counter.DEAD_PEERS)).isEqualTo(1);
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.agree()).isTrue();
        assertThat(peers.a.engine.pairs()).hasSize(1);
    }

    @Test
    void shouldAskOnDemandOnlyIfTrafficLeavesAndNothingComesBack() {
        peers.a.config.dpd(10, 2, false);
        peers.a.request(0);
        peers.run(1);
        peers.b.restart();
        peers.a.engine.traffic(false, false);
        peers.run(300);
        assertThat(peers.a.engine.pairs()).as("nothing leaves").hasSize(1);
        peers.a.engine.traffic(true, true);
        peers.run(300);
        assertThat(peers.a.engine.pairs()).as("something comes back").hasSize(1);
        peers.a.engine.traffic(true, false);
        peers.run(30);
        assertThat(peers.a.engine.pairs()).isEmpty();
    }

    @Test
    void shouldRemoveAnIsakmpSaThatThePeerHasLostWithoutSayingSo() {
        peers.a.request(0);
        peers.run(1);
        peers.a.restart();
        // Without INITIAL_CONTACT: B is not told that the first one is void.
        peers.a.service.requestIkeSa(Peers.ADDRESS_A, Peers.ADDRESS_B, false, null, (up, reason) -> assertThat(up).isTrue());
        peers.run(1);
        assertThat(peers.b.service.ikeSas()).hasSize(2);
        peers.run(15);
        assertThat(peers.b.service.ikeSas()).singleElement().matches(sa -> sa.state().equals("QM_IDLE") && sa.id() == 1002);
        assertThat(peers.b.engine.events()).as("the peer itself is there").doesNotContain("silent").noneMatch(event ->
            event.startsWith("peer gone: dead"));
    }

    @Test
    void shouldKeepAnOlderIsakmpSaThatThePeerAnswersFor() {
        peers.a.request(0);
        peers.run(1);
        peers.a.service.rekeyIkeSa(Peers.ADDRESS_A, Peers.ADDRESS_B);
        peers.run(60);
        assertThat(peers.b.service.ikeSas()).hasSize(2);
        assertThat(peers.a.service.ikeSas()).hasSize(2);
        assertThat(peers.b.debug).filteredOn(line -> line.contains("DPD/R_U_THERE sent")).as("asked once").hasSize(1);
    }

    @Test
    void shouldReplaceAnIsakmpSaBeforeItEnds() {
        final IkeProposal policy = new IkeProposal(10, List.of("aes-cbc-128"), List.of("sha1"), List.of(), List.of(19), 1000);
        peers.a.config.proposals(policy);
        peers.b.config.proposals(policy);
        peers.a.request(0);
        peers.run(935);
        assertThat(peers.a.service.ikeSas()).extracting(IkeService.IkeSaInfo::id).containsExactly(1001);
        peers.run(10);
        assertThat(peers.a.service.ikeSas()).extracting(IkeService.IkeSaInfo::id).containsExactly(1001, 1002);
        peers.run(100);
        assertThat(peers.a.service.ikeSas()).extracting(IkeService.IkeSaInfo::id).containsExactly(1002);
        assertThat(peers.b.service.ikeSas()).hasSize(1);
        assertThat(peers.b.engine.events()).as("INITIAL_CONTACT at the first contact only").containsOnlyOnce("peer gone: INITIAL_CONTACT");
        assertThat(peers.agree()).isTrue();
        assertThat(peers.a.engine.pairs()).hasSize(1);
    }

    @Test
    void shouldLetAnIsakmpSaEndThatNobodyUses() {
        final IkeProposal policy = new IkeProposal(10, List.of("aes-cbc-128"), List.of("sha1"), List.of(), List.of(19), 1000);
        peers.a.config.proposals(policy);
        peers.b.config.proposals(policy);
        peers.a.engine.traffic(false, false);
        peers.a.request(0);
        peers.run(1100);
        assertThat(peers.a.service.ikeSas()).isEmpty();
        assertThat(peers.b.service.ikeSas()).isEmpty();
    }

    @Test
    void shouldSetUpAnSaInAggressiveMode() {
        peers.a.config.aggressive(true);
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.agree()).isTrue();
        assertThat(peers.a.engine.pairs()).hasSize(1);
        assertThat(peers.wire.seen().getFirst()[18]).isEqualTo((byte) Isakmp.AGGRESSIVE_MODE);
        assertThat(peers.b.service.ikeSas()).extracting(IkeService.IkeSaInfo::state).containsExactly("QM_IDLE");
    }

    @Test
    void shouldFloatInAggressiveModeToo() {
        peers.wire.nat(Peers.ADDRESS_A, OUTSIDE);
        peers.a.config.aggressive(true);
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.agree()).isTrue();
        assertThat(peers.b.engine.pairs().values()).extracting(ChildSa::path)
            .containsOnly(new IkePath(Peers.ADDRESS_B, 4500, OUTSIDE, 24_500));
    }

    @Test
    void shouldGiveUpAggressiveModeWithAWrongKey() {
        peers.a.config.aggressive(true);
        peers.b.config.key("other");
        peers.a.request(0);
        peers.run(200);
        assertThat(peers.a.engine.events()).containsExactly("failed map 0: Death by retransmission P1");
        assertThat(peers.a.service.count(Ikev1Counter.BAD_HASH)).isPositive();
        assertThat(peers.b.service.ikeSas()).isEmpty();
    }

    /** RFC 2408 section 3.1: a peer may set the commit bit; the platform goes on as if it had not, and never sets it. */
    @Test
    void shouldAcceptTheCommitBitAndNeverSetIt() {
        final List<Integer> flags = new ArrayList<>();
        peers.wire.filter(message -> {
            flags.add((int) message[19]);
            if (message[18] == Isakmp.QUICK_MODE) {
                message[19] |= (byte) Isakmp.COMMIT;
            }
            return true;
        });
        peers.a.request(0);
        peers.run(1);
        assertThat(flags).hasSize(9).noneMatch(each -> (each & Isakmp.COMMIT) != 0);
        assertThat(peers.wire.seen().stream().filter(message -> (message[19] & Isakmp.COMMIT) != 0)).as("arrived with the bit").hasSize(3);
        assertThat(peers.agree()).isTrue();
        assertThat(peers.a.engine.pairs()).hasSize(1);
        assertThat(peers.b.engine.pairs()).hasSize(1);
    }

    @Test
    void shouldAskAnEzvpnClientWhoItIs() {
        peers.a.config.ezvpn(true, "branch", "alice", "open");
        peers.b.config.ezvpn(false, "branch", "alice", "open");
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.b.service.ikeSas()).singleElement().satisfies(sa -> assertThat(String.valueOf(sa.identity())).isEqualTo("branch"));
        assertThat(peers.b.debug).contains("ISAKMP: (1001):XAUTH succeeded for peer 10.1.1.1");
        assertThat(peers.agree()).isTrue();
        assertThat(peers.a.engine.pairs()).hasSize(1);
    }

    @Test
    void shouldTurnAnEzvpnClientAwayWhosePasswordIsWrong() {
        peers.a.config.ezvpn(true, "branch", "alice", "sesame");
        peers.b.config.ezvpn(false, "branch", "alice", "open");
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.a.engine.events()).containsExactly("failed map 0: XAUTH failed");
        assertThat(peers.a.service.ikeSas()).isEmpty();
        assertThat(peers.b.service.ikeSas()).isEmpty();
        assertThat(peers.b.engine.pairs()).isEmpty();
        assertThat(String.join("\n", peers.a.debug) + String.join("\n", peers.b.debug)).doesNotContain("sesame");
    }

    @Test
    void shouldNotLetAStrangerSkipXauth() {
        peers.b.config.ezvpn(false, "branch", "alice", "open");
        peers.a.config.ezvpn(true, "branch", "alice", "open");
        peers.wire.filter(message -> message[18] != Isakmp.TRANSACTION);
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.b.service.hasIkeSa(Peers.ADDRESS_B, Peers.ADDRESS_A)).isFalse();
        peers.run(300);
        assertThat(peers.a.service.ikeSas()).isEmpty();
        assertThat(peers.b.service.ikeSas()).isEmpty();
    }

    @Test
    void shouldSayWhatThePlatformSays() {
        peers.a.request(0);
        peers.run(1);
        assertThat(peers.a.debug).containsSubsequence(
            "ISAKMP: (0):SA request profile is (NULL)",
            "ISAKMP: (0):Created a peer struct for 20.1.1.2, peer port 500",
            "ISAKMP: (0):Input = IKE_MESG_FROM_IPSEC, IKE_SA_REQ_MM",
            "ISAKMP: (0):Old State = IKE_READY  New State = IKE_I_MM1 ",
            "ISAKMP: (0):beginning Main Mode exchange",
            "ISAKMP-PAK: (0):sending packet to 20.1.1.2 my_port 500 peer_port 500 (I) MM_NO_STATE",
            "ISAKMP: (0):Old State = IKE_I_MM1  New State = IKE_I_MM2 ",
            "ISAKMP: (0):Old State = IKE_I_MM2  New State = IKE_I_MM3 ",
            "ISAKMP: (0):processing KE payload. message ID = 0",
            "ISAKMP: (1001):Old State = IKE_I_MM3  New State = IKE_I_MM4 ",
            "ISAKMP: (1001):Send initial contact",
            "ISAKMP: (1001):Old State = IKE_I_MM4  New State = IKE_I_MM5 ",
            "ISAKMP: (1001):Old State = IKE_I_MM6  New State = IKE_P1_COMPLETE ",
            "ISAKMP: (1001):QM Initiator gets spi",
            "ISAKMP: (1001):Successfully installed IPSEC SA (SPI:" + spi(peers.a) + ") on GigabitEthernet1");
        assertThat(peers.b.debug).containsSubsequence(
            "ISAKMP-PAK: (0):received packet from 10.1.1.1 dport 500 sport 500 Global (N) NEW SA",
            "ISAKMP: (0):Old State = IKE_READY  New State = IKE_R_MM1 ",
            "ISAKMP: (0):vendor ID is DPD",
            "ISAKMP: (0):Checking ISAKMP transform 1 against priority 10 policy",
            "ISAKMP: (0):atts are acceptable. Next payload is 0",
            "ISAKMP-PAK: (0):sending packet to 10.1.1.1 my_port 500 peer_port 500 (R) MM_SA_SETUP",
            "ISAKMP: (0):Old State = IKE_R_MM1  New State = IKE_R_MM2 ",
            "ISAKMP: (0):Old State = IKE_R_MM2  New State = IKE_R_MM3 ",
            "ISAKMP-PAK: (1001):sending packet to 10.1.1.1 my_port 500 peer_port 500 (R) MM_KEY_EXCH",
            "ISAKMP: (1001):Old State = IKE_R_MM3  New State = IKE_R_MM4 ",
            "ISAKMP: (1001):SA authentication status:",
            "ISAKMP: (1001):Old State = IKE_R_MM5  New State = IKE_P1_COMPLETE ",
            "ISAKMP: (1001):Old State = IKE_QM_READY  New State = IKE_QM_SPI_STARVE",
            "ISAKMP: (1001):Old State = IKE_QM_SPI_STARVE  New State = IKE_QM_IPSEC_INSTALL_AWAIT",
            "ISAKMP: (1001):Received IPSec Install callback... proceeding with the negotiation",
            "ISAKMP: (1001):Successfully installed IPSEC SA (SPI:" + spi(peers.b) + ") on GigabitEthernet1",
            "ISAKMP: (1001):Old State = IKE_QM_IPSEC_INSTALL_AWAIT  New State = IKE_QM_R_QM2",
            "ISAKMP: (1001):Old State = IKE_QM_R_QM2  New State = IKE_QM_PHASE2_COMPLETE");
        assertThat(peers.b.debug).last().asString().matches("ISAKMP: \\(1001\\):deleting node \\d+ error FALSE reason \"QM done \\(await\\)\"");
    }

    private static String spi(final Peers.Router router) {
        return String.format("0x%08X", router.engine.pairs().keySet().iterator().next());
    }
}
