package org.qfpsim.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that are not accepted, in the platform's words. */
class RefusalTest {
    /** In what follows, the marker's column is where the second column of the table stands in the line. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // mode                               | line                                              | from here on it is wrong
        "hostname x                           | frobnicate                                        | frobnicate",
        "hostname x                           | hostname 1x                                       | 1x",
        "hostname x                           | ip adress 10.0.0.1 255.0.0.0                      | dress",
        "hostname x                           | service timestamps log uptime                     | uptime",
        "hostname x                           | service timestamps log datetime msec msec         | msec",
        "hostname x                           | interface Foo0                                    | Foo0",
        "hostname x                           | interface T0                                      | T0",
        "hostname x                           | interface Tunnel0/0                               | Tunnel0/0",
        "hostname x                           | crypto isakmp policy 0                            | 0",
        "hostname x                           | crypto isakmp policy 10001                        | 10001",
        "hostname x                           | crypto isakmp keepalive 9                         | 9",
        "hostname x                           | crypto ipsec transform-set T esp-3des             | 3des",
        "hostname x                           | crypto ipsec transform-set T esp-chacha20-poly1305 | chacha20-poly1305",
        "hostname x                           | crypto ipsec transform-set T esp-gcm esp-sha-hmac | esp-sha-hmac",
        "hostname x                           | crypto map M 70000 ipsec-isakmp                   | 70000",
        "hostname x                           | ip route 10.0.0.0 255.0.0.0 10.0.0                | 10.0.0",
        "hostname x                           | ip route 10.0.0.0 255.0.0.256 10.0.0.1            | 255.0.0.256",
        "hostname x                           | access-list 99 permit ip any any                  | 99",
        "hostname x                           | access-list 101 permit ip any eq 5 any            | eq 5 any",
        "hostname x                           | access-list 101 permit udp any range 9 8 any      | 8 any",
        "hostname x                           | platform punt-policer 1 100                       | 1 100",
        "hostname x                           | qfp-sim magic                                     | magic",
        "hostname x                           | qfp-sim bug CSCxx00000                            | xx00000",
        "hostname x                           | qfp-sim release 5.1                               | 5.1",
        "hostname x                           | no ip mtu                                         | mtu",
        "hostname x                           | no qfp-sim magic                                  | magic",
        "hostname x                           | event manager environment x y                     | environment x y",
        "hostname x                           | aaa authentication login L local                  | L local",
        "interface GigabitEthernet0/0/0       | negotiation auto                                  | egotiation auto",
        "interface GigabitEthernet0/0/0       | mtu 63                                            | 63",
        "interface GigabitEthernet0/0/0       | tunnel source 10.0.0.1                            | tunnel source 10.0.0.1",
        "interface Loopback0                  | ip nhrp network-id 1                              | nhrp network-id 1",
        "interface Tunnel0                    | tunnel mode gre ipv6                              | v6",
        "interface Tunnel0                    | tunnel key 4294967296                             | 4294967296",
        "interface Tunnel0                    | tunnel protection ipsec profile P shared          | shared",
        "crypto isakmp policy 10              | encr 3des                                         | 3des",
        "crypto isakmp policy 10              | hash md5                                          | md5",
        "crypto isakmp policy 10              | group 1                                           |",
        "crypto isakmp policy 10              | authentication rsa-sig                            | rsa-sig",
        "crypto ikev2 proposal P              | encryption des                                    | des",
        "crypto map M 10 ipsec-isakmp         | set pfs group1                                    |",
        "crypto map M 10 ipsec-manual         | set session-key inbound esp 255                   | 255",
        "crypto map M 10 ipsec-manual         | set session-key inbound ah 256                    | ah 256",
        "ip access-list extended A            | permit ip host 10.0.0.1                           |",
        "event manager applet A               | event syslog pattern \"x\" occurs 33              | 33",
        "event manager applet A               | action 1 mail server x                            | mail server x",
        "event manager applet A               | action 1 cli command \"x                          | \"x",
    })
    void shouldMarkTheFirstWrongCharacter(final String mode, final String line, final String wrong) {
        final ConfigSession session = new ConfigSession();
        assertThat(session.type(mode).accepted()).isTrue();
        final var before = session.config();
        final String prompt = session.prompt();
        final ConfigSession.Reply reply = session.type(line);
        assertThat(reply.accepted()).isFalse();
        if (wrong == null) {
            assertThat(reply.text()).startsWith("% ");
        } else {
            assertThat(reply.text()).isEqualTo(line + "\n" + " ".repeat(line.lastIndexOf(wrong)) + "^\n"
                + "% Invalid input detected at '^' marker.\n\n");
        }
        assertThat(session.config()).isEqualTo(before);
        assertThat(session.prompt()).isEqualTo(prompt);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hostname x                     | hostname                                      | % Incomplete command.",
        "hostname x                     | crypto map M 10                               | % Incomplete command.",
        "hostname x                     | no crypto ipsec                               | % Incomplete command.",
        "hostname x                     | e                                             | % Ambiguous command:  \"e\"",
        "hostname x                     | i route 10.0.0.0 255.0.0.0 Null0              | % Ambiguous command:  \"i route 10.0.0.0 255.0.0.0 Null0\"",
        "hostname x                     | ip route 10.0.0.1 255.0.0.0 Null0             | % Inconsistent address and mask",
        "hostname x                     | ip local pool P 10.0.0.9 10.0.0.1             | % Bad IP range, 10.0.0.9-10.0.0.1",
        "interface Loopback0            | ip address 10.0.0.1 255.0.255.0               | % Bad mask 255.0.255.0 for address 10.0.0.1",
        "interface Loopback0            | ip address 10.0.0.1 255.0.0.0 secondary       | % Cannot add a secondary address before the primary one",
        "crypto map M 10 ipsec-isakmp   | crypto map M 10 ipsec-manual                  | % Attempt to change the type of entry 10 of crypto map M is not allowed",
        "access-list 101 permit ip any any | access-list 101 permit ip 10.0.0.0 0.255.0.255 any | % Wildcard mask 0.255.0.255 is not supported: its set bits must all be at its end",
    })
    void shouldSayWhatElseIsWrong(final String mode, final String line, final String text) {
        final ConfigSession session = new ConfigSession();
        assertThat(session.type(mode).accepted()).isTrue();
        final var before = session.config();
        final ConfigSession.Reply reply = session.type(line);
        assertThat(reply.accepted()).isFalse();
        assertThat(reply.text().stripTrailing()).isEqualTo(text);
        assertThat(session.config()).isEqualTo(before);
    }

    @Test
    void shouldNameFileLineValueAndFix() {
        final ConfigFile file = ConfigFile.read("r1.cfg", "hostname R1\n!\ninterface Loopback0\n  ip adress 10.0.0.1 255.0.0.0\nfoo\n");
        assertThat(file.refused()).extracting(ConfigFile.Problem::line).containsExactly(4, 5);
        assertThat(file.refused().getFirst().message()).isEqualTo("r1.cfg:4: invalid input at \"ress 10.0.0.1 255.0.0.0\": "
            + "correct or remove it, \"?\" in its place on a console lists what is known");
        assertThat(file.refused().getFirst().display()).isEqualTo("  ip adress 10.0.0.1 255.0.0.0\n       ^\n"
            + "% Invalid input detected at '^' marker.\n\n");
        assertThat(file.config().hostname()).isEqualTo("R1");
    }

    @Test
    void shouldNeverShowAKeyInARefusal() {
        final ConfigFile file = ConfigFile.read("r1.cfg", """
            crypto isakmp key hunter2 addres
            crypto isakmp key 6 hunter2 address 10.0.0.1
            username a password 7 hunter2 x
            crypto ikev2 keyring K
             peer P
              pre-shared-key local hunter2 hunter2
            interface Tunnel0
             ip nhrp authentication hunter2hunter2
            crypto ikev2 profile P
             authentication local pre-share key hunter2 x
            """);
        assertThat(file.refused()).hasSize(6);
        assertThat(file.refused().toString()).doesNotContain("hunter").contains("crypto isakmp key ******* ******",
            "ip nhrp authentication **************", "authentication local pre-share key ******* *");
    }

    @Test
    void shouldBoundFilesAndLines() {
        assertThat(new ConfigSession().type("hostname " + "x".repeat(250)).text()).contains("259 characters is too long: at most 254");
        assertThat(ConfigFile.read("x", "hostname " + "x".repeat(1000)).refused().getFirst().message()).contains("at most 1000");
        assertThat(ConfigFile.read("x", "!\n".repeat(100_000) + "hostname y").refused().getFirst().message()).contains("more than 100000 lines");
        assertThat(ConfigFile.read("x", "!".repeat(ConfigFile.MAX_CHARACTERS + 1)).refused().getFirst().message()).contains("split it up");
        assertThat(ConfigFile.read("x", "foo\n".repeat(500)).refused()).hasSize(ConfigFile.MAX_PROBLEMS);
        assertThat(ConfigFile.read("x", "end\nhostname y\n").refused().getFirst().message()).contains("move \"end\" down");
    }
}
