package org.qfpsim.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reader sees: lines that are alike are collapsed, long ones are folded. */
class StoryTest {
    private static final long SECOND = 1_000_000_000L;

    private final StringWriter text = new StringWriter();
    private final Story story = new Story(new PrintWriter(text, true));

    private List<String> lines() {
        return text.toString().lines().toList();
    }

    @Test
    void shouldCollapseLinesOfOneMomentThatDifferInNumbersOnly() {
        for (int i = 0; i < 5; i++) {
            story.log(SECOND, "r1", "spi=0x" + Integer.toHexString(0xab0 + i) + "(" + i + ")");
        }
        story.log(SECOND, "r1", "something else");
        assertThat(lines()).containsExactly("     1.000  r1: spi=0xab0(0)", "     1.000  r1: spi=0xab1(1)", "     1.000  r1: spi=0xab2(2)",
            "            ... and 2 like it", "     1.000  r1: something else");
    }

    @Test
    void shouldNotCollapseWhatIsAtAnotherTimeOrOfAnotherNode() {
        for (int i = 0; i < 5; i++) {
            story.log(SECOND + i, "r1", "again");
        }
        for (int i = 0; i < 4; i++) {
            story.log(2 * SECOND, i % 2 == 0 ? "ra" : "rb", "again");
        }
        assertThat(lines()).hasSize(9).noneMatch(line -> line.contains("like it"));
    }

    @Test
    void shouldCollapseRoutersThatAreNumberedAndSayItBeforeACommand() {
        for (int i = 0; i < 100; i++) {
            story.log(SECOND, "spoke" + i, "up");
        }
        story.command(SECOND, "R1(config)#", "end", "done\n");
        assertThat(lines()).containsExactly("     1.000  spoke0: up", "     1.000  spoke1: up", "     1.000  spoke2: up",
            "            ... and 97 like it", "     1.000  R1(config)#end", "              done");
    }

    @Test
    void shouldStopAtFourHundredLinesOfLogAndCountTheRest() {
        for (int i = 0; i < 450; i++) {
            story.log(i * SECOND, "r1", "a line");
        }
        story.end(List.of(), new ScenarioResult("x", 1, SECOND, List.of(), List.of(), List.of(), "f", null));
        assertThat(lines()).filteredOn(line -> line.contains("a line")).hasSize(400);
        assertThat(lines()).contains("            (50 more log lines)", "x: passed; fingerprint f");
    }

    @Test
    void shouldFoldWhatIsSaid() {
        story.say(SECOND, "word ".repeat(45));
        assertThat(lines()).hasSize(3).allMatch(line -> line.length() <= 112);
        assertThat(lines().getFirst()).startsWith("     1.000  word");
        assertThat(lines().get(1)).startsWith("            word");
    }

    @Test
    void shouldWarnBeforeAnythingHappens() {
        story.warn(List.of());
        assertThat(lines()).isEmpty();
        story.warn(List.of("r1.cfg:3: interface Tunnel0: incomplete: tunnel source is missing"));
        assertThat(lines()).containsExactly("warning: r1.cfg:3: interface Tunnel0: incomplete: tunnel source is missing", "");
    }

    @Test
    void shouldNameALawThatIsBroken() {
        final ScenarioResult result = new ScenarioResult("x", 1, SECOND, List.of(),
            List.of("r1 received 5 packets, forwarded 3, dropped 1, punted 0, consumed 0: 1 are without an account"), List.of(), "f",
            null);
        story.end(List.of(), result);
        assertThat(result.passed()).isFalse();
        assertThat(result.failure()).isEqualTo("r1 received 5 packets, forwarded 3, dropped 1, punted 0, consumed 0: 1 are without an account");
        assertThat(lines()).anyMatch(line -> line.startsWith("  FAILED  r1 received 5 packets")).contains("x: FAILED; fingerprint f");
    }
}
