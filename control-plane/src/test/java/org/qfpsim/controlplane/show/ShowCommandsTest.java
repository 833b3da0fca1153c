package org.qfpsim.controlplane.show;

import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class ShowCommandsTest {
    private static final int ROUNDS = 5_000 * Integer.getInteger("qfp.test.scale", 1);
    private static final String DROP = "show platform hardware qfp active statistics drop";

    private final FakeCounters counters = new FakeCounters();
    private final ShowCommands commands = new ShowCommands(PlatformProfile.DEFAULT, Release.DEFAULT, counters, Clearing.Source.NEVER);

    @Test
    void shouldTellRefusalFromOutput() {
        assertThat(commands.run(DROP).ok()).isTrue();
        assertThat(commands.run("").ok()).isTrue();
        assertThat(commands.run("   ")).isEqualTo(new Result(true, ""));
        assertThat(commands.run("show").ok()).isFalse();
        assertThat(commands.run("sh p").ok()).isFalse();
        assertThat(commands.run(DROP + " | include (").ok()).isFalse();
    }

    @Test
    void shouldRefuseALineOfAMegabyteShortly() {
        assertThat(commands.run("show " + "x".repeat(1 << 20)))
            .isEqualTo(new Result(false, "% Command line of 1048581 characters is too long: at most 254\n"));
        assertThat(commands.run(DROP + " | include " + "x".repeat(254 - DROP.length() - 11)).ok()).isTrue();
    }

    @Test
    void shouldReadCountersWhenACommandRuns() {
        assertThat(commands.execute(DROP + " | include IpsecInput")).contains(" 0 ");
        counters.global(56, 1, 100);
        assertThat(commands.execute(DROP + " | include IpsecInput")).contains(" 1 ").endsWith(" 100  \n");
    }

    @Test
    void shouldTakeControlCharactersForBlanks() {
        assertThat(commands.execute("\tshow\tplatform hardware qfp active\0statistics drop\r")).isEqualTo(commands.execute(DROP));
        assertThat(commands.execute("show\tx")).isEqualTo("show x\n     ^\n% Invalid input detected at '^' marker.\n\n");
    }

    @Test
    void shouldKeepTheColumnsOfEveryRow() {
        for (int id = 1; id <= 318; id++) {
            counters.global(id, id, -1L);
        }
        assertThat(commands.execute(DROP).lines().filter(line -> line.endsWith("18446744073709551615  "))).hasSize(318)
            .allMatch(line -> line.length() == 75 && line.charAt(48) != ' ' && line.charAt(49) == ' ');
    }

    @Test
    void shouldPrintTheLargestNumbersInTheirColumns() {
        for (int id = 1; id <= 318; id++) {
            counters.global(id, -1L, -1L);
        }
        assertThat(commands.execute(DROP).lines().filter(line -> line.endsWith("18446744073709551615  "))).hasSize(318)
            .filteredOn(line -> line.indexOf(' ') <= 25).allMatch(line -> line.length() == 75);
    }

    @Test
    void shouldAnswerAnyLineWithWholeLines() {
        final long seed = 4_711;
        final Random random = new Random(seed);
        final String[] parts = {"show", "sh", "platform", "plat", "hardware", "qfp", "active", "act", "standby", "statistics", "drop",
            "drops", "all", "detail", "feature", "ipsec", "datapath", "data", "|", "| include", "| sec", "count", "(", "[", "*", "_0_",
            "Ipsec", "?", "\\", "\t", "é", "\0"};
        for (int round = 0; round < ROUNDS; round++) {
            final StringBuilder line = new StringBuilder(random.nextBoolean() ? DROP : "");
            for (int i = random.nextInt(9); i > 0; i--) {
                line.append(random.nextInt(4) == 0 ? "" : " ").append(parts[random.nextInt(parts.length)]);
            }
            final Result result = commands.run(line.toString());
            assertThat(result.text()).as("seed %d round %d: %s", seed, round, line)
                .satisfiesAnyOf(text -> assertThat(text).isEmpty(), text -> assertThat(text).endsWith("\n"));
            assertThat(result.ok() || result.text().contains("%")).isTrue();
        }
    }
}
