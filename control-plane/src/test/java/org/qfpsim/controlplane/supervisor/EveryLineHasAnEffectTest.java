package org.qfpsim.controlplane.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.config.model.RouterConfig;

/**
 * The rule of the house: a line that is accepted has an effect. Each line of the samples is taken out of its file in turn, which must
 * change what the router does ({@link Workings}); lines that no sample has are added to one.
 */
class EveryLineHasAnEffectTest {
    /**
     * Lines that are for people, or whose effect shows elsewhere: pools in EzvpnAddressTest; the host name in ConfigurationEffectsTest; the
     * time between registrations in NhrpRegistrationTest; what is in a sample twice, or wants a peer that comes, in the further lines below.
     */
    static final String ELSEWHERE =
        " *description .*|end|Building configuration.*|Current configuration.*|hostname .*|ip local pool .*| pool .*"
            + "|.*client configuration address respond|.*client authentication list .*|.*isakmp authorization list .*"
            + "| *match identity (remote|group|host domain) .*| *address 10.0.0.0 255.0.0.0| *initiate mode aggressive| ip nhrp (holdtime|authentication|network-id|registration timeout) .*";

    static final List<String> SAMPLES = List.of("static-map-ikev1", "static-map-ikev2", "dynamic-map", "gre-p2p", "mgre-hub-dynamic",
        "mgre-static", "svti", "ezvpn-client", "ezvpn-server", "manual", "operations");

    static RouterConfig read(final String text) {
        final ConfigFile file = ConfigFile.read("test.cfg", text);
        assertThat(file.refused()).extracting(ConfigFile.Problem::message).isEmpty();
        return file.config();
    }

    static String sample(final String name) {
        try (InputStream in = Objects.requireNonNull(ConfigFile.class.getResourceAsStream(name + ".cfg"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void shouldMissEveryLineOfASample(final String name) {
        final List<String> lines = sample(name).lines().toList();
        final RouterConfig whole = read(sample(name));
        final List<String> workings = Workings.of(whole);
        final List<String> idle = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            final List<String> rest = new ArrayList<>(lines);
            final String line = rest.remove(i);
            final boolean opens = i + 1 < lines.size() && lines.get(i + 1).startsWith(" ") && !line.startsWith(" ");
            if (!opens && !line.isBlank() && !line.startsWith("!") && !line.matches(ELSEWHERE)) {
                final RouterConfig without = ConfigFile.read("test.cfg", String.join("\n", rest)).config();
                if (!without.equals(whole) && Workings.of(without).equals(workings)) {
                    idle.add(line);
                }
            }
        }
        assertThat(idle).as("lines that change nothing but the configuration").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "static-map-ikev1 | crypto isakmp policy 10               | lifetime 600",
        "static-map-ikev1 | crypto isakmp policy 10               | hash sha512",
        "static-map-ikev1 |                                       | crypto isakmp identity hostname",
        "static-map-ikev1 |                                       | crypto isakmp nat keepalive 20",
        "static-map-ikev1 |                                       | crypto isakmp key other hostname six.example.com",
        "static-map-ikev1 |                                       | crypto ipsec security-association lifetime kilobytes 4000",
        "static-map-ikev1 |                                       | crypto ipsec security-association replay window-size 512",
        "static-map-ikev1 |                                       | crypto ipsec df-bit clear",
        "static-map-ikev1 |                                       | crypto ipsec fragmentation after-encryption",
        "static-map-ikev1 | interface GigabitEthernet0/0/1        | shutdown",
        "static-map-ikev1 | interface GigabitEthernet0/0/1        | ipv6 address 2001:db8::1/64",
        "static-map-ikev1 |                                       | crypto call admission limit ike sa 3",
        "static-map-ikev1 |                                       | crypto call admission limit ike in-negotiation-sa 30",
        "static-map-ikev1 |                                       | crypto isakmp aggressive-mode disable",
        "static-map-ikev1 |                                       | clock timezone X -3 30",
        "static-map-ikev1 |                                       | no logging console",
        "static-map-ikev1 |                                       | no logging buffered",
        "static-map-ikev1 |                                       | no service timestamps log",
        "static-map-ikev1 |                                       | logging rate-limit 10",
        "static-map-ikev1 |                                       | logging trap errors",
        "static-map-ikev1 |                                       | platform punt-policer 7 10",
        "static-map-ikev1 |                                       | platform punt-policer 26 10",
        "static-map-ikev1 |                                       | platform punt-policer 55 10 high",
        "static-map-ikev1 |                                       | platform qfp drops threshold per-cause 94 34",
        "static-map-ikev1 |                                       | platform qfp drops threshold total 69",
        "static-map-ikev1 |                                       | ipv6 route 2001:db8:9::/48 Null0",
        "static-map-ikev1 |                                       | qfp-sim platform esp5",
        "static-map-ikev2 | crypto ikev2 profile PROF             | dpd 10 2 periodic",
        "static-map-ikev2 | crypto ikev2 profile PROF             | identity local fqdn r1.example.com",
        "static-map-ikev2 |                                       | crypto ikev2 fragmentation mtu 1000",
        "static-map-ikev2 | crypto ikev2 profile PROF             | match identity remote fqdn domain example.com",
        "static-map-ikev2 | crypto ikev2 profile PROF             | match identity remote email domain example.com",
        "static-map-ikev2 | crypto ikev2 profile PROF             | match identity remote address 2001:DB8:1::1/128",
        "static-map-ikev2 | crypto ikev2 keyring K; peer B; pre-shared-key other | address 10.0.0.0 255.0.0.0",
        "svti             |                                       | crypto ikev2 dpd 40 5 on-demand",
        "static-map-ikev1 | crypto isakmp identity hostname       | ip domain name example.com",
        "static-map-ikev1 | crypto isakmp profile P; match identity address 10.1.1.1 255.255.255.255 | initiate mode aggressive",
        "static-map-ikev1 | crypto isakmp profile P; match identity address 10.1.1.1 255.255.255.255 | keepalive 20 retry 5",
        "static-map-ikev1 | crypto isakmp profile P; match identity address 10.1.1.1 255.255.255.255 | self-identity user-fqdn a@b",
        "static-map-ikev1 | aaa new-model; aaa authentication login L local | crypto map VPN client authentication list L",
        "static-map-ikev1 | aaa new-model; aaa authentication login L local; crypto isakmp profile P; match identity group SALES | client authentication list L",
        "static-map-ikev1 | aaa new-model; aaa authorization network L local; crypto isakmp client configuration group SALES; key k | crypto map VPN isakmp authorization list L",
        "static-map-ikev1 | aaa new-model; aaa authorization network L local; crypto isakmp client configuration group SALES; key k; crypto isakmp profile P; match identity group X | isakmp authorization list L",
        "static-map-ikev1 | aaa new-model; aaa authentication login L local; crypto isakmp profile P; client authentication list L | match identity group SALES",
        "static-map-ikev1 | crypto keyring A; pre-shared-key address 10.9.9.9 key a; crypto keyring B; pre-shared-key hostname six.example.com key b; crypto isakmp profile P; keyring A | match identity host domain example.com",
        "mgre-static      | interface Tunnel0                     | no ip nhrp network-id",
        "mgre-static      | interface Tunnel0                     | ip nhrp authentication cisco123",
        "mgre-static      | interface Tunnel0                     | ip nhrp holdtime 300",
        "mgre-static      | interface Tunnel0                     | tunnel key 7",
        "gre-p2p          | interface Tunnel0                     | crypto ipsec df-bit set",
        "ezvpn-client     | crypto ipsec client ezvpn EZ          | connect manual",
        "ezvpn-server     |                                       | username carol password wonder",
    })
    void shouldDoSomethingElseWithAFurtherLine(final String name, final String mode, final String line) {
        final String text = sample(name).replaceAll("(?m)^end$", "");
        final RouterConfig more = read(text + (mode == null ? "" : "\n" + mode.replace("; ", "\n")) + "\n" + line + "\n");
        final RouterConfig less = read(text + (mode == null ? "" : "\n" + mode.replace("; ", "\n")) + "\n");
        assertThat(Workings.of(more)).isNotEqualTo(Workings.of(less));
    }

    /** Two profiles, of which the peer alone would not say which is meant. */
    @ParameterizedTest
    @CsvSource({"isakmp", "ikev2"})
    void shouldTakeTheProfileThatIsNamedForThePeer(final String version) {
        final String profiles = "isakmp".equals(version) ? """
            crypto keyring ONE
              pre-shared-key address 10.1.1.1 key one
            crypto keyring TWO
              pre-shared-key address 10.1.1.1 key two
            crypto isakmp profile A
               keyring ONE
               match identity host a.example.com
            crypto isakmp profile B
               keyring TWO
               match identity host b.example.com
            """ : """
            crypto ikev2 profile A
             match identity remote fqdn a.example.com
             authentication remote pre-share key one
             authentication local pre-share key one
            crypto ikev2 profile B
             match identity remote fqdn b.example.com
             authentication remote pre-share key two
             authentication local pre-share key two
            """;
        final String map = profiles + """
            crypto ipsec transform-set TS esp-gcm
            access-list 101 permit ip any any
            crypto map VPN 10 ipsec-isakmp
             set peer 10.1.1.1
             set transform-set TS
             match address 101
             set VERSION-profile NAME
            interface GigabitEthernet0/0/0
             ip address 20.1.1.2 255.255.255.0
             crypto map VPN
            """.replace("VERSION", version);
        assertThat(Workings.of(read(map.replace("NAME", "A")))).isNotEqualTo(Workings.of(read(map.replace("NAME", "B"))));
    }

    /** What has no effect here is not accepted, with the platform's marker. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "interface Tunnel0                          | ip nhrp map multicast dynamic",
        "interface Tunnel0                          | ip nhrp map multicast 10.1.1.1",
        "interface Tunnel0                          | ip nhrp nhs 172.16.0.1 nbma 10.1.1.1 multicast",
        "crypto ipsec client ezvpn EZ               | mode client",
        "crypto isakmp client configuration group G | dns 10.0.0.1",
        "crypto isakmp client configuration group G | domain example.com",
        "crypto isakmp client configuration group G | netmask 255.255.255.0",
        "crypto isakmp client configuration group G | acl 150",
        "crypto isakmp client configuration group G | save-password",
        "crypto keyring K                           | local-address 10.0.0.1",
        "crypto isakmp profile P                    | local-address 10.0.0.1",
        "crypto isakmp profile P                    | client configuration address initiate",
        "crypto ikev2 profile P                     | match address local 10.0.0.1",
        "crypto dynamic-map D 10                    | set peer 10.0.0.1",
        "crypto dynamic-map D 10                    | set isakmp-profile P",
        "crypto map M 10 ipsec-isakmp               | crypto map M isakmp-profile P",
        "crypto map M 10 ipsec-isakmp               | crypto map M client configuration address initiate",
    })
    void shouldRefuseWhatHasNoEffect(final String mode, final String line) {
        final ConfigFile file = ConfigFile.read("test.cfg", mode + "\n" + line + "\n");
        assertThat(file.refused()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.display()).contains("% Invalid input detected at '^' marker.");
        });
    }
}
