package org.qfpsim.sim.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Mutations;
import org.qfpsim.sim.capture.EspFlow;

/** Whatever a table has in it: SAs, or one line that shows no key. */
class EspSaTableFuzzTest {
    private static final List<EspFlow> OBSERVED = List.of(
        new EspFlow(IpAddress.parse("10.1.1.1"), IpAddress.parse("20.1.1.2"), 0x2265c1f5),
        new EspFlow(IpAddress.parse("2001:db8::1"), IpAddress.parse("2001:db8::2"), 7));

    @FuzzTest(maxDuration = "1m")
    void fuzz(final byte[] file) {
        read(file);
    }

    @Test
    void shouldSurviveDamage() throws IOException {
        Mutations.each(Resources.octets("corpus/wireshark/esp_sa"), 14, Mutations.rounds(5_000), EspSaTableFuzzTest::read);
        final String wild = "# comment\n\"IPv6\",\"2001:db8::/32\",\"2001:db8::****\",\"0x000000**\",\"AES-CBC [RFC3602]\",\"text\\x20of 16 octet\","
            + "\"HMAC-SHA-1-96 [RFC2404]\",\"0x000102030405060708090a0b0c0d0e0f10111213\",\"64-bit\",\"1f\"\n"
            + "\"Any\",\"\",\"\",\"*\",\"NULL\",\"\",\"HMAC-SHA-1-96 [RFC2404]\",\"0x000102030405060708090a0b0c0d0e0f10111213\"\n"
            + "\"IPv4\",\"192.168.*.*\",\"*\",\"4660\",\"NULL\",\"0x\",\"HMAC-SHA-1-96 [RFC2404]\",\"20 octets of a key!!\"\n";
        EspSaTable.parse(wild.getBytes(StandardCharsets.ISO_8859_1), "x");
        Mutations.each(wild.getBytes(StandardCharsets.ISO_8859_1), 15, Mutations.rounds(20_000), EspSaTableFuzzTest::read);
    }

    private static void read(final byte[] file) {
        try {
            assertThat(EspSaTable.parse(file, "x").expand(OBSERVED).inbound()).allMatch(sa -> sa.replayWindow() == 64);
        } catch (final InputException e) {
            assertThat(e.getMessage()).startsWith("x:").doesNotContainPattern("[\\r\\n]").doesNotContainPattern("[0-9A-Fa-f]{16}");
        }
    }
}
