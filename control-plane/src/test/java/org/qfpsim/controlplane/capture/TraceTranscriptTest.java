package org.qfpsim.controlplane.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays transcripts on a router: {@code : LINE} is a line of its configuration, {@code > COMMAND} is typed, {@code @KIND} is a frame that comes in, {@code #} is a comment; all
 * other lines are the expected output, each with a {@code $} at its end. With -Dqfp.regenerate=true the expected output is written anew.
 */
class TraceTranscriptTest {
    @TempDir
    private Path flash;

    @ParameterizedTest
    @ValueSource(strings = {"trace", "filters", "decode", "capture", "layers"})
    void shouldPrintWhatTheTranscriptSays(final String name) throws IOException {
        final Path file = Path.of(System.getProperty("qfp.root"),
            "control-plane/src/test/resources/org/qfpsim/controlplane/capture", name + ".txt");
        final String expected = Files.readString(file);
        final String actual = replay(expected.lines().toList());
        if (Boolean.getBoolean("qfp.regenerate")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(expected);
    }

    private String replay(final List<String> lines) throws IOException {
        final StringBuilder text = new StringBuilder();
        final String config = lines.stream().filter(line -> line.startsWith(": ")).map(line -> line.substring(2) + "\n")
            .collect(Collectors.joining());
        try (WatchedRouter router = new WatchedRouter(flash, config)) {
            for (final String line : lines) {
                if (!line.startsWith("> ") && line.endsWith("$")) {
                    continue;
                }
                text.append(line).append('\n');
                if (line.startsWith("@")) {
                    router.send(line.substring(1));
                } else if (line.startsWith("> ")) {
                    router.type(line.substring(2)).lines().forEach(output -> text.append(output).append("$\n"));
                }
            }
        }
        return text.toString();
    }
}
