package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.ScenarioFolder;
import org.qfpsim.sim.scenario.ScenarioResult;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;

/** What strongSwan and the router put on the wire, decrypted and validated by tshark with the keys that the router exports. */
class StrongSwanWireTest {
    private static final String SCENARIO = """
        title: A wire to look at
        duration: 6s
        routers:
          r2: {}
        hosts:
          bob: {ipv4: 10.2.0.10/24, gateway: 10.2.0.1}
        outside:
          a: {strongswan: a.conf, addresses: [10.9.0.1/24, "lo:10.1.0.1/24"], gateway: 10.9.0.2}
        links:
          wan: {ports: [a, r2 Gi0/0/0], delay: 1us}
          branch: {ports: [r2 Gi0/0/1, bob], delay: 1us}
        timeline:
          - {at: 500ms, outside: a, command: initiate net}
          - {at: 3s, outside: a, command: ping 10.2.0.10 from 10.1.0.1 every 100ms}
          - {at: 4s, router: r2, command: qfp-sim rekey crypto-sa}
          - {at: 5500ms, router: r2, command: clear crypto session}
        expect:
          - {outside: a, counter: ping-replies, at: 5400ms, min: 3}
        """;

    @BeforeAll
    static void shouldHaveAPeerAndAnOracle() {
        assumeTrue(StrongSwan.missing().isEmpty(), () -> StrongSwan.missing().orElse(""));
        assumeTrue(Tool.find("tshark").isPresent(), "no tshark here: nothing was checked");
    }

    @ParameterizedTest
    @CsvSource({
        "1, esp-aes esp-sha-hmac, aes128-sha1, false",
        "1, esp-aes 256 esp-sha256-hmac, aes256-sha256, true",
        "1, esp-gcm 128, aes128gcm16, true",
        "2, esp-aes 256 esp-sha512-hmac, aes256-sha512, true",
        "2, esp-gcm 128, aes128gcm16, false",
        "2, esp-gcm 256, aes256gcm16, true"})
    void shouldBeDecryptedByAThird(final int version, final String transforms, final String proposal, final boolean pfs,
                                   @TempDir final Path folder) throws IOException {
        final Tunnel tunnel = Tunnel.of(version).suite(transforms, proposal, pfs);
        Files.writeString(folder.resolve("scenario.yaml"), SCENARIO, StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("r2.cfg"), tunnel.routerConfiguration(), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("a.conf"), tunnel.daemonConfiguration(), StandardCharsets.UTF_8);
        final KeyExport keys = new KeyExport();
        final Path capture = folder.resolve("wire.pcapng");
        final ScenarioResult result = new ScenarioRunner(new RouterFactory(keys), new ScenarioRunner.Settings(Mode.INVOKER,
            ScenarioRunner.Settings.BY_SCENARIO, capture.toString(), null)).run(ScenarioFolder.of(folder),
            new PrintWriter(Writer.nullWriter()), nanos -> { });
        assertThat(result.failure()).isEmpty();
        keys.write(Files.createDirectory(folder.resolve("wireshark")).toString());
        final List<String> esp = tshark(folder, capture, "esp", "frame.number");
        assertThat(esp).hasSizeGreaterThan(6);
        // Two pairs: that of the beginning, and that of the router's rekey.
        assertThat(new HashSet<>(tshark(folder, capture, "esp", "esp.spi"))).hasSize(4);
        // tshark has calculated every ICV itself and found it right, and seen the ping inside.
        assertThat(tshark(folder, capture, "esp.icv_good == 1", "frame.number")).isEqualTo(esp);
        assertThat(tshark(folder, capture, "esp && icmp && ip.addr == 10.1.0.1 && ip.addr == 10.2.0.10", "frame.number")).isEqualTo(esp);
        // Of what IKE has encrypted nothing stays dark: version 1 has a hash in each message, version 2 a payload that tshark has decrypted.
        final List<String> encrypted = tshark(folder, capture, "isakmp.flag_e == 1 || isakmp.typepayload == 46", "frame.number");
        assertThat(encrypted).hasSizeGreaterThan(4);
        assertThat(tshark(folder, capture, "isakmp.flag_e == 1 && isakmp.hash || isakmp.enc.decrypted", "frame.number"))
            .isEqualTo(encrypted);
        // Encrypted messages of either end whose payloads can be seen: the child's proposal, and DELETE.
        assertThat(tshark(folder, capture, "isakmp.prop.protoid == 3", "ip.src")).contains("10.9.0.1", "10.9.0.2");
        assertThat(tshark(folder, capture, "isakmp.typepayload == 12 || isakmp.typepayload == 42", "ip.src")).contains("10.9.0.2");
        assertThat(tshark(folder, capture, "_ws.malformed", "frame.number")).isEmpty();
    }

    private static List<String> tshark(final Path folder, final Path capture, final String filter, final String... fields) {
        final List<String> command = new ArrayList<>(List.of("env", "WIRESHARK_CONFIG_DIR=" + folder.resolve("wireshark"), "tshark", "-n",
            "-r", capture.toString(), "-o", "esp.enable_encryption_decode:TRUE", "-o", "esp.enable_authentication_check:TRUE", "-Y", filter,
            "-T", "fields"));
        List.of(fields).forEach(field -> command.addAll(List.of("-e", field)));
        return Tool.run(command).lines().toList();
    }
}
