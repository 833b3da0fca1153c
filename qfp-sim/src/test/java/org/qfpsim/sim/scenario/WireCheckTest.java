package org.qfpsim.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** What tshark makes of our frames with the keys that we export. */
class WireCheckTest {
    private static final String PROGRAM = "tshark";
    private static final String IKEV1 = """
        crypto isakmp policy 10
         encr aes 256
         hash sha256
         authentication pre-share
         group 19
        crypto isakmp key not-a-real-secret address PEER
        crypto ipsec transform-set TS esp-aes 256 esp-sha256-hmac
         mode tunnel
        crypto map VPN 10 ipsec-isakmp
         set peer PEER
         set transform-set TS
         match address INTERESTING
        """;
    private static final String IKEV2 = """
        crypto ikev2 proposal P
         encryption aes-cbc-256
         integrity sha256
         group 19
        crypto ikev2 policy POL
         proposal P
        crypto ikev2 keyring K
         peer other
          address PEER
          pre-shared-key not-a-real-secret
        crypto ikev2 profile PROF
         match identity remote address PEER 255.255.255.255
         authentication remote pre-share
         authentication local pre-share
         keyring local K
        crypto ipsec transform-set TS esp-gcm 256
         mode tunnel
        crypto map VPN 10 ipsec-isakmp
         set peer PEER
         set transform-set TS
         set ikev2-profile PROF
         match address INTERESTING
        """;
    private static final String SCENARIO = """
        title: Two routers, one stream
        duration: 5s
        routers:
          r1: {}
          r2: {}
        hosts:
          alice: {ipv4: 192.168.1.10/24, gateway: 192.168.1.1}
          bob: {ipv4: 192.168.2.10/24, gateway: 192.168.2.1}
        links:
          office: {ports: [alice, r1 Gi0/0/1]}
          wan: {ports: [r1 Gi0/0/0, r2 Gi0/0/0], delay: 5ms}
          branch: {ports: [r2 Gi0/0/1, bob]}
        streams:
          voice: {from: alice, to: bob, rate: 10, size: 100, start: 1s}
        timeline:
          - {at: 4s, router: r1, command: clear crypto sa}
        expect:
          - {stream: voice, measure: received, min: 30}
        """;

    @TempDir
    private Path folder;

    private static String config(final String crypto, final int self) {
        final int other = 3 - self;
        return "hostname R" + self + "\n" + crypto.replace("PEER", "10.0.0." + other) + """
            interface GigabitEthernet0/0/0
             ip address 10.0.0.SELF 255.255.255.0
             crypto map VPN
             no shutdown
            interface GigabitEthernet0/0/1
             ip address 192.168.SELF.1 255.255.255.0
             no shutdown
            ip route 0.0.0.0 0.0.0.0 10.0.0.OTHER
            ip access-list extended INTERESTING
             permit ip 192.168.SELF.0 0.0.0.255 192.168.OTHER.0 0.0.0.255
            end
            """.replace("SELF", String.valueOf(self)).replace("OTHER", String.valueOf(other));
    }

    /** Runs it, and gives the fields of the packets that pass the display filter. */
    private List<String> dissect(final String crypto, final String filter, final String... fields) throws IOException, InterruptedException {
        final Path capture = folder.resolve("wire.pcapng");
        if (Files.notExists(capture)) {
            Files.writeString(folder.resolve("scenario.yaml"), SCENARIO);
            Files.writeString(folder.resolve("r1.cfg"), config(crypto, 1));
            Files.writeString(folder.resolve("r2.cfg"), config(crypto, 2));
            final KeyExport keys = new KeyExport();
            final ScenarioResult result = new ScenarioRunner(new RouterFactory(keys),
                new ScenarioRunner.Settings(Mode.INVOKER, () -> NetworkClock.VIRTUAL, capture.toString(), null))
                .run(ScenarioFolder.find(folder.toString()), new PrintWriter(Writer.nullWriter()), nanos -> { });
            assertThat(result.failure()).isEmpty();
            keys.write(Files.createDirectory(folder.resolve("wireshark")).toString());
            for (final String table : List.of("ikev1_decryption_table", "ikev2_decryption_table", "esp_sa")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("wireshark").resolve(table))))
                    .as(table).isEqualTo("rw-------");
            }
        }
        final List<String> command = new ArrayList<>(List.of(PROGRAM, "-n", "-r", capture.toString(), "-o",
            "esp.enable_encryption_decode:TRUE", "-o", "esp.enable_authentication_check:TRUE", "-Y", filter, "-T", "fields"));
        List.of(fields).forEach(field -> command.addAll(List.of("-e", field)));
        return tshark(command);
    }

    private List<String> tshark(final List<String> command) throws IOException, InterruptedException {
        final Path complaints = folder.resolve("tshark.err");
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaints.toFile());
        builder.environment().put("WIRESHARK_CONFIG_DIR", folder.resolve("wireshark").toString());
        final Process process;
        try {
            process = builder.start();
        } catch (final IOException e) {
            assumeTrue(false, "no tshark here: nothing was checked");
            throw e;
        }
        final List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(complaints)).isZero();
        return lines;
    }

    private void decodes(final String crypto, final String decrypted, final int encryptedMessages) throws IOException, InterruptedException {
        assertThat(dissect(crypto, "isakmp", "frame.number")).hasSizeGreaterThan(encryptedMessages);
        // Each encrypted message has a payload inside that only the right key shows.
        assertThat(dissect(crypto, decrypted, "frame.number")).hasSizeGreaterThanOrEqualTo(encryptedMessages);
        assertThat(dissect(crypto, "isakmp && _ws.malformed", "frame.number")).isEmpty();
        final List<String> esp = dissect(crypto, "esp", "frame.number");
        assertThat(esp).hasSizeGreaterThan(30);
        // tshark has calculated every ICV itself and found it right.
        assertThat(dissect(crypto, "esp.icv_good == 1", "frame.number")).isEqualTo(esp);
        assertThat(dissect(crypto, "esp.icv_bad == 1", "frame.number")).isEmpty();
        assertThat(dissect(crypto, "esp && udp && ip.src == 192.168.1.10 && ip.dst == 192.168.2.10", "frame.number")).isEqualTo(esp);
    }

    @Test
    void shouldShowIkev1AndEspToTshark() throws IOException, InterruptedException {
        // Main Mode 5 and 6 have an ID payload, Quick Mode 1 and 2 have two.
        decodes(IKEV1, "isakmp.flag_e == 1 && isakmp.id.type", 4);
    }

    @Test
    void shouldShowIkev2AndEspToTshark() throws IOException, InterruptedException {
        // IKE_AUTH has an AUTH payload in both directions.
        decodes(IKEV2, "isakmp.exchangetype == 35 && isakmp.auth.method", 2);
    }
}
