package org.qfpsim.controlplane.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.controlplane.cli.GrammarLeaves;
import org.qfpsim.controlplane.show.ColumnSources;

/** Which columns are measured is said of every command that shows something, and of no other. */
class ColumnSourcesTest {
    @TempDir
    private Path flash;

    private Set<String> shows() {
        final Set<String> all = new TreeSet<>();
        GrammarOfRouters.all(flash).forEach(commands -> GrammarLeaves.of(commands).stream().filter(leaf -> leaf.startsWith("show "))
            .forEach(all::add));
        return all;
    }

    @Test
    void shouldKnowEveryShowCommand() {
        assertThat(shows()).hasSizeGreaterThan(150).allSatisfy(leaf -> assertThat(ColumnSources.of(leaf, false)).as(leaf).isNotEmpty());
    }

    @Test
    void shouldHaveNoRowOfACommandThatIsNotThere() {
        final Set<String> shows = shows();
        assertThat(ColumnSources.commands()).allSatisfy(command -> assertThat(shows).as(command)
            .anyMatch(leaf -> leaf.equals(command) || leaf.startsWith(command + " ")));
    }

    @Test
    void shouldUseFourWordsForSources() {
        for (final boolean measured : List.of(true, false)) {
            assertThat(shows()).allSatisfy(leaf -> assertThat(ColumnSources.of(leaf, measured)).extracting(ColumnSources.Row::source)
                .isSubsetOf("measured", "configured", "modelled", "fixed"));
        }
    }

    @Test
    void shouldSayThatTheProcessorIsMeasuredWhereTimeIsReal() {
        assertThat(ColumnSources.of("show platform hardware qfp active datapath utilization", true)).extracting(ColumnSources.Row::source)
            .containsExactly("measured", "measured", "modelled");
        assertThat(ColumnSources.of("show platform hardware qfp active datapath utilization", false)).extracting(ColumnSources.Row::source)
            .containsExactly("measured", "modelled", "modelled");
    }

    @Test
    void shouldFindRowsByWordsThatAreCutShort() {
        assertThat(ColumnSources.text(List.of("sh", "proc", "cpu"), false).lines().skip(2)).hasSize(5)
            .allMatch(line -> line.startsWith("show processes cpu"));
        assertThat(ColumnSources.text(List.of("show", "nothing"), false).lines()).hasSize(2);
    }
}
