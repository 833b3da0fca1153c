package org.qfpsim.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.TunnelConfig;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.TrafficSelector;

/** What lines mean, and configuration mode at the console. */
class ConfigSessionTest {
    private final ConfigSession session = new ConfigSession();

    private void type(final String... lines) {
        for (final String line : lines) {
            assertThat(session.type(line)).as(line).isEqualTo(new ConfigSession.Reply(true, ""));
        }
    }

    @Test
    void shouldSayInRecordsWhatTheSampleSays() {
        final RouterConfig config = Samples.read(Samples.text("static-map-ikev1"));
        assertThat(config.crypto().isakmp().policies())
            .containsExactly(new IsakmpConfig.Policy(10, "aes-cbc-256", "sha256", 14, true, 28_800));
        final IsakmpConfig.Key key = config.crypto().isakmp().keys().getFirst();
        assertThat(key.key().reveal()).isEqualTo("sEcret-1");
        assertThat(key.peer()).isEqualTo(new PeerMatch.Address(IpPrefix.parse("10.1.1.1/32")));
        assertThat(config.crypto().isakmp().invalidSpiRecovery()).isTrue();
        assertThat(config.crypto().ipsec().transformSet("TS").orElseThrow().suite()).isEqualTo(EspSuite.AES_CBC_256_SHA256_128);
        final CryptoMap.Static entry = (CryptoMap.Static) config.crypto().map("VPN").orElseThrow().entries().getFirst();
        assertThat(entry.complete()).isTrue();
        assertThat(entry.peers()).containsExactly(IpAddress.parse("10.1.1.1"));
        assertThat(entry.settings().seconds()).isEqualTo(900);
        assertThat(entry.settings().pfsGroup()).isEqualTo(14);
        assertThat(entry.settings().version()).isEqualTo(1);
        assertThat(config.accessList("101").orElseThrow().permitted()).containsExactly(
            TrafficSelector.between(IpPrefix.parse("192.168.2.0/24"), IpPrefix.parse("192.168.1.0/24")));
        assertThat(config.interfaceNamed("GigabitEthernet0/0/0").orElseThrow().cryptoMap()).isEqualTo("VPN");
    }

    @Test
    void shouldKeepModeAndPrompt() {
        assertThat(session.prompt()).isEqualTo("Router(config)#");
        type("hostname R7", "int gi 0/0/0");
        assertThat(session.prompt()).isEqualTo("R7(config-if)#");
        type("exit");
        assertThat(session.prompt()).isEqualTo("R7(config)#");
        type("crypto ikev2 keyring K", "peer P");
        assertThat(session.prompt()).isEqualTo("R7(config-ikev2-keyring-peer)#");
        type("address 10.0.0.1", "peer Q");
        assertThat(session.prompt()).isEqualTo("R7(config-ikev2-keyring-peer)#");
        type("exit");
        assertThat(session.prompt()).isEqualTo("R7(config-ikev2-keyring)#");
        type("ip route 10.0.0.0 255.0.0.0 Null0");
        assertThat(session.prompt()).isEqualTo("R7(config)#");
        assertThat(session.isEnded()).isFalse();
        type("crypto isakmp policy 1", "end");
        assertThat(session.isEnded()).isTrue();
        assertThat(session.config().crypto().ikev2().keyring("K").orElseThrow().peers()).hasSize(2);
    }

    @Test
    void shouldUnderstandAbbreviations() {
        type("ho R1", "cry isa pol 10", "enc aes 256", "ha sha256", "au pre", "gr 14", "lif 3600",
            "cry isa key 0 secret ad 10.0.0.1", "cry isa inv", "cry isa keepa 10 3 per",
            "cry ips tr TS esp-aes 256 esp-sha256", "mo tra", "cry ips prof P", "set tr TS",
            "in Tu0", "ip ad 172.16.0.1 255.255.255.0", "tu so Gi0/0/0", "tu de 10.0.0.1", "tu prot ips prof P", "in Gi0/0/0",
            "ip ad 10.0.0.2 255.255.255.0", "no sh");
        final RouterConfig abbreviated = session.config();
        assertThat(abbreviated).isEqualTo(Samples.read("""
            hostname R1
            crypto isakmp policy 10
            encryption aes 256
            hash sha256
            authentication pre-share
            group 14
            lifetime 3600
            crypto isakmp key secret address 10.0.0.1
            crypto isakmp invalid-spi-recovery
            crypto isakmp keepalive 10 3 periodic
            crypto ipsec transform-set TS esp-aes 256 esp-sha256-hmac
            mode transport
            crypto ipsec profile P
            set transform-set TS
            interface Tunnel0
            ip address 172.16.0.1 255.255.255.0
            tunnel source GigabitEthernet0/0/0
            tunnel destination 10.0.0.1
            tunnel protection ipsec profile P
            interface GigabitEthernet0/0/0
            ip address 10.0.0.2 255.255.255.0
            """));
    }

    @Test
    void shouldTakeEverythingBack() {
        final RouterConfig empty = session.config();
        for (final String name : List.of("static-map-ikev1", "gre-p2p", "mgre-static", "operations")) {
            final ConfigSession other = new ConfigSession(Samples.read(Samples.text(name)));
            for (final String line : Samples.text(name).lines().toList()) {
                if (!line.startsWith(" ") && ConfigSession.isCommand(line) && !"end".equals(line)
                    && !line.startsWith("Building") && !line.startsWith("Current") && !line.startsWith("no ")) {
                    final boolean hasSwitch = line.startsWith("logging trap") || line.startsWith("logging console")
                        || line.startsWith("logging buffered") || line.startsWith("service");
                    assertThat(other.type((hasSwitch ? "default " : "no ") + line).text()).as(line).isEmpty();
                }
            }
            other.type("default service timestamps debug");
            assertThat(other.config()).as(name).isEqualTo(empty);
        }
    }

    @Test
    void shouldTakeBackWhatAModeSays() {
        type("interface Tunnel0", "ip address 10.0.0.1 255.0.0.0", "ip address 11.0.0.1 255.0.0.0 secondary", "tunnel key 5",
            "tunnel mode gre multipoint", "ip mtu 1400", "ip nhrp map 10.0.0.2 20.0.0.2", "ip nhrp map 10.0.0.3 20.0.0.3");
        assertThat(session.type("no ip address 10.0.0.1 255.0.0.0").text()).isEqualTo("% Must delete secondary before primary\n");
        type("no ip address 11.0.0.1 255.0.0.0 secondary", "no tunnel key", "default tunnel mode", "no ip mtu 1400",
            "no ip nhrp map 10.0.0.2 20.0.0.2");
        final var tunnel = session.config().interfaces().getFirst();
        assertThat(tunnel.ipv4()).hasSize(1);
        assertThat(tunnel.tunnel()).isEqualTo(TunnelConfig.NEW);
        assertThat(tunnel.ipMtu()).isNull();
        assertThat(tunnel.nhrp().maps()).hasSize(1);
        type("no ip address");
        assertThat(session.config().interfaces().getFirst().ipv4()).isEmpty();
    }

    @Test
    void shouldAnswerAQuestionMark() {
        assertThat(session.type("crypto isakmp k?").text()).isEqualTo("key  keepalive\n");
        assertThat(session.type("crypto isakmp policy ?").text()).isEqualTo("  <1-10000>  Priority of protection suite\n");
        assertThat(session.type("crypto isakmp invalid-spi-recovery ?").text()).isEqualTo("  <cr>\n");
        assertThat(session.type("crypto isakmp ?").text()).contains("  invalid-spi-recovery  Initiate IKE and send Invalid SPI Notify\n");
        assertThat(session.type("logging host 10.0.0.1 ?").text()).contains("  transport", "  <cr>");
        assertThat(session.type("frob ?").accepted()).isFalse();
    }

    @Test
    void shouldWarnOfWhatIsMissing() {
        type("crypto map M 10 ipsec-isakmp", "set transform-set NONE", "match address 199", "interface Gi0/0/0", "crypto map N",
            "crypto isakmp policy 1", "interface Tunnel0", "tunnel protection ipsec profile P", "event manager applet A",
            "action 1 if 1 eq 1");
        assertThat(session.warnings()).contains(
            "crypto map M 10: crypto ipsec transform-set NONE does not exist",
            "crypto map M 10: access list 199 does not exist",
            "crypto map M 10: incomplete: set peer is missing",
            "interface GigabitEthernet0/0/0: crypto map N does not exist",
            "interface Tunnel0: incomplete: tunnel source is missing",
            "interface Tunnel0: crypto ipsec profile P does not exist",
            "crypto isakmp policy 1: incomplete: the default cipher, DES, is not simulated: add \"encryption aes\"",
            "event manager applet A: incomplete: event is missing",
            "event manager applet A: incomplete: every if, while and foreach needs one end");
        assertThat(session.config().crypto().isakmp().policies().getFirst().complete()).isFalse();
    }
}
