package org.qfpsim.perf.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qfpsim.perf.probe.JsonLine;
import org.qfpsim.perf.probe.Suite;
import org.qfpsim.sim.InputException;

class ProbeProcessTest {
    @Test
    void shouldTakeTurnsAndKeepTheOrderOfSides() {
        final Turns turns = new Turns(Processor.ANY, 1, 2, 1);
        for (final boolean bFirst : new boolean[] {false, true}) {
            final Block block = turns.block(FakeProbe.build("A", "good", "0"), FakeProbe.build("B", "good", "10"), bFirst, Turns::common);

            assertThat(block.bFirst()).isEqualTo(bFirst);
            assertThat(block.pairs().keySet()).containsExactly(Suite.RULER, "path 64");
            assertThat(block.pairs().get("path 64").a()).hasSize(4);
            assertThat(block.pairs().get("path 64").b()).hasSize(4);
            assertThat(block.change("path 64")).isBetween(0.07, 0.12);
            assertThat(block.change(Suite.RULER)).isBetween(-0.02, 0.02);
            final Map<String, Object> read = JsonLine.parse(JsonLine.of(block.toMap()));
            assertThat(read).isNotNull();
            assertThat(Block.of(read)).isEqualTo(block);
        }
    }

    @Test
    void shouldTakeMoreFlagsAsTheLauncherDoes() {
        assertThat(Build.more(null)).isEmpty();
        assertThat(Build.more("  ")).isEmpty();
        assertThat(Build.more(" -Xmx8g\t -Da=b ")).containsExactly("-Xmx8g", "-Da=b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dies    | no memory left for it",
        "babbles | ended without an answer",
        "other   | speaks another version",
    })
    void shouldSayWhatAProbeDiedOf(final String how, final String message) {
        final Build build = FakeProbe.build("abc1234", how);
        assertThatThrownBy(() -> new ProbeProcess(build, Processor.ANY).close()).isInstanceOf(InputException.class)
            .hasMessageStartingWith("abc1234: ").hasMessageContaining(message);
    }

    @Test
    void shouldNotWaitForAProbeThatIsGone() {
        try (ProbeProcess probe = new ProbeProcess(FakeProbe.build("abc1234", "stops", "0"), Processor.ANY)) {
            assertThat(probe.slice(0, 1).best()).isPositive();
            assertThatThrownBy(() -> probe.slice(0, 1)).isInstanceOf(InputException.class).hasMessageContaining("ended without an answer");
        }
    }
}
