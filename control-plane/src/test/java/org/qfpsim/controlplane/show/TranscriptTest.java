package org.qfpsim.controlplane.show;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays transcripts. A line {@code > COMMAND} is typed, {@code @...} sets the scene, {@code #} is a comment; all other lines are the
 * expected output, each with a {@code $} at its end, so that blanks at the ends of lines show. With -Dqfp.regenerate=true the expected
 * output is written anew.
 */
class TranscriptTest {
    private PlatformProfile profile = PlatformProfile.DEFAULT;
    private Release release = Release.DEFAULT;
    private FakeCounters counters = new FakeCounters();
    private Clearing.Source clearing = Clearing.Source.NEVER;

    @ParameterizedTest
    @ValueSource(strings = {"release-3.7", "release-17.13", "software", "filters", "errors", "help"})
    void shouldPrintWhatTheTranscriptSays(final String name) throws IOException {
        final Path file = Path.of(System.getProperty("qfp.root"),
            "control-plane/src/test/resources/org/qfpsim/controlplane/show", name + ".txt");
        final String expected = Files.readString(file);
        final String actual = replay(expected.lines().toList());
        if (Boolean.getBoolean("qfp.regenerate")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(expected);
    }

    private String replay(final List<String> lines) {
        final StringBuilder text = new StringBuilder();
        for (final String line : lines) {
            if (!line.startsWith("> ") && line.endsWith("$")) {
                continue;
            }
            text.append(line).append('\n');
            if (line.startsWith("@")) {
                direct(line.substring(1).split(" "));
            } else if (line.startsWith("> ")) {
                new ShowCommands(profile, release, counters, clearing).execute(line.substring(2)).lines()
                    .forEach(output -> text.append(output).append("$\n"));
            }
        }
        return text.toString();
    }

    private void direct(final String[] words) {
        switch (words[0]) {
            case "profile" -> profile = PlatformProfile.parse(words[1]);
            case "release" -> release = Release.parse(words[1]);
            case "global" -> counters.global(Integer.parseInt(words[1]), Long.parseUnsignedLong(words[2]),
                Long.parseUnsignedLong(words[3]));
            case "ipsec" -> counters.ipsec(Integer.parseInt(words[1]), Long.parseUnsignedLong(words[2]));
            case "zero" -> counters = new FakeCounters();
            case "cleared" -> {
                final Clearing last = new Clearing(Instant.parse(words[1]), Instant.parse(words[2]));
                clearing = () -> last;
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }
}
