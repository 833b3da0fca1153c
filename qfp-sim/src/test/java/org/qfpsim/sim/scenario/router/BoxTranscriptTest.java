package org.qfpsim.sim.scenario.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.sim.net.host.StreamSpec;

/**
 * Replays transcripts on {@link ShowLab}. A line {@code > COMMAND} is typed on R1, {@code @...} sets the scene ({@code @config} adds a line to the configuration that R1 starts with), {@code #} is a comment; all
 * other lines are the expected output, each with a {@code $} at its end. With -Dqfp.regenerate=true the expected output is written anew.
 */
class BoxTranscriptTest {
    @ParameterizedTest
    @ValueSource(strings = {"system", "system-17", "interfaces", "routes", "routes-16", "config", "log-and-events", "ping", "tables",
        "traceroute", "login"})
    void shouldPrintWhatTheTranscriptSays(final String name) throws IOException {
        final Path file = ShowLab.path(name + ".txt");
        final String expected = Files.readString(file);
        final String actual = replay(expected.lines().toList());
        if (Boolean.getBoolean("qfp.regenerate")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static String replay(final List<String> lines) {
        final StringBuilder text = new StringBuilder();
        final String more = lines.stream().filter(line -> line.startsWith("@config ")).map(line -> line.substring(8))
            .collect(Collectors.joining("\n"));
        try (ShowLab lab = new ShowLab(ShowLab.file("r1.cfg").replaceAll("(?m)^end$", more))) {
            for (final String line : lines) {
                if (!line.startsWith("> ") && line.endsWith("$")) {
                    continue;
                }
                text.append(line).append('\n');
                if (line.startsWith("@")) {
                    direct(lab, text, line.substring(1).split(" "));
                } else if (line.startsWith("> ")) {
                    lab.type(line.substring(2)).lines().forEach(output -> text.append(output).append("$\n"));
                }
            }
        }
        return text.toString();
    }

    private static void direct(final ShowLab lab, final StringBuilder text, final String[] words) {
        switch (words[0]) {
            case "pass" -> lab.pass(Math.round(Double.parseDouble(words[1]) * ShowLab.SECOND));
            case "send" -> lab.send(StreamSpec.Kind.valueOf(words[1]), words[2], Integer.parseInt(words[3]), Integer.parseInt(words[4]),
                Long.parseLong(words[5]));
            case "config" -> {
                // It has been there from the start.
            }
            case "restart" -> lab.restart(lab.r1);
            case "console" -> {
                lab.console.forEach(line -> text.append(line).append("$\n"));
                lab.console.clear();
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }
}
