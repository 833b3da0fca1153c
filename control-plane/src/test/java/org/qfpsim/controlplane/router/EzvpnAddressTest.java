package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.text.RunningConfig;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.v1.Ikev1Service;
import org.qfpsim.controlplane.ike.v1.Ikev1Settings;

/** Mode Config over the wire: a server hands out addresses, and clients in network-plus mode use them; users; lists. */
class EzvpnAddressTest {
    private static final String SERVER = "10.0.0.1";
    private static final String SERVER_CONFIG = """
        hostname SERVER
        aaa new-model
        aaa authentication login USERS local
        aaa authorization network GROUPS local
        username alice password 0 wonder
        username bob password 0 builder
        ip local pool POOL 172.20.0.1 172.20.0.2
        crypto isakmp policy 10
         encr aes
         authentication pre-share
         group 2
        crypto isakmp client configuration group SALES
         key group-key
         pool POOL
        crypto ipsec transform-set TS esp-aes esp-sha-hmac
        crypto ipsec profile UNUSED
         set transform-set TS
        crypto dynamic-map DYN 10
         set transform-set TS
        crypto map VPN client authentication list USERS
        crypto map VPN isakmp authorization list GROUPS
        crypto map VPN client configuration address respond
        crypto map VPN 10 ipsec-isakmp dynamic DYN
        interface GigabitEthernet0/0/0
         ip address 10.0.0.1 255.255.255.0
         crypto map VPN
        """;

    private final Lab lab = new Lab(4, List.of((config, engine, transport, timers, log, random) ->
        new Ikev1Service(config, engine, transport, timers, log, random, IkeKeyLog.NONE, Ikev1Settings.DEFAULT)));

    private static RouterConfig read(final String text) {
        final ConfigFile file = ConfigFile.read("test.cfg", text);
        assertThat(file.refused()).isEmpty();
        return file.config();
    }

    private static RouterConfig client(final int number, final String mode, final String user) {
        return read("""
            hostname CLIENT
            crypto isakmp policy 10
             encr aes
             authentication pre-share
             group 2
            crypto ipsec transform-set TS esp-aes esp-sha-hmac
            crypto ipsec profile UNUSED
             set transform-set TS
            crypto ipsec client ezvpn EZ
             group SALES key group-key
             mode MODE
             peer 10.0.0.1
             username USER
            interface GigabitEthernet0/0/0
             ip address 10.0.0.NN 255.255.255.0
             crypto ipsec client ezvpn EZ outside
            interface GigabitEthernet0/0/1
             ip address 192.168.NN.1 255.255.255.0
             crypto ipsec client ezvpn EZ inside
            """.replace("NN", String.valueOf(number)).replace("MODE", mode).replace("USER", user));
    }

    private Lab.Router start(final int number, final String mode) {
        return lab.router("10.0.0." + number, client(number, mode, "alice password wonder"));
    }

    private static List<String> addresses(final Lab.Router client) {
        return client.plane.effective(client.plane.config()).interfaces().stream().filter(each -> each.name().startsWith("Loopback"))
            .map(each -> each.name() + " " + each.ipv4().getFirst()).toList();
    }

    @Test
    void shouldPutTheAddressOnALoopbackAndCarryItsTraffic() {
        final Lab.Router server = lab.router(SERVER, read(SERVER_CONFIG));
        final Lab.Router client = start(2, "network-plus");
        assertThat(addresses(client)).isEmpty();
        lab.run(5 * Lab.SECOND);
        assertThat(addresses(client)).containsExactly("Loopback10000 Address[address=172.20.0.1, length=32]");
        assertThat(client.plane.config().interfaces()).as("what was entered").hasSize(2);
        assertThat(client.plane.ipsec().pairs()).extracting(pair -> pair.child().selector().source().toString())
            .containsExactlyInAnyOrder("192.168.2.0/24", "172.20.0.1/32");
        assertThat(server.plane.ipsec().pairs()).extracting(pair -> pair.child().selector().destination().toString())
            .containsExactlyInAnyOrder("192.168.2.0/24", "172.20.0.1/32");
        assertThat(server.log.debugs).anyMatch(line -> line.endsWith("Sending private address: 172.20.0.1"));
    }

    @Test
    void shouldGiveEachClientItsOwnForAsLongAsThereAreSome() {
        lab.router(SERVER, read(SERVER_CONFIG));
        final Lab.Router first = start(2, "network-plus");
        lab.run(5 * Lab.SECOND);
        final Lab.Router second = start(3, "network-plus");
        lab.run(5 * Lab.SECOND);
        final Lab.Router third = start(4, "network-plus");
        lab.run(5 * Lab.SECOND);
        assertThat(addresses(first)).singleElement().asString().contains("172.20.0.1");
        assertThat(addresses(second)).singleElement().asString().contains("172.20.0.2");
        assertThat(addresses(third)).as("the pool is used up").isEmpty();
        assertThat(third.plane.ipsec().pairs()).as("its network is carried").hasSize(1);
        first.plane.clearSession(path -> true);
        lab.run(5 * Lab.SECOND);
        assertThat(addresses(first)).as("the same again").singleElement().asString().contains("172.20.0.1");
    }

    @Test
    void shouldHandOutTheAddressOfAClientThatIsGone() {
        lab.router(SERVER, read(SERVER_CONFIG));
        final Lab.Router first = start(2, "network-plus");
        final Lab.Router second = start(3, "network-plus");
        lab.run(5 * Lab.SECOND);
        first.plane.configure(client(2, "network-extension", "nobody password none"));
        first.plane.clearSession(path -> true);
        lab.run(5 * Lab.SECOND);
        final Lab.Router third = start(4, "network-plus");
        lab.run(5 * Lab.SECOND);
        assertThat(addresses(first)).isEmpty();
        assertThat(addresses(third)).hasSize(1);
        assertThat(addresses(third)).isNotEqualTo(addresses(second));
    }

    @Test
    void shouldAskForNoneInNetworkExtensionModeAndGiveNoneWithoutALine() {
        lab.router(SERVER, read(SERVER_CONFIG.replace("crypto map VPN client configuration address respond\n", "")));
        final Lab.Router plus = start(2, "network-plus");
        lab.run(5 * Lab.SECOND);
        assertThat(addresses(plus)).isEmpty();
        assertThat(plus.plane.ipsec().pairs()).hasSize(1);
        final Lab other = new Lab(5, List.of((config, engine, transport, timers, log, random) ->
            new Ikev1Service(config, engine, transport, timers, log, random, IkeKeyLog.NONE, Ikev1Settings.DEFAULT)));
        other.router(SERVER, read(SERVER_CONFIG));
        final Lab.Router extension = other.router("10.0.0.2", client(2, "network-extension", "alice password wonder"));
        other.run(5 * Lab.SECOND);
        assertThat(addresses(extension)).isEmpty();
        assertThat(extension.plane.ipsec().pairs()).hasSize(1);
    }

    @Test
    void shouldKnowEveryUserAndNoOther() {
        lab.router(SERVER, read(SERVER_CONFIG));
        final Lab.Router bob = lab.router("10.0.0.2", client(2, "network-extension", "bob password builder"));
        final Lab.Router eve = lab.router("10.0.0.3", client(3, "network-extension", "bob password wonder"));
        lab.run(5 * Lab.SECOND);
        assertThat(bob.plane.ipsec().pairs()).hasSize(1);
        assertThat(eve.plane.ipsec().pairs()).isEmpty();
    }

    @Test
    void shouldLookUpGroupsOnlyWithAnAuthorizationList() {
        lab.router(SERVER, read(SERVER_CONFIG.replace("crypto map VPN isakmp authorization list GROUPS\n", "")));
        final Lab.Router client = start(2, "network-extension");
        lab.run(5 * Lab.SECOND);
        assertThat(client.plane.ipsec().pairs()).isEmpty();
    }

    /** A peer with a static entry beside the EzVPN clients: it names no user, so it comes in only if its key says that it need not. */
    @Test
    void shouldLetAPeerWithNoXauthInAndNoOther() {
        final String lines = """
            crypto isakmp key secret address 10.0.0.9 no-xauth
            access-list 101 permit ip 192.168.1.0 0.0.0.255 192.168.9.0 0.0.0.255
            crypto map VPN 5 ipsec-isakmp
             set peer 10.0.0.9
             set transform-set TS
             match address 101
            """;
        for (final boolean exempt : new boolean[] {true, false}) {
            final Lab own = new Lab(6, List.of((config, engine, transport, timers, log, random) ->
                new Ikev1Service(config, engine, transport, timers, log, random, IkeKeyLog.NONE, Ikev1Settings.DEFAULT)));
            own.router(SERVER, read(SERVER_CONFIG + (exempt ? lines : lines.replace(" no-xauth", ""))));
            final Lab.Router peer = own.router("10.0.0.9", TestConfig.at("10.0.0.9").networks("192.168.9.0/24", "192.168.1.0/24")
                .staticMap(SERVER).build());
            peer.stream(peer.flow(), Lab.SECOND, 10 * Lab.SECOND);
            own.run(20 * Lab.SECOND);
            assertThat(peer.plane.ipsec().pairs()).as("no-xauth: %s", exempt).hasSize(exempt ? 1 : 0);
        }
    }

    @Test
    void shouldNeitherBeginNorAnswerAggressiveModeWhenItIsDisabled() {
        for (final boolean atServer : new boolean[] {true, false}) {
            final Lab own = new Lab(7, List.of((config, engine, transport, timers, log, random) ->
                new Ikev1Service(config, engine, transport, timers, log, random, IkeKeyLog.NONE, Ikev1Settings.DEFAULT)));
            final String off = "crypto isakmp aggressive-mode disable\n";
            final Lab.Router server = own.router(SERVER, read(atServer ? SERVER_CONFIG + off : SERVER_CONFIG));
            final RouterConfig plain = client(2, "network-extension", "alice password wonder");
            final Lab.Router client = own.router("10.0.0.2", atServer ? plain
                : read(RunningConfig.text(plain, RunningConfig.Keys.SHOWN).replaceAll("(?m)^end$", "") + off));
            own.run(5 * Lab.SECOND);
            assertThat(client.plane.ipsec().pairs()).isEmpty();
            assertThat(server.log.debugs.stream().anyMatch(line -> line.endsWith("Aggressive Mode from 10.0.0.2 is disabled")))
                .isEqualTo(atServer);
            assertThat(client.log.debugs.stream().anyMatch(line -> line.contains("sending packet to " + SERVER))).isEqualTo(atServer);
        }
    }

    @Test
    void shouldHoldNoMoreIkeSasThanAdmitted() {
        lab.router(SERVER, read(SERVER_CONFIG + "crypto call admission limit ike sa 1\n"));
        final Lab.Router first = start(2, "network-extension");
        lab.run(5 * Lab.SECOND);
        final Lab.Router second = start(3, "network-extension");
        lab.run(5 * Lab.SECOND);
        assertThat(first.plane.ipsec().pairs()).hasSize(1);
        assertThat(second.plane.ipsec().pairs()).isEmpty();
    }
}
