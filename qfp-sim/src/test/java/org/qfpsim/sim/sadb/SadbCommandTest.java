package org.qfpsim.sim.sadb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.sadb.SaDatabase;
import org.qfpsim.controlplane.sadb.SaRecord;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.sim.Main;

/** What {@code sadb} shows of a router, and what it does not. */
class SadbCommandTest {
    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final SaRecord SA = new SaRecord(SaRecord.Direction.INBOUND,
        IkePath.between(IpAddress.parse("20.1.1.2"), IpAddress.parse("10.1.1.1")), false, 0xB761863E, 0x0A0B0C0D, EspSuite.AES_GCM_128_16,
        SaSpec.Mode.TUNNEL, false, 64, new EspKeys(java.util.HexFormat.of().parseHex(KEY), new byte[] {1, 2, 3, 4}, new byte[0]),
        TrafficSelector.between(IpPrefix.parse("172.16.0.0/16"), IpPrefix.parse("172.17.0.0/16")),
        new SaRecord.Life(3600, 0, 0, 3_570_000_000_000L, 3_600_000_000_000L), IkeIdentity.of(IpAddress.parse("10.1.1.1")),
        new SaRecord.Origin(1, true, null), "VPN 10", new SaRecord.Status(SaRecord.State.DELETED, 5_000_000_000L, "DELETE from the peer"),
        9, 1);

    @TempDir
    private Path parent;

    private record Output(int code, String out, String err) {
    }

    private static Output run(final Object... arguments) {
        final String[] command = new String[arguments.length];
        for (int i = 0; i < command.length; i++) {
            command[i] = arguments[i].toString();
        }
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int code = Main.run(new PrintWriter(out), new PrintWriter(err, true), command);
        return new Output(code, out.toString(), err.toString());
    }

    @Test
    void shouldShowARunningRouter() throws IOException {
        final Path directory = parent.resolve("state");
        try (SaDatabase database = SaDatabase.open(directory, 10)) {
            database.put(SA);
            final Output table = run("sadb", directory);
            assertThat(table.code()).as(table.err()).isEqualTo(Main.OK);
            assertThat(table.out().lines().map(line -> line.strip().replaceAll(" +", " "))).containsExactly(
                "router is running (process " + ProcessHandle.current().pid() + "), SAs: 1", "",
                "Local Dir Our SPI Peer SPI Peer State By Policy Suite",
                "20.1.1.2 in 0xB761863E 0x0A0B0C0D 10.1.1.1 deleted ikev1 I VPN 10 AES-GCM-128 with 16-octet ICV",
                "tunnel 172.16.0.0/16 to 172.17.0.0/16; since 1970-01-01T00:00:00Z until 1970-01-01T01:00:00Z; DELETE from the peer");
            assertThat(run("sadb", "--keys", directory).out()).contains("key " + KEY + " salt 01020304 authkey -");
            final String text = run("sadb", "--json", directory).out();
            assertThat(text).doesNotContain(KEY);
            final JsonNode json = new ObjectMapper().readTree(text);
            assertThat(json.get("router").asText()).isEqualTo("running");
            assertThat(json.at("/sas/0/our_spi").asText()).isEqualTo("0xB761863E");
            assertThat(json.at("/sas/0/identity").asText()).isEqualTo("10.1.1.1");
            assertThat(new ObjectMapper().readTree(run("sadb", "--json", "--keys", directory).out()).at("/sas/0/key").asText()).isEqualTo(KEY);
        }
        assertThat(run("sadb", directory).out()).startsWith("router is stopped, SAs: 1");
    }

    @Test
    void shouldRefuseWhatIsNoStateDirectory() {
        assertThat(run("sadb", parent.resolve("none"))).isEqualTo(new Output(Main.BAD_INPUT, "", "qfp: " + parent.resolve("none")
            + ": no such directory; name the state directory of a router" + System.lineSeparator()));
    }
}
