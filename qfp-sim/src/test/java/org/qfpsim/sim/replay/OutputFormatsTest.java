package org.qfpsim.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that a replay writes, field by field and octet by octet, and the output of show commands. */
class OutputFormatsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String DROPS = "show platform hardware qfp active statistics drop";
    private static final String IPSEC_DROPS = "show platform hardware qfp active feature ipsec datapath drops";

    @TempDir
    private Path directory;
    private Path capture;
    private Path keys;
    private Path verdictFile;

    @BeforeEach
    void makeFiles() throws IOException {
        capture = TestFiles.copy("corpus/corpus.pcap", directory);
        keys = TestFiles.copy("corpus/keys.json", directory);
        verdictFile = directory.resolve("v");
    }

    private List<JsonNode> replay(final Path file, final Object... options) throws IOException {
        final List<Object> arguments = new ArrayList<>(List.of(file, "--device", keys, "--verdicts", verdictFile));
        arguments.addAll(List.of(options));
        Replay.run(arguments.toArray()).ok();
        return TestFiles.lines(verdictFile);
    }

    private static String fields(final JsonNode verdict) {
        return String.join(" ", verdict.properties().stream().map(Map.Entry::getKey).toList());
    }

    @Test
    void shouldWriteOneVerdictALineInOrderOfArrival() throws IOException {
        final List<JsonNode> verdicts = replay(capture);
        assertThat(verdicts).extracting(verdict -> verdict.get("n").asInt()).containsExactlyElementsOf(IntStream.rangeClosed(1, 2000).boxed().toList());
        for (final JsonNode verdict : verdicts) {
            assertThat(fields(verdict)).as(verdict.toString()).matches(switch (verdict.get("verdict").asText()) {
                case "FORWARD" -> "n verdict (sa spi seq )?inner ecn";
                case "DROP" -> "n verdict table id name global global_id( sa spi seq| spi)?";
                case "PUNT" -> "n verdict cause name";
                case "CONSUME" -> "n verdict why( group| sa spi seq)?";
                default -> "none";
            });
        }
        assertThat(Files.readAllLines(verdictFile).get(12))
            .isEqualTo("{\"n\":13,\"verdict\":\"DROP\",\"table\":\"global\",\"id\":11,\"name\":\"IpFormatErr\","
                + "\"global\":\"IpFormatErr\",\"global_id\":11}");
        assertThat(Files.readAllLines(verdictFile).get(10))
            .isEqualTo("{\"n\":11,\"verdict\":\"DROP\",\"table\":\"ipsec\",\"id\":62,\"name\":\"IN_OCT_MAC_EXCEPTION\",\"global\":\"IpsecInput\","
                + "\"global_id\":56,\"sa\":\"n4_cbc128_sha1\",\"spi\":\"0x9f9d1129\",\"seq\":\"0xc353\"}");
    }

    @Test
    void shouldReportUnderTheAgreedNames() throws IOException {
        final Path file = directory.resolve("j");
        final List<JsonNode> verdicts = replay(capture, "--json", file);
        final JsonNode report = TestFiles.JSON.readTree(file.toFile());

        assertThat(report.fieldNames()).toIterable().containsExactly("source", "totals", "global_drops", "ipsec_drops", "punts", "sas", "drop_report",
            "ppes", "pipeline", "crypto", "environment", "capture");
        assertThat(fields(report.get("totals"))).startsWith("received forwarded dropped punted consumed ");
        assertThat(report.get("totals").get("dropped").asLong()).isEqualTo(count(verdicts, "DROP"));
        assertThat(report.get("totals").get("forwarded").asLong()).isEqualTo(count(verdicts, "FORWARD"));
        final long underIpsecInput = verdicts.stream().filter(v -> v.path("global").asText().equals("IpsecInput")).count();
        assertThat(report.at("/global_drops/IpsecInput/packets").asLong()).isEqualTo(underIpsecInput);
        assertThat(report.at("/global_drops/IpsecInput/octets").asLong()).isGreaterThan(underIpsecInput * 14);
        assertThat(report.at("/ipsec_drops/4/name").asText()).isEqualTo("IN_US_V4_PKT_SA_NOT_FOUND_SPI");
        assertThat(report.at("/ipsec_drops/4/packets").asLong())
            .isEqualTo(verdicts.stream().filter(v -> v.path("table").asText().equals("ipsec") && v.path("id").asInt() == 4).count());
        assertThat(fields(report.at("/sas/0"))).startsWith("name spi suite crypto replay_top");
        assertThat(report.at("/punts/55/name").asText()).isEqualTo("For-us control");
        assertThat(report.at("/punts/55/transmitted").asLong()).isEqualTo(30);
        assertThat(report.at("/crypto/in_use/0").asText()).isNotEmpty();
        assertThat(report.at("/environment/cores").asInt()).isPositive();
        long reported = 0;
        for (final JsonNode row : report.get("drop_report")) {
            reported += row.get("packets").asLong();
        }
        assertThat(reported).isEqualTo(count(verdicts, "DROP"));
    }

    private static long count(final List<JsonNode> verdicts, final String kind) {
        return verdicts.stream().filter(verdict -> verdict.get("verdict").asText().equals(kind)).count();
    }

    @ParameterizedTest
    @CsvSource({"1,invoker", "4,invoker", "4,dedicated"})
    void shouldCaptureForwardedPacketsAsTheyLeave(final int ppes, final String mode) throws Exception {
        final Path out = directory.resolve("out.pcapng");
        final List<JsonNode> forwarded = replay(capture, "--out", out, "--ppes", ppes, "--mode", mode).stream()
            .filter(verdict -> verdict.get("verdict").asText().equals("FORWARD")).toList();

        final List<SmallCapture.Frame> packets = SmallCapture.frames(Files.readAllBytes(out));
        assertThat(packets).hasSameSizeAs(forwarded);
        for (int i = 0; i < packets.size(); i++) {
            final byte[] inner = HEX.parseHex(forwarded.get(i).get("inner").asText());
            final byte[] left = packets.get(i).octets();
            final boolean v4 = inner[0] >> 4 == 4;
            assertThat(v4 ? left[1] & 3 : left[1] >> 4 & 3).as(forwarded.get(i).toString()).isEqualTo(forwarded.get(i).get("ecn").asInt());
            assertThat(HEX.formatHex(withoutEcn(left))).as(forwarded.get(i).toString()).isEqualTo(HEX.formatHex(withoutEcn(inner)));
        }
        assumeTshark();
        assertThat(tshark("-r", out.toString(), "-T", "fields", "-e", "frame.encap_type")).hasSameSizeAs(packets).containsOnly("7");
        assertThat(tshark("-r", out.toString(), "-o", "ip.check_checksum:TRUE", "-Y", "ip.checksum.status == 0 and frame[0] == 45"))
            .hasSameSizeAs(badChecksumsInside(forwarded));
    }

    /** Without what ECN may change: the field and the checksum of IPv4. */
    private static byte[] withoutEcn(final byte[] packet) {
        final byte[] copy = packet.clone();
        if (copy[0] >> 4 == 4) {
            copy[1] &= ~3;
            copy[10] = 0;
            copy[11] = 0;
        } else {
            copy[1] &= ~0x30;
        }
        return copy;
    }

    private static List<JsonNode> badChecksumsInside(final List<JsonNode> forwarded) {
        return forwarded.stream().filter(verdict -> {
            final byte[] inner = HEX.parseHex(verdict.get("inner").asText());
            if (inner[0] != 0x45) {
                return false;
            }
            int sum = 0;
            for (int i = 0; i < 20; i += 2) {
                sum += (inner[i] & 0xff) << 8 | inner[i + 1] & 0xff;
            }
            return (sum + (sum >> 16) & 0xffff) != 0xffff;
        }).toList();
    }

    /** Engines decrypt in place: what is captured is the frame as it came, fragments too. */
    @ParameterizedTest
    @CsvSource({"1,invoker", "4,invoker", "4,dedicated"})
    void shouldCaptureDroppedFramesAsTheyCame(final int ppes, final String mode) throws Exception {
        final Path out = directory.resolve("drops.pcapng");
        final List<SmallCapture.Frame> frames = new ArrayList<>(SmallCapture.corpus(2000));
        final int fragment = firstFragment();
        // Its other half never comes.
        frames.remove(fragment);
        final Path lossy = Files.write(directory.resolve("lossy.pcap"), SmallCapture.pcap(frames, Integer.MAX_VALUE));
        final List<JsonNode> verdicts = replay(lossy, "--drops", out, "--ppes", ppes, "--mode", mode);
        assertThat(verdicts).extracting(verdict -> verdict.get("n").asInt()).isSorted().hasSize(1999);
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            if (verdicts.get(i).get("verdict").asText().equals("DROP")) {
                expected.add(frames.get(i).nanos() + " " + HEX.formatHex(frames.get(i).octets()));
            }
        }
        assertThat(SmallCapture.frames(Files.readAllBytes(out)).stream().map(f -> f.nanos() + " " + HEX.formatHex(f.octets())))
            .containsExactlyInAnyOrderElementsOf(expected);
        assumeTshark();
        assertThat(tshark("-r", out.toString(), "-Y", "frame.comment", "-T", "fields", "-e", "frame.comment"))
            .containsExactlyInAnyOrderElementsOf(comments(verdicts));
    }

    private static int firstFragment() throws IOException {
        final JsonNode packets = TestFiles.json("corpus/oracle.json.gz").get("packets");
        for (int i = 0; i < packets.size(); i++) {
            if (packets.get(i).has("frag_group")) {
                return i;
            }
        }
        throw new IllegalStateException("the corpus has no fragment");
    }

    private static List<String> comments(final List<JsonNode> verdicts) {
        return verdicts.stream().filter(verdict -> verdict.get("verdict").asText().equals("DROP")).map(verdict -> {
            final String reason = verdict.get("table").asText().equals("ipsec")
                ? verdict.get("id").asText() + " " + verdict.get("name").asText() + " (" + verdict.get("global").asText() + ")"
                : verdict.get("name").asText() + " (" + verdict.get("id").asText() + ")";
            return "dropped: " + reason + (verdict.has("spi") ? ", SPI " + verdict.get("spi").asText() : "");
        }).toList();
    }

    @Test
    void shouldPrintNothingButTheShowCommands() {
        final Replay run = Replay.run(capture, "--device", keys, "--show", IPSEC_DROPS, "--show", DROPS + " | inc Ipsec");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("""
            ------------------------------------------------------------------------
            Drop Type  Name                                     Packets\s\s\s\s\s\s\s\s\s\s\s\s\s
            ------------------------------------------------------------------------
                    4  IN_US_V4_PKT_SA_NOT_FOUND_SPI                             138
                    6  IN_TRANS_CL_V4_PKT_FAILED_POLICY                           29
                    7  IN_TRANS_V4_IPSEC_PKT_NOT_FOUND_SPI                         8
                   12  IN_US_V6_PKT_SA_NOT_FOUND_SPI                              47
                   14  IN_TRANS_V6_PKT_FAILED_POLICY                               7
                   19  IN_OCT_ANTI_REPLAY_FAIL                                   129
                   20  IN_UNEXP_OCT_EXCEPTION                                    100
                   30  IN_V4_POST_INPUT_POLICY_FAIL                               22
                   31  IN_V6_POST_INPUT_POLICY_FAIL                                2
                   62  IN_OCT_MAC_EXCEPTION                                      139
                   63  IN_NAT_DEMUX_FAIL                                          19
                   65  IN_OCT_NH_MISMATCH                                         25
                   76  OCT_PAD_MISMATCH                                           65
                   89  IN_PKT_IPVER_INVALID                                       12
            IpsecDenyDrop                                   0                       0\s\s
            IpsecIkeIndicate                                0                       0\s\s
            IpsecInput                                    742                  169372\s\s
            IpsecInvalidSa                                  0                       0\s\s
            IpsecOutput                                     0                       0\s\s
            IpsecTailDrop                                   0                       0\s\s
            IpsecTedIndicate                                0                       0\s\s
            """);
        assertThat(run.err()).startsWith("received 2,000 = ");
    }

    @Test
    void shouldPrintTheTablesOfANewerRelease() {
        final Replay run = Replay.run(capture, "--device", keys, "--release", "17.13", "--show", DROPS, "--show", DROPS + " | inc Ipsec");
        assertThat(run.out()).isEqualTo("""
            Last clearing of QFP drops statistics : never

            -------------------------------------------------------------------------
            Global Drop Stats                         Packets                  Octets
            -------------------------------------------------------------------------
            BadIpChecksum                                  19                    2914
            BadLen                                          5                     946
            IpFormatErr                                    16                    3052
            IpsecInput                                    742                  169372
            IpsecInput                                    742                  169372
            """);
    }

    private static void assumeTshark() throws InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder("tshark", "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (final IOException e) {
            there = false;
        }
        assumeTrue(there, "tshark is not installed (Debian package tshark)");
    }

    private List<String> tshark(final String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of("tshark"));
        command.addAll(Arrays.asList(arguments));
        final Path out = Files.createTempFile(directory, "tshark", ".txt");
        final Process process =
            new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readAllLines(out, StandardCharsets.UTF_8);
    }
}
