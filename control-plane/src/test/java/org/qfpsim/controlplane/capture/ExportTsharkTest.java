package org.qfpsim.controlplane.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark reads what traces and captures export: packets, comments, interfaces. */
class ExportTsharkTest {
    private static final String PROGRAM = "tshark";

    @TempDir
    private Path flash;

    private static boolean isThere() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).anyMatch(folder -> new File(folder, PROGRAM).canExecute());
    }

    private List<String> tshark(final String file, final String... fields) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(PROGRAM, "-r", flash.resolve(file).toString(), "-T", "fields", "-E",
            "separator=|"));
        for (final String field : fields) {
            command.addAll(List.of("-e", field));
        }
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text.lines().toList();
    }

    @Test
    void shouldExportTracesThatWiresharkReads() throws Exception {
        assumeThat(isThere()).as("the program tshark is installed").isTrue();
        try (WatchedRouter router = new WatchedRouter(flash)) {
            router.type("debug platform condition interface gi0/0/0 ingress");
            router.type("debug platform packet-trace packet 16");
            router.type("debug platform packet-trace copy packet both size 2048");
            router.type("debug platform condition start");
            router.send("unknown-spi");
            router.send("ping");
            router.send("transit");
            assertThat(router.type("qfp-sim packet-trace export flash:t.pcapng")).isEqualTo("5 packets written to flash:t.pcapng\n");
        }
        assertThat(tshark("t.pcapng", "frame.comment", "frame.interface_name", "esp.spi", "ip.dst", "_ws.malformed")).containsExactly(
            "packet 0 in: DROP 56  (IpsecInput), IPsec drop type 4 IN_US_V4_PKT_SA_NOT_FOUND_SPI|GigabitEthernet0/0/0|0xb761863e|20.1.1.1|",
            "packet 1 in: PUNT 11  (For-us data)|GigabitEthernet0/0/0||20.1.1.1|",
            "packet 1 out: PUNT 11  (For-us data)|internal0/0/rp:0||20.1.1.1|",
            "packet 2 in: FWD|GigabitEthernet0/0/0||10.2.0.5|",
            "packet 2 out: FWD|GigabitEthernet0/0/1||10.2.0.5|");
    }

    @Test
    void shouldExportCapturesThatWiresharkReads() throws Exception {
        assumeThat(isThere()).as("the program tshark is installed").isTrue();
        try (WatchedRouter router = new WatchedRouter(flash)) {
            router.type("monitor capture C interface gi0/0/0 both");
            router.type("monitor capture C match any");
            router.type("monitor capture C start");
            router.send("unknown-spi");
            router.send("ping");
            router.type("monitor capture C stop");
            assertThat(router.type("monitor capture C export flash:c.pcap")).isEqualTo("3 packets written to flash:c.pcap\n");
        }
        assertThat(tshark("c.pcap", "frame.comment", "frame.time_epoch", "icmp.type", "_ws.malformed")).satisfiesExactly(
            esp -> assertThat(esp).startsWith("in|1346592120.0030000").endsWith("||"),
            echo -> assertThat(echo).startsWith("in|1346592120.0040000").endsWith("|8|"),
            reply -> assertThat(reply).startsWith("out|").endsWith("|0|"));
    }
}
