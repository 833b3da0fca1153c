package org.qfpsim.controlplane.nhrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qfpsim.controlplane.nhrp.Cloud.ip;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.nhrp.NhrpPacket.Kind;
import org.qfpsim.datapath.route.InterfaceKind;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.NhrpMapping;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.TunnelSpec;

/** Registration with a next hop server (RFC 2332 sections 5.2.3 to 5.2.5), in virtual time. */
class NhrpRegistrationTest {
    private final Cloud cloud = new Cloud();

    @Test
    void shouldRegisterEveryThirdOfTheHoldTime() {
        final Cloud.Station hub = cloud.hub();
        final Cloud.Station spoke = cloud.spoke(2, "ip nhrp holdtime 300");
        cloud.run(1);
        assertThat(hub.hop("172.16.0.2")).isEqualTo("10.0.0.2");
        assertThat(hub.configuration().nhrp()).containsExactly(
            new NhrpMapping(Cloud.TUNNEL, ip("172.16.0.2"), ip("10.0.0.2"), Cloud.NO_FLOW_YET));
        final int configured = hub.configured;
        cloud.run(3600);
        // At 0, then 100 s after each reply, which takes 20 ms: 37 in an hour and a second.
        assertThat(cloud.taken(Kind.REGISTRATION_REQUEST)).hasSize(37);
        assertThat(cloud.taken(Kind.REGISTRATION_REQUEST)).extracting(message -> message.packet().requestId()).doesNotHaveDuplicates();
        assertThat(cloud.taken(Kind.REGISTRATION_REPLY)).hasSize(37);
        assertThat(hub.hop("172.16.0.2")).isEqualTo("10.0.0.2");
        assertThat(hub.configured).as("a registration that changes nothing does not change the datapath").isEqualTo(configured);
        assertThat(spoke.nhrp.count(NhrpCounter.UNWANTED)).isZero();
    }

    @Test
    void shouldSayWhatTheRfcWants() {
        cloud.hub("ip nhrp authentication darkstar");
        cloud.spoke(2, "ip nhrp authentication darkstar", "ip nhrp registration timeout 50");
        cloud.run(60);
        final NhrpPacket request = cloud.taken(Kind.REGISTRATION_REQUEST).getFirst().packet();
        assertThat(request.has(NhrpPacket.REGISTER_UNIQUE)).isTrue();
        assertThat(request.sourceNbma()).isEqualTo(ip("10.0.0.2"));
        assertThat(request.source()).isEqualTo(ip("172.16.0.2"));
        assertThat(request.destination()).isEqualTo(ip("172.16.0.1"));
        assertThat(request.cies()).containsExactly(new NhrpCie(0, 255, 1400, 600, null, null, 0));
        assertThat(request.extensions()).extracting(NhrpExtension::type).containsExactly(3, 4, 5, 7);
        final NhrpPacket reply = cloud.taken(Kind.REGISTRATION_REPLY).getFirst().packet();
        assertThat(reply.requestId()).isEqualTo(request.requestId());
        assertThat(reply.source()).isEqualTo(request.source());
        assertThat(reply.cies()).isEqualTo(request.cies());
        assertThat(NhrpDecoder.entries(reply.extensions().getFirst().value(), 4, 4).orElseThrow())
            .containsExactly(NhrpCie.of(32, 1400, 600, ip("10.0.0.1"), ip("172.16.0.1")));
        assertThat(cloud.taken(Kind.REGISTRATION_REQUEST)).hasSize(2);
    }

    @Test
    void shouldRepeatARequestWithTheSameNumber() {
        cloud.filter(message -> message.seconds() > 100);
        final Cloud.Station hub = cloud.hub();
        cloud.spoke(2);
        cloud.run(200);
        final List<Cloud.Message> sent = cloud.taken(Kind.REGISTRATION_REQUEST);
        assertThat(sent).extracting(Cloud.Message::seconds).containsExactly(0.0, 1.0, 3.0, 7.0, 15.0, 31.0, 63.0, 127.0);
        assertThat(sent).extracting(message -> message.packet().requestId()).containsOnly(0);
        assertThat(hub.hop("172.16.0.2")).isEqualTo("10.0.0.2");
    }

    @Test
    void shouldRegisterWhenTheTunnelComesUp() {
        final Cloud.Station hub = cloud.hub();
        final Cloud.Station spoke = cloud.spoke(2);
        spoke.up(false);
        cloud.messages.clear();
        cloud.run(250);
        assertThat(cloud.messages).extracting(message -> message.packet().kind()).containsOnly(Kind.REGISTRATION_REPLY);
        spoke.up(true);
        cloud.run(65);
        assertThat(cloud.taken(Kind.REGISTRATION_REQUEST)).isNotEmpty();
        assertThat(hub.hop("172.16.0.2")).isEqualTo("10.0.0.2");
    }

    @Test
    void shouldForgetAStationWhenItsHoldTimeIsOver() {
        final Cloud.Station hub = cloud.hub();
        cloud.spoke(2, "ip nhrp holdtime 90");
        cloud.run(20);
        cloud.filter(message -> false);
        cloud.run(69.9);
        assertThat(hub.hop("172.16.0.2")).isEqualTo("10.0.0.2");
        cloud.run(0.2);
        assertThat(hub.hop("172.16.0.2")).isNull();
        assertThat(hub.nhrp.size()).isZero();
    }

    @Test
    void shouldRefuseAnAddressThatAnotherStationHas() {
        final Cloud.Station hub = cloud.hub();
        cloud.spoke(2);
        cloud.run(1);
        final Cloud.Station thief = cloud.new Station("10.0.0.9", "172.16.0.2", "ip nhrp nhs 172.16.0.1 nbma 10.0.0.1");
        cloud.run(5);
        assertThat(hub.hop("172.16.0.2")).isEqualTo("10.0.0.2");
        assertThat(hub.nhrp.count(NhrpCounter.REFUSED)).isPositive();
        assertThat(thief.said).contains(
            "%NHRP-3-PAKREPLY: Receive Registration Reply packet with error - unique address registered already(14)");
        final NhrpCie refused = cloud.taken(Kind.REGISTRATION_REPLY).getLast().packet().cies().getFirst();
        assertThat(refused.code()).isEqualTo(14);
        assertThat(refused.holdingTime()).isZero();
    }

    @Test
    void shouldRefuseAddressesThatAreNotOnTheTunnel() {
        final Cloud.Station hub = cloud.hub();
        for (final String inner : List.of("172.17.0.2", "172.16.0.1")) {
            cloud.new Station("10.0.0.2", inner, "ip nhrp map 172.16.0.1 10.0.0.1", "ip nhrp nhs 172.16.0.1");
            cloud.run(0.5);
        }
        assertThat(cloud.taken(Kind.REGISTRATION_REPLY)).hasSize(2)
            .allSatisfy(message -> assertThat(message.packet().cies().getFirst().code()).isEqualTo(4));
        assertThat(hub.nhrp.size()).isZero();
    }

    @Test
    void shouldDropWhatHasAnotherAuthentication() {
        final Cloud.Station hub = cloud.hub("ip nhrp authentication darkstar");
        final Cloud.Station spoke = cloud.spoke(2, "ip nhrp authentication darkstat");
        final Cloud.Station mute = cloud.spoke(3);
        cloud.run(0.5);
        assertThat(hub.nhrp.size()).isZero();
        assertThat(hub.nhrp.count(NhrpCounter.UNAUTHENTICATED)).isEqualTo(2);
        assertThat(hub.nhrp.count(NhrpCounter.ERRORS_SENT)).isEqualTo(2);
        assertThat(spoke.said).containsExactly(
            "%NHRP-3-PAKERROR: Received Error Indication from 172.16.0.1, code: authentication failure(11), offset: 52");
        assertThat(mute.nhrp.count(NhrpCounter.ERRORS_RECEIVED)).isEqualTo(1);
        assertThat(String.join("\n", hub.debug) + hub.said + spoke.said).doesNotContain("darksta");
    }

    @Test
    void shouldTakeBackTheRegistrationWhenItEnds() {
        final Cloud.Station hub = cloud.hub();
        final Cloud.Station spoke = cloud.spoke(2);
        cloud.run(1);
        assertThat(hub.hop("172.16.0.2")).isNotNull();
        spoke.nhrp.close();
        cloud.run(1);
        assertThat(hub.hop("172.16.0.2")).isNull();
        assertThat(cloud.taken(Kind.PURGE_REQUEST)).hasSize(1);
        assertThat(cloud.taken(Kind.PURGE_REPLY)).as("none was asked for").isEmpty();
        cloud.messages.clear();
        cloud.run(1000);
        assertThat(cloud.messages).isEmpty();
    }

    @Test
    void shouldForgetOnlyWhatItsOwnerTakesBack() {
        final Cloud.Station hub = cloud.hub();
        cloud.spoke(2);
        cloud.spoke(3);
        cloud.run(1);
        final NhrpPacket purge = NhrpPacket.request(Kind.PURGE_REQUEST, 0, 77, ip("10.0.0.3"), ip("172.16.0.3"), ip("172.16.0.1"),
            NhrpCie.of(255, 0, 0, ip("10.0.0.2"), ip("172.16.0.2")), List.of());
        hub.deliver(ip("10.0.0.3"), NhrpEncoder.write(purge, false));
        assertThat(hub.hop("172.16.0.2")).isEqualTo("10.0.0.2");
        hub.deliver(ip("10.0.0.2"), NhrpEncoder.write(purge, false));
        assertThat(hub.hop("172.16.0.2")).isNull();
        assertThat(cloud.taken(Kind.PURGE_REPLY)).hasSize(2)
            .allSatisfy(message -> assertThat(message.packet().requestId()).isEqualTo(77));
    }

    @Test
    void shouldReachAStationBehindANatWhereItsPacketsComeFrom() {
        final Cloud.Station hub = cloud.hub();
        final Cloud.Station spoke = cloud.spoke(2);
        spoke.seenAs = ip("198.51.100.7");
        cloud.run(2);
        assertThat(hub.hop("172.16.0.2")).as("the first request came before the NAT").isEqualTo("10.0.0.2");
        spoke.nhrp.close();
        cloud.run(601);
        spoke.nhrp.configure(spoke.router, name -> Cloud.TUNNEL);
        cloud.run(1);
        assertThat(hub.hop("172.16.0.2")).isEqualTo("198.51.100.7");
        assertThat(hub.nhrp.show(false)).contains("NBMA address: 198.51.100.7\n    (Claimed NBMA address: 10.0.0.2)\n");
    }

    @Test
    void shouldLeaveTheMappingsOfOthersAlone() {
        final Cloud.Station hub = cloud.hub("ip nhrp map 172.16.0.3 10.0.0.3");
        final NhrpMapping fixed = new NhrpMapping(Cloud.TUNNEL, ip("172.16.0.3"), ip("10.0.0.3"), Cloud.NO_FLOW_YET);
        assertThat(hub.configuration().nhrp()).containsExactly(fixed);
        cloud.spoke(2);
        final Cloud.Station three = cloud.spoke(3);
        cloud.run(1);
        assertThat(hub.configuration().nhrp()).containsExactly(fixed,
            new NhrpMapping(Cloud.TUNNEL, ip("172.16.0.2"), ip("10.0.0.2"), Cloud.NO_FLOW_YET));
        assertThat(three.said).isEmpty();
        cloud.new Station("10.0.0.4", "172.16.0.3", "ip nhrp nhs 172.16.0.1 nbma 10.0.0.1");
        cloud.run(1);
        assertThat(cloud.taken(Kind.REGISTRATION_REPLY).getLast().packet().cies().getFirst().code()).isEqualTo(14);
        cloud.filter(message -> false);
        cloud.run(700);
        assertThat(hub.configuration().nhrp()).containsExactly(fixed);
    }

    @Test
    void shouldMapAServerThatOnlyItsOwnLineNames() {
        final Cloud.Station spoke = cloud.new Station("10.0.0.2", "172.16.0.2", "ip nhrp nhs 172.16.0.1 nbma 10.0.0.1");
        assertThat(spoke.hop("172.16.0.1")).isEqualTo("10.0.0.1");
        assertThat(cloud.taken(Kind.REGISTRATION_REQUEST).getFirst().to()).isEqualTo(ip("10.0.0.1"));
    }

    @Test
    void shouldPreferWhatTheConfigurationSaysToWhatWasLearnt() {
        final Cloud.Station hub = cloud.hub();
        cloud.spoke(2);
        cloud.run(1);
        assertThat(hub.hop("172.16.0.2")).isEqualTo("10.0.0.2");
        final NhrpMapping fixed = new NhrpMapping(Cloud.TUNNEL, ip("172.16.0.2"), ip("10.0.0.7"), 8);
        hub.configure(hub.configuration().withNhrp(List.of(hub.configuration().nhrp().getFirst(), fixed)));
        final Cloud.Station other = cloud.hub("ip nhrp map 172.16.0.2 10.0.0.7");
        hub.nhrp.configure(other.router, name -> Cloud.TUNNEL);
        assertThat(hub.configuration().nhrp()).containsExactly(fixed);
        hub.nhrp.configure(hub.router, name -> Cloud.TUNNEL);
        assertThat(hub.nhrp.mapped(hub.configuration().withNhrp(List.of())).nhrp()).as("what was learnt is there again").containsExactly(
            new NhrpMapping(Cloud.TUNNEL, ip("172.16.0.2"), ip("10.0.0.2"), Cloud.NO_FLOW_YET));
    }

    @Test
    void shouldRegisterThroughAPointToPointTunnel() {
        final Cloud.Station hub = cloud.hub();
        final Cloud.Station spoke = cloud.spoke(2);
        cloud.run(1);
        spoke.nhrp.close();
        cloud.run(1);
        assertThat(hub.nhrp.size()).isZero();
        spoke.configure(RoutedConfig.of(List.of(InterfaceSpec.tunnel(Cloud.TUNNEL, "Tunnel0", InterfaceKind.TUNNEL_GRE,
            new TunnelSpec(ip("10.0.0.2"), ip("10.0.0.1"), Cloud.KEY, false, Cloud.NO_FLOW_YET), 1400, "172.16.0.2/24"))));
        spoke.nhrp.configure(ConfigFile.read("test", "interface Tunnel0\n ip address 172.16.0.2 255.255.255.0\n ip nhrp network-id 1\n"
            + " ip nhrp nhs 172.16.0.1\n tunnel source 10.0.0.2\n tunnel destination 10.0.0.1\n tunnel key 77\nend\n").config(),
            name -> Cloud.TUNNEL);
        cloud.run(1);
        assertThat(hub.hop("172.16.0.2")).isEqualTo("10.0.0.2");
    }

    @Test
    void shouldPutTheFlowOfAPeerIntoItsMappingAndItsAnswer() {
        final Cloud.Station hub = cloud.hub();
        hub.nhrp.policy(config -> config.withNhrp(config.nhrp().stream()
            .map(map -> new NhrpMapping(map.interfaceIndex(), map.protocolAddress(), map.nbma(), 900 + (int) map.nbma().low() % 256))
            .toList()));
        cloud.spoke(2);
        cloud.run(1);
        assertThat(hub.configuration().nhrp()).extracting(NhrpMapping::flow).containsExactly(902);
        assertThat(cloud.taken(Kind.REGISTRATION_REPLY).getFirst().flow()).isEqualTo(902);
        assertThat(cloud.taken(Kind.REGISTRATION_REQUEST).getFirst().flow()).isEqualTo(Cloud.NO_FLOW_YET);
        hub.nhrp.policy(config -> config);
        cloud.spoke(3);
        cloud.run(1);
        assertThat(hub.configuration().nhrp()).extracting(NhrpMapping::flow).as("one that is there stays").containsExactly(902, 4);
    }

    @Test
    void shouldStopWhenTheConfigurationSaysSo() {
        final Cloud.Station hub = cloud.hub();
        final Cloud.Station spoke = cloud.spoke(2);
        cloud.run(1);
        final ConfigFile without = ConfigFile.read("test", "interface Tunnel0\n ip address 172.16.0.1 255.255.255.0\n"
            + " tunnel source 10.0.0.1\n tunnel mode gre multipoint\nend\n");
        hub.nhrp.configure(without.config(), name -> Cloud.TUNNEL);
        assertThat(hub.configuration().nhrp()).isEmpty();
        cloud.run(400);
        assertThat(hub.nhrp.count(NhrpCounter.NOT_CONFIGURED)).isPositive();
        hub.nhrp.configure(hub.router, name -> RoutedConfig.NO_INTERFACE);
        spoke.nhrp.configure(spoke.router, name -> Cloud.TUNNEL);
        cloud.run(100);
        assertThat(hub.nhrp.size()).isZero();
        hub.nhrp.configure(hub.router, name -> Cloud.TUNNEL);
        cloud.run(65);
        assertThat(hub.hop("172.16.0.2")).isEqualTo("10.0.0.2");
    }

    @Test
    void shouldShowItsPacketsToDebug() {
        final Cloud.Station hub = cloud.hub();
        cloud.spoke(2);
        cloud.run(1);
        assertThat(hub.debug).containsSubsequence(
            "NHRP: Receive Registration Request via Tunnel0 vrf 0, packet size: 68",
            " (F) afn: AF_IP(1), type: IP(800), hop: 255, ver: 1",
            "     pktsz: 68 extoff: 52",
            " (M) flags: \"unique \", reqid: 0",
            "     src NBMA: 10.0.0.2",
            "     src protocol: 172.16.0.2, dst protocol: 172.16.0.1",
            " (C-1) code: no error(0)",
            "       prefix: 255, mtu: 1400, hd_time: 600",
            "NHRP: Tunnel0: Cache add for target 172.16.0.2/32 next-hop 172.16.0.2 NBMA 10.0.0.2",
            "NHRP: Send Registration Reply via Tunnel0 vrf 0, packet size: 88");
    }
}
