package org.qfpsim.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Mutations;

/** Whatever a scenario file has in it: a scenario, or one line that names the file. */
class ScenarioFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void fuzz(final byte[] file) {
        read(file, ScenarioFolder.of(Path.of("x")));
    }

    @Test
    void shouldSurviveDamage(@TempDir final Path folder) {
        final ScenarioFolder files = Example.write(folder, Example.YAML);
        Mutations.each(Example.YAML.getBytes(StandardCharsets.UTF_8), 21, Mutations.rounds(1_500), file -> read(file, files));
        for (final String shipped : ScenarioFolder.shipped()) {
            final ScenarioFolder own = ScenarioFolder.find(shipped);
            Mutations.each(own.read(ScenarioFolder.SCENARIO_FILE), 22, Mutations.rounds(30), file -> read(file, own));
        }
    }

    private static void read(final byte[] file, final ScenarioFolder folder) {
        try {
            assertThat(ScenarioReader.parse(file, folder, Set.of("ppes", "release"), null).title()).isNotNull();
        } catch (final InputException e) {
            assertThat(e.getMessage()).startsWith(folder.shown("")).doesNotContainPattern("[\\r\\n]").hasSizeLessThan(600);
        }
    }
}
