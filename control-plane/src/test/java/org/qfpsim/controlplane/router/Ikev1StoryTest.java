package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.config.model.TunnelConfig.Mode;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.v1.Ikev1Service;
import org.qfpsim.controlplane.ike.v1.Ikev1Settings;
import org.qfpsim.datapath.packet.IpAddress;

/** The story with IKEv1 messages in UDP packets between two control planes. */
class Ikev1StoryTest extends IkeStory {
    private static final String A = SaLifeTest.A;
    private static final String B = SaLifeTest.B;

    Ikev1StoryTest() {
        super(6, (config, engine, transport, timers, log, random) ->
            new Ikev1Service(config, engine, transport, timers, log, random, IkeKeyLog.NONE, Ikev1Settings.DEFAULT), config -> config);
    }

    @Test
    void shouldSayWhyNobodyTellsThePeer() {
        start(config -> config, config -> config);
        b.plane.sas().lose(null, true);
        lab.run(10 * Lab.SECOND);
        assertThat(b.log.debugs).anyMatch(line -> line.contains("ignoring request to send delete notify (no ISAKMP sa) src " + B));
    }

    @Test
    void shouldComeUpAndBeShown() {
        start(config -> config, config -> config);
        assertThat(CryptoTerminal.run(a, "show crypto isakmp sa")).startsWith("IPv4 Crypto ISAKMP SA\n"
            + "dst             src             state          conn-id status\n"
            + "10.0.0.2        10.0.0.1        QM_IDLE           1001 ACTIVE\n\nIPv6 Crypto ISAKMP SA\n");
        assertThat(CryptoTerminal.run(b, "show crypto isakmp sa"))
            .contains("\n10.0.0.2        10.0.0.1        QM_IDLE           1001 ACTIVE\n");
        assertThat(CryptoTerminal.run(a, "show crypto session"))
            .contains("Interface: GigabitEthernet0/0/0\nSession status: UP-ACTIVE     \n"
            + "Peer: 10.0.0.2 port 500 \n  Session ID: 0  \n  IKEv1 SA: local 10.0.0.1/500 remote 10.0.0.2/500 Active \n"
            + "  IPSEC FLOW: permit ip 192.168.1.0/255.255.255.0 192.168.2.0/255.255.255.0 \n        Active SAs: 2, origin: crypto map\n");
        assertThat(CryptoTerminal.run(b, "show crypto ipsec sa peer " + A)).contains("    Crypto map tag: vpn, local addr 10.0.0.2\n")
            .contains("   local  ident (addr/mask/prot/port): (192.168.2.0/255.255.255.0/0/0)\n")
            .contains("    #pkts decaps: " + b.datapath.delivered + ", #pkts decrypt: " + b.datapath.delivered)
            .contains("        transform: esp-aes esp-sha-hmac ,\n        in use settings ={Tunnel, }\n");
        assertThat(CryptoTerminal.run(b, "show crypto ipsec sa count"))
            .isEqualTo("IPsec SA total: 2, active: 2, rekeying: 0, unused: 0, invalid: 0\n");
        sound();
    }

    @Test
    void shouldBeBackWithInitialContact() {
        start(config -> config, config -> config.recovery().initialContact());
        b.plane.sas().lose(null, true);
        lab.run(2 * Lab.SECOND);
        final long delivered = b.datapath.delivered;
        lab.run(10 * Lab.SECOND);
        assertThat(b.datapath.delivered - delivered).isEqualTo(100);
        sound();
    }

    @Test
    void shouldProtectATunnelInTransportMode() {
        a = lab.router(A, TestConfig.at(A).tunnel(Mode.GRE_MULTIPOINT, null, B).build());
        b = lab.router(B, TestConfig.at(B).tunnel(Mode.GRE_MULTIPOINT, null).build());
        a.stream(a.flow(), 100 * Lab.MS, 100 * Lab.SECOND);
        lab.run(10 * Lab.SECOND);
        assertThat(b.datapath.delivered).isGreaterThan(90);
        a.plane.sas().clearSession(path -> true);
        lab.run(Lab.MS * 50);
        assertThat(b.plane.ipsec().pairs()).isEmpty();
        assertThat(b.datapath.flows).as("the peer's flow goes with its last pair").isEmpty();
        sound();
    }

    @Test
    void shouldDropWhatIsNoIkeMessage() {
        start(config -> config, config -> config);
        final IpAddress from = IpAddress.parse("7.7.7.7");
        final IpAddress to = IpAddress.parse(B);
        b.plane.punted(new UdpPacket(from, 500, to, 500, new byte[40]).octets(1));
        b.plane.punted(new UdpPacket(from, 4500, to, 4500, new byte[] {1, 2, 3, 4, 5}).octets(1));
        b.plane.punted(new byte[3]);
        assertThat(b.plane.unknownMessages()).isEqualTo(2);
    }
}
