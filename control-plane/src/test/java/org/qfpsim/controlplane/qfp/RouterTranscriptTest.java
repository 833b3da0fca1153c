package org.qfpsim.controlplane.qfp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays transcripts on a whole router. {@code : LINE} is a line of its configuration, {@code > COMMAND} is typed, {@code @advance S} lets
 * time pass, {@code @esp N SPI OCTETS} and {@code @udp N PRECEDENCE DESTINATION OCTETS} let packets come in, {@code #} is a comment. All other
 * lines are the expected output, with a {@code $} at the end. With -Dqfp.regenerate=true the output is written anew.
 */
class RouterTranscriptTest {
    @TempDir
    private Path flash;

    @ParameterizedTest
    @ValueSource(strings = {"drops", "drops-17.13", "utilization", "punt", "ipsec", "hardware", "hardware-software", "processor", "refused"})
    void shouldPrintWhatTheTranscriptSays(final String name) throws IOException {
        final Path file = Path.of(System.getProperty("qfp.root"),
            "control-plane/src/test/resources/org/qfpsim/controlplane/qfp", name + ".txt");
        final String expected = Files.readString(file);
        final List<String> lines = expected.lines().toList();
        final String config = lines.stream().filter(line -> line.startsWith(": ")).map(line -> line.substring(2) + "\n")
            .collect(Collectors.joining());
        final StringBuilder actual = new StringBuilder();
        try (ShowRouter router = new ShowRouter(config, flash)) {
            for (final String line : lines) {
                if (line.endsWith("$") && !line.startsWith("> ")) {
                    continue;
                }
                actual.append(line).append('\n');
                if (line.startsWith("@")) {
                    direct(router, line.substring(1).split(" "));
                } else if (line.startsWith("> ")) {
                    router.type(line.substring(2)).lines().forEach(each -> actual.append(each).append("$\n"));
                }
            }
        }
        if (Boolean.getBoolean("qfp.regenerate")) {
            Files.writeString(file, actual);
        }
        assertThat(actual.toString()).isEqualTo(expected);
    }

    private static void direct(final ShowRouter router, final String[] words) {
        switch (words[0]) {
            case "advance" -> router.advance(Long.parseLong(words[1]));
            case "esp" -> {
                for (int i = 0; i < Integer.parseInt(words[1]); i++) {
                    router.esp(0, "10.1.1.1", "20.1.1.2", (int) Long.parseLong(words[2], 16), Integer.parseInt(words[3]));
                }
            }
            case "udp" -> {
                final int octets = Integer.parseInt(words[4]);
                final byte[] datagram = ByteBuffer.allocate(octets).putShort(4, (short) octets).array();
                for (int i = 0; i < Integer.parseInt(words[1]); i++) {
                    router.receive(0, Integer.parseInt(words[2]), "20.1.1.9", words[3], 17, datagram);
                }
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }
}
