package org.qfpsim.sim.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.qfpsim.datapath.pipeline.OutboundOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.sim.InputException;

class DeviceFileTest {
    @Test
    void shouldReadTheCorpus() throws IOException {
        final DeviceConfig device = DeviceFile.parse(Resources.octets("corpus/keys.json"), "keys.json");

        assertThat(device.addresses()).extracting(IpAddress::toString).containsExactly("20.1.1.2", "2001:db8:b::2");
        assertThat(device.replayWindow()).isEqualTo(64);
        assertThat(device.inbound()).hasSize(16).allSatisfy(sa -> {
            assertThat(sa.initialSequence()).as("primed_to is not applied").isZero();
            assertThat(sa.selectors()).hasSize(1);
            assertThat(sa.lifetime()).isEqualTo(SaSpec.Lifetime.UNLIMITED);
        });
        assertThat(device.outbound()).isEmpty();
        assertThat(device.policies()).hasSize(13).allSatisfy(p -> {
            assertThat(p.action()).isEqualTo(PolicyRule.Action.PROTECT);
            assertThat(p.direction()).isEqualTo(PolicyRule.Direction.INBOUND);
        });
        assertThat(device.defaultPolicy()).isEqualTo(PolicyRule.Action.BYPASS);
        final SaSpec natt = device.inbound().get(7);
        assertThat(natt.name()).isEqualTo("n4_gcm256");
        assertThat(natt.spi()).isEqualTo(0x44c5c476);
        assertThat(natt.suite()).isEqualTo(EspSuite.AES_GCM_256_16);
        assertThat(natt.udpEncap()).isEqualTo(new SaSpec.UdpEncap(30007, 4500));
        assertThat(natt.selectors()).containsExactly(
            TrafficSelector.between(IpPrefix.parse("192.168.107.0/24"), IpPrefix.parse("192.168.2.0/24")));
        assertThat(device.inbound().get(4).mode()).isEqualTo(SaSpec.Mode.TRANSPORT);
        assertThat(device.inbound().get(9).esn()).isTrue();
        assertThat(device.inbound().get(9).suite()).isEqualTo(EspSuite.AES_CBC_128_SHA256_128);
    }

    @ParameterizedTest
    @CsvSource({"v1-aes128gcm16-natt,2,true", "v1-aes128sha1-modp1024-raw,2,false", "v1-aes256sha256-natt-rekey,4,true",
        "v2-aes128gcm16-raw-outer6-inner6,2,false", "v2-aes256gcm16-raw,2,false", "invspi/v1-restart-nodpd-598,2,true"})
    void shouldReadTheKeysOfACaptureAndAgreeWithItsTable(final String capture, final int expected, final boolean udp) throws IOException {
        final DeviceConfig device = DeviceFile.parse(Resources.octets("captures/" + capture + "/keys.json"), "keys.json");

        assertThat(device.inbound()).hasSize(expected).allMatch(sa -> (sa.udpEncap() != null) == udp);
        assertThat(device.addresses()).hasSize(2);
        assertThat(device.inbound()).extracting(SaSpec::name)
            .containsExactlyElementsOf(device.inbound().stream().map(sa -> "0x%08x@%s".formatted(sa.spi(), sa.destination())).toList());
        if (!capture.contains("invspi")) {
            final DeviceConfig table = EspSaTable.parse(Resources.octets("captures/" + capture + "/wireshark/esp_sa"), "t").expand(List.of());
            assertThat(table.addresses()).isEqualTo(device.addresses());
            assertThat(table.inbound()).extracting(DeviceFileTest::identity)
                .isEqualTo(device.inbound().stream().map(DeviceFileTest::identity).toList());
        }
    }

    private static String identity(final SaSpec sa) {
        final HexFormat hex = HexFormat.of();
        return sa.name() + " from " + sa.source() + " " + sa.suite() + " " + hex.formatHex(sa.keys().key())
            + " " + hex.formatHex(sa.keys().salt()) + " " + hex.formatHex(sa.keys().authKey());
    }

    @Test
    void shouldReadTheDocumentedExample(@TempDir final Path directory) throws IOException {
        final DeviceConfig device = DeviceFile.read(Files.write(directory.resolve("device.json"), Resources.documentedExample()));

        final SaSpec first = device.inbound().getFirst();
        assertThat(first.initialSequence()).isEqualTo(0xffffff00L);
        assertThat(first.replayWindow()).isEqualTo(512);
        assertThat(first.lifetime()).isEqualTo(new SaSpec.Lifetime(4_000_000, 4_608_000, 3_600_000_000_000L));
        final SaSpec second = device.inbound().get(1);
        assertThat(second.name()).isEqualTo("0x00001234@20.1.1.2");
        assertThat(second.replayWindow()).as("of the file").isEqualTo(64);
        assertThat(second.udpEncap()).isEqualTo(new SaSpec.UdpEncap(30001, 4500));
        assertThat(second.selectors()).isEmpty();
        assertThat(device.outbound()).extracting(SaSpec::name).containsExactly("branch-out");
        assertThat(device.policies()).extracting(PolicyRule::name).containsExactly("branch", "policy 2", "policy 3");
        assertThat(device.policies().get(1).direction()).isEqualTo(PolicyRule.Direction.OUTBOUND);
        assertThat(device.policies().get(1).saName()).isEqualTo("branch-out");
        assertThat(device.policies().get(2).selector()).isEqualTo(new TrafficSelector(IpPrefix.parse("0.0.0.0/0"),
            IpPrefix.parse("192.168.3.0/24"), 17, 0, 65535, 1024, 2047));
        assertThat(device.policies().get(2).action()).isEqualTo(PolicyRule.Action.DENY_DROP);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindEverySuite(final EspSuite suite) {
        final String json = """
            {"sas": [{"spi": "0xff", "src": "10.0.0.1", "dst": "10.0.0.2", "cipher": "%s", "key": "%s", "salt": "%s", "auth": "%s",
            "authkey": "%s", "icv_len": %d}]}""".formatted(suite.cipher().id(), "5a".repeat(suite.keyBytes()),
                "5b".repeat(suite.saltBytes()), suite.auth().id(), "5c".repeat(suite.authKeyBytes()), suite.icvBytes());

        final SaSpec sa = parse(json).inbound().getFirst();
        assertThat(sa.suite()).isEqualTo(suite);
        assertThat(HexFormat.of().formatHex(sa.keys().authKey())).isEqualTo("5c".repeat(suite.authKeyBytes()));
    }

    @Test
    void shouldTakeSeveralSelectorsAndTheAddressesOfOutboundSas() {
        final DeviceConfig device = parse("""
            {"outbound_sas": [{"name": "out", "spi": 256, "src": "10.0.0.1", "dst": "10.0.0.2", "cipher": "null", "auth": "hmac-sha1-96",
            "authkey": "000102030405060708090A0B0C0D0E0F10111213", "mode": "transport", "selectors": [
            {"src": "10.0.0.1", "dst": "10.0.0.2", "protocol": 6, "sport": 80, "dport": "any"},
            {"src": "10.0.0.1", "dst": "10.0.0.2", "protocol": "any"}]}], "default_policy": "drop",
            "policies": [{"direction": "out", "action": "protect", "src": "10.0.0.1", "dst": "10.0.0.2", "sa": "out"}]}""");

        assertThat(device.addresses()).containsExactly(IpAddress.parse("10.0.0.1"));
        assertThat(device.defaultPolicy()).isEqualTo(PolicyRule.Action.DENY_DROP);
        assertThat(device.outbound().getFirst().selectors()).extracting(TrafficSelector::protocol).containsExactly(6, -1);
        assertThat(device.outbound().getFirst().selectors().getFirst().sourcePortHigh()).isEqualTo(80);
    }

    @Test
    void shouldExplainAFileThatCannotBeRead(@TempDir final Path directory) {
        assertThatThrownBy(() -> DeviceFile.read(directory.resolve("no.json"))).isInstanceOf(InputException.class)
            .hasMessage(directory.resolve("no.json") + ": cannot be read: no such file or directory; check the path");
    }

    private static DeviceConfig parse(final String json) {
        return DeviceFile.parse(json.getBytes(StandardCharsets.UTF_8), "d.json");
    }

    @Test
    void shouldReadHowEncryptedPacketsLeave() {
        final DeviceConfig device = DeviceFile.parse("""
            {"device": {"ipv4": ["10.0.0.1"]}, "outbound": {"mtu": 1400, "df_bit": "clear", "fragmentation": "after"}}"""
            .getBytes(StandardCharsets.UTF_8), "x.json");
        assertThat(device.outboundOptions())
            .isEqualTo(new OutboundOptions(1400, OutboundOptions.DfBit.CLEAR, OutboundOptions.Fragmentation.AFTER_ENCRYPTION));
        assertThatThrownBy(() -> DeviceFile.parse("{\"device\": {\"ipv4\": [\"10.0.0.1\"]}, \"outbound\": {\"mtu\": 100}}"
            .getBytes(StandardCharsets.UTF_8), "x.json")).isInstanceOf(InputException.class)
            .hasMessageContaining("$.outbound.mtu").hasMessageContaining("576 to 9216");
    }
}
