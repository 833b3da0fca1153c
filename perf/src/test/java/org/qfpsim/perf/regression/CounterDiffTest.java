package org.qfpsim.perf.regression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.Main;

class CounterDiffTest {
    private static final Path CAPTURE = Path.of(System.getProperty("qfp.root", ".."), "qfp-sim", "src", "test", "resources", "captures",
        "v1-aes128gcm16-natt");

    @TempDir
    private Path folder;

    @Test
    void shouldNameWhatDiffers() throws IOException {
        final Path a = Files.writeString(folder.resolve("a"),
            "{\"environment\":{\"cpu\":\"x\"},\"drops\":{\"4\":{\"packets\":7}},\"sas\":[{\"spi\":1}]}");
        final Path b = Files.writeString(folder.resolve("b"),
            "{\"environment\":{\"cpu\":\"y\"},\"drops\":{\"4\":{\"packets\":8},\"5\":{\"packets\":1},"
                + "\"6\":{\"packets\":0}},\"sas\":[{\"spi\":1}]}");

        assertThat(CounterDiff.counters(a, b)).containsExactly("drops/4/packets: 7 -> 8", "drops/5/packets: 0 -> 1");
        assertThat(CounterDiff.counters(a, a)).isEmpty();
    }

    @Test
    void shouldNameTheFirstPacketThatMetAnotherEnd() throws IOException {
        final Path a = Files.writeString(folder.resolve("a"), "{\"n\":1}\n{\"n\":2,\"verdict\":\"FORWARD\"}\n{\"n\":3}\n");
        final Path b = Files.writeString(folder.resolve("b"), "{\"n\":1}\n{\"n\":2,\"verdict\":\"DROP\"}\n");
        final Path shorter = Files.writeString(folder.resolve("c"), "{\"n\":1}\n");

        assertThat(CounterDiff.firstPacket(a, b))
            .isEqualToNormalizingNewlines("A: {\"n\":2,\"verdict\":\"FORWARD\"}\nB: {\"n\":2,\"verdict\":\"DROP\"}");
        assertThat(CounterDiff.firstPacket(shorter, b)).contains("A: no more packets");
        assertThat(CounterDiff.firstPacket(a, a)).isNull();
    }

    @Test
    void shouldReplayThroughBothBuilds() {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final String capture = CAPTURE.resolve("wire.pcap").toString();

        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), "perf", "counters", ".", ".", capture, "--esp-sa",
            CAPTURE.resolve("wireshark").resolve("esp_sa").toString())).as(err.toString()).isEqualTo(Main.OK);
        assertThat(out.toString().lines()).containsExactly("every counter is the same", "every packet met the same end");
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), "perf", "counters", ".", ".", capture)).isEqualTo(Main.BAD_INPUT);
        assertThat(err.toString()).startsWith("qfp: perf counters: this build: replay failed: qfp: no SAs");
    }
}
