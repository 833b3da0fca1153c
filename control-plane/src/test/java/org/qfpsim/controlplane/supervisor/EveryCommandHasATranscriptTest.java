package org.qfpsim.controlplane.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.GrammarLeaves;

/** Each {@code show} and {@code clear} of the grammar is typed in a transcript, so that its output is held to the character. */
class EveryCommandHasATranscriptTest {
    private static final List<String> FOLDERS = List.of("control-plane/src/test/resources/org/qfpsim/controlplane",
        "qfp-sim/src/test/resources/org/qfpsim/sim/scenario");

    @TempDir
    private Path flash;

    @Test
    void shouldTypeEveryShowAndEveryClear() throws IOException {
        final Set<String> missing = new TreeSet<>();
        final List<List<CommandNode>> languages = GrammarOfRouters.all(flash);
        languages.forEach(commands -> GrammarLeaves.of(commands).stream().filter(leaf -> leaf.matches("(show|clear) .*"))
            .forEach(missing::add));
        assertThat(missing).hasSizeGreaterThan(150);
        for (final String line : typed()) {
            languages.stream().map(commands -> GrammarLeaves.leaf(commands, line)).filter(Objects::nonNull).forEach(missing::remove);
        }
        assertThat(missing).as("commands that no transcript has").isEmpty();
    }

    private static List<String> typed() throws IOException {
        final List<String> all = new ArrayList<>();
        for (final String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(Path.of(System.getProperty("qfp.root"), folder))) {
                for (final Path file : files.filter(each -> each.toString().endsWith(".txt")).toList()) {
                    Files.readAllLines(file).stream().filter(line -> line.startsWith("> "))
                        .map(line -> line.substring(2).replace("\\r", "").strip()).forEach(all::add);
                }
            }
        }
        return all;
    }
}
