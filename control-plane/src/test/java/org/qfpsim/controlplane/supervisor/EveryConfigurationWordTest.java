package org.qfpsim.controlplane.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Every word of the configuration's grammar is in a line that {@link EveryLineHasAnEffectTest} or this test takes out, puts in or changes,
 * or is named here with the test that shows what it does: a new command without a test of its effect fails.
 */
class EveryConfigurationWordTest {
    private static final Pattern BRACES = Pattern.compile("\\{([^}]*)}");
    private static final String SEVERITIES = "{emergencies,alerts,critical,errors,warnings,notifications,informational,debugging}";

    private static final String KEYRINGS = "crypto keyring A; pre-shared-key address ipv6 2001:db8:1::1 key a;"
        + " pre-shared-key address 10.9.9.9 key a; pre-shared-key address 20.1.1.2 key a; crypto keyring B;"
        + " pre-shared-key address ipv6 2001:db8:1::1 key b; pre-shared-key address 10.9.9.9 key b;"
        + " pre-shared-key address 20.1.1.2 key b; crypto isakmp profile P; keyring B";
    private static final String PROFILE_1 = "static-map-ikev1 | " + KEYRINGS + " | ";
    private static final String KEYRING_2 = "static-map-ikev2 | crypto ikev2 profile PROF; match identity remote any;"
        + " crypto ikev2 keyring K; peer B; pre-shared-key other | ";

    /** Sample, lines in front, and a line that does something else with each of the values in braces. */
    private static final List<String> VALUES = List.of(
        "static-map-ikev1 | | access-list 150 {permit,deny} ip any any",
        "static-map-ikev1 | | access-list 150 deny {ahp,eigrp,esp,gre,icmp,ip,ospf,tcp,udp,77} any any",
        "static-map-ikev1 | | access-list 150 deny udp any {eq 5,gt 5,lt 5,range 5 9} any",
        "static-map-ikev1 | ip access-list extended E | {permit,deny} ip any {any,host 10.0.0.1,10.0.0.0 0.255.255.255}",
        "static-map-ikev1 | ip access-list extended E | {permit,deny} {ahp,eigrp,esp,gre,icmp,ip,ospf,tcp,udp,77} any any",
        "static-map-ikev1 | ip access-list extended E | {permit,deny} udp any any {eq 5,gt 5,lt 5,range 5 9}",
        "static-map-ikev1 | ip access-list extended E | 7 {permit,deny} ip any {any,host 10.0.0.1,10.0.0.0 0.255.255.255}",
        "static-map-ikev1 | ip access-list extended E | 7 {permit,deny} {ahp,eigrp,esp,gre,icmp,ip,ospf,tcp,udp,77} any any",
        "static-map-ikev1 | ip access-list extended E | 7 permit udp any any {eq 5,gt 5,lt 5,range 5 9}",
        "static-map-ikev2 | ipv6 access-list S | {permit,deny} ipv6 any {any,host 2001:db8::1,2001:db8::/32}",
        "static-map-ikev2 | ipv6 access-list S | {permit,deny} {ahp,eigrp,esp,gre,icmp,ipv6,ospf,tcp,udp,77} any any",
        "static-map-ikev2 | ipv6 access-list S | {permit,deny} udp any any {eq 5,gt 5,lt 5,range 5 9}",
        "static-map-ikev2 | ipv6 access-list S | sequence 7 {permit,deny} ipv6 any {any,host 2001:db8::1,2001:db8::/32}",
        "static-map-ikev2 | ipv6 access-list S | sequence 7 {permit,deny} {ahp,eigrp,esp,gre,icmp,ipv6,ospf,tcp,udp,77} any any",
        "static-map-ikev2 | ipv6 access-list S | sequence 7 permit udp any any {eq 5,gt 5,lt 5,range 5 9}",
        "static-map-ikev1 | crypto isakmp policy 10 | group {2,5,14,15,16,19,20,21}",
        "static-map-ikev1 | crypto isakmp policy 10 | hash {sha,sha256,sha384,sha512}",
        "static-map-ikev1 | crypto isakmp policy 10 | encryption aes {128,192,256}",
        "static-map-ikev1 | | crypto ipsec security-association replay window-size {64,128,256,512,1024}",
        "svti | | crypto ipsec security-association lifetime seconds {120,600}",
        "static-map-ikev1 | | crypto ipsec df-bit {clear,copy,set}",
        "static-map-ikev1 | interface GigabitEthernet0/0/0 | crypto ipsec df-bit {clear,copy,set}",
        "static-map-ikev1 | | crypto ipsec fragmentation {before-encryption,after-encryption}",
        "static-map-ikev1 | interface GigabitEthernet0/0/0 | crypto ipsec fragmentation {before-encryption,after-encryption}",
        "static-map-ikev1 | | crypto ipsec transform-set TS esp-aes {128,192,256} {esp-sha256-hmac,esp-sha384-hmac}",
        "static-map-ikev2 | | crypto ipsec transform-set TS {esp-gcm,qfp-sim-chacha20-poly1305}",
        "static-map-ikev1 | | crypto isakmp key {0 abc,def} address ipv6 2001:db8:1::1/128",
        "static-map-ikev1 | crypto keyring K | pre-shared-key address ipv6 2001:db8:1::1/128 key {0 abc,def}",
        "static-map-ikev1 | crypto map VPN 10 ipsec-isakmp | set pfs group{2,5,14,15,16,19,20,21}",
        "static-map-ikev1 | crypto map VPN 10 ipsec-isakmp | set security-association replay window-size {64,128,256,512,1024}",
        "static-map-ikev1 | crypto map VPN 10 ipsec-isakmp | set security-association lifetime kilobytes {disable,2560,9999}",
        "gre-p2p | crypto ipsec profile PROT | set pfs group{2,5,14,15,16,19,20,21}",
        "gre-p2p | crypto ipsec profile PROT | set security-association replay window-size {64,128,256,512,1024}",
        "gre-p2p | crypto ipsec profile PROT | set security-association lifetime seconds {120,600}",
        "static-map-ikev2 | crypto ikev2 proposal P | encryption {aes-cbc-128,aes-cbc-192,aes-cbc-256,aes-gcm-128,aes-gcm-256}",
        "static-map-ikev2 | crypto ikev2 proposal P | integrity {sha1,sha256,sha384,sha512}",
        "static-map-ikev2 | crypto ikev2 proposal P | prf {sha1,sha256,sha384,sha512}",
        "static-map-ikev2 | crypto ikev2 proposal P | group {2,5,14,15,16,19,20,21}",
        "static-map-ikev2 | crypto ikev2 profile PROF | identity local email {a@example.com,b@example.com}",
        "static-map-ikev2 | crypto ikev2 profile PROF | identity local address {2001:db8::1,10.9.9.9}",
        "static-map-ikev2 | crypto ikev2 profile PROF | authentication local pre-share key {0 abc,def}",
        "static-map-ikev1 | | logging trap " + SEVERITIES,
        "static-map-ikev1 | | logging {trap,console,buffered} {0,1}",
        "static-map-ikev1 | | logging buffered " + SEVERITIES,
        "static-map-ikev1 | | service timestamps {log,debug} datetime localtime",
        "static-map-ikev1 | | qfp-sim platform {esp5,esp10,esp20,esp40,esp100,esp200,asr1001,asr1001-x,asr1002-x,asr1001-hx,asr1002-hx,software}",
        "static-map-ikev1 | | qfp-sim bug {CSCsl68327,CSCsq59183,CSCtr14840,CSCty30063}",
        "static-map-ikev1 | | qfp-sim invalid-spi-log {global,per-flow}",
        "static-map-ikev1 | | qfp-sim syslog-format {rfc3164,rfc5424}",
        "operations | event manager applet HAND | action 2 syslog priority " + SEVERITIES + " msg \"x\"",
        "operations | event manager applet HAND | action 2 syslog priority {0,1} msg \"x\"",
        "operations | event manager applet HAND; action 2 while a eq b; action 4 end | action 3 {break,continue}",
        "ezvpn-client | crypto ipsec client ezvpn EZ | username alice password {0 abc,def}",
        "ezvpn-server | crypto isakmp client configuration group SALES | key {0 abc,def}",
        "static-map-ikev1 | crypto map VPN 10 ipsec-isakmp | set peer {2001:db8:1::1,10.1.1.9}",
        "static-map-ikev1 | | crypto isakmp key abc address ipv6 2001:db8:1::1",
        "static-map-ikev1 | crypto keyring K | pre-shared-key address ipv6 2001:db8:1::1 key abc",
        "static-map-ikev1 | crypto isakmp profile P; match identity address 10.1.1.1 255.255.255.255 | self-identity {address,fqdn}",
        PROFILE_1 + "match identity address ipv6 {2001:db8:1::1,2001:db9:1::1}",
        PROFILE_1 + "match identity address ipv6 {2001:db8:1::/48,2001:db9:1::/48}",
        PROFILE_1 + "match identity user {someone@example.com,other@example.com}",
        "gre-p2p | " + KEYRINGS + "; match identity host nobody.example.com; crypto ipsec profile PROT | set isakmp-profile P",
        "static-map-ikev2 | crypto ikev2 policy P | match address local {2001:db8::1,20.1.1.2}",
        "static-map-ikev2 | crypto ikev2 profile PROF | match identity remote {address 10.9.9.9,address 2001:db8:1::1,any,key-id site-7}",
        KEYRING_2 + "identity {address 10.9.9.9,email someone@example.com,fqdn six.example.com,key-id site-7}",
        KEYRING_2 + "identity address {2001:db8:1::1,2001:db9:1::1}",
        KEYRING_2 + "identity address {2001:db8:1::/48,2001:db9:1::/48}",
        KEYRING_2 + "address {2001:db8:1::1,2001:db9:1::1}",
        "operations | event manager applet HAND; action 3 end | action 2 if a {eq,ge,gt,le,lt,ne} b",
        "operations | event manager applet HAND; action 2 if a eq b; action 4 end | action 3 elseif a {eq,ge,gt,le,lt,ne} c",
        "operations | event manager applet NEW; action 1 puts \"a\" | event timer countdown time {5,6}");

    /** Words that the lines of these tests do not have, by mode and first word, each with the test that shows what they do. */
    private static final Map<String, String> SHOWN_BY = Map.ofEntries(
        Map.entry("\\(.*\\) description(: LINE)?", "RoundTripTest"),
        Map.entry("\\(config\\) banner(: .*)?", "TerminalTranscriptTest"),
        Map.entry("\\(config\\) enable(: .*)?", "TerminalTranscriptTest"),
        Map.entry("\\(config\\) line(: .*)?|\\(config-line\\) .*", "TerminalTranscriptTest"),
        Map.entry("\\(config\\) logging: monitor", "TerminalTranscriptTest"),
        Map.entry("\\(config-crypto-map\\) set: isakmp-profile", "EveryLineHasAnEffectTest"),
        Map.entry("\\(config\\) hostname(: WORD)?", "ConfigurationEffectsTest"),
        Map.entry("\\(config\\) ip: (local|pool)", "EzvpnAddressTest"),
        // It says what is so in any case; there is no other version to choose.
        Map.entry("\\(config\\) ip: (version|<2-2>)", "SshServiceTest"),
        Map.entry("\\(config\\) crypto: respond|\\(conf-isa-prof\\) client: .*|\\(config-isakmp-group\\) pool(: WORD)?", "EzvpnAddressTest"),
        Map.entry("\\(config-crypto-ezvpn\\) mode: network-plus", "EzvpnAddressTest"));

    private static List<String> parts(final String row) {
        return Arrays.stream(row.split("\\|", 3)).map(String::strip).toList();
    }

    private static List<String> expanded(final String line) {
        final Matcher braces = BRACES.matcher(line);
        return !braces.find() ? List.of(line) : Stream.of(braces.group(1).split(","))
            .flatMap(value -> expanded(line.substring(0, braces.start()) + value + line.substring(braces.end())).stream()).toList();
    }

    private static List<String> before(final List<String> parts) {
        final List<String> lines = new ArrayList<>(EveryLineHasAnEffectTest.sample(parts.get(0)).lines().filter(line -> !line.equals("end"))
            .toList());
        lines.addAll(List.of(parts.get(1).split("; ")));
        return lines;
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void shouldDoSomethingElseWithEachValue(final String row) {
        final List<String> parts = parts(row);
        final Set<List<String>> workings = new HashSet<>();
        final List<String> all = expanded(parts.get(2));
        if (all.size() == 1) {
            workings.add(Workings.of(EveryLineHasAnEffectTest.read(String.join("\n", before(parts)))));
        }
        for (final String line : all) {
            final String text = String.join("\n", before(parts)) + "\n" + line + "\n";
            assertThat(workings.add(Workings.of(EveryLineHasAnEffectTest.read(text)))).as(line).isTrue();
        }
    }

    @Test
    void shouldKnowEveryWordOfTheGrammar() throws Exception {
        final ConfigurationLeaves leaves = new ConfigurationLeaves();
        for (final String name : EveryLineHasAnEffectTest.SAMPLES) {
            final List<String> lines = EveryLineHasAnEffectTest.sample(name).lines().toList();
            leaves.type(lines, lines.stream().filter(line -> !line.matches(EveryLineHasAnEffectTest.ELSEWHERE)).toList());
        }
        final List<String> further = List.of(EveryLineHasAnEffectTest.class
            .getDeclaredMethod("shouldDoSomethingElseWithAFurtherLine", String.class, String.class, String.class)
            .getAnnotation(CsvSource.class).value());
        for (final String row : Stream.concat(further.stream(), VALUES.stream()).toList()) {
            final List<String> parts = parts(row);
            for (final String line : expanded(parts.get(2))) {
                final List<String> lines = before(parts);
                lines.add(line);
                leaves.type(lines, List.of(line));
            }
        }
        final Set<String> missing = new TreeSet<>(leaves.missing());
        SHOWN_BY.keySet().forEach(words -> missing.removeIf(each -> each.matches(words)));
        assertThat(leaves.size()).isGreaterThan(500);
        assertThat(missing).as("words of the grammar of which no test shows what they do").isEmpty();
    }

    @Test
    void shouldNameTestsThatAreThere() throws IOException {
        for (final String test : new TreeSet<>(SHOWN_BY.values())) {
            try (Stream<Path> files = Files.walk(Path.of(System.getProperty("qfp.root")), 12)) {
                assertThat(files.filter(file -> file.endsWith(test + ".java"))).as(test).isNotEmpty();
            }
        }
    }
}
