package org.qfpsim.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.qfpsim.controlplane.config.text.RunningConfig;

/** Whatever a file has in it: a configuration, or lines that are refused by number; and what was accepted can be written and read again. */
class ConfigFuzzTest {
    private static final java.util.List<String> SAMPLES = Samples.NAMES;
    private static final String[] PIECES = {"no ", "default ", " 0 ", " ", "\t", "?", "!", "\"", "::", "/", "255.255.255.255", "4294967296",
        "-1", "crypto ", "ip ", "any", "host", "\u0000", "\u00e9", "\r"};

    @FuzzTest(maxDuration = "1m")
    void fuzz(final byte[] file) {
        read(new String(file, StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void shouldSurviveDamage(final String name) {
        final String original = Samples.text(name);
        for (int round = 0; round < 25 * Integer.getInteger("qfp.test.scale", 1); round++) {
            final Random random = new Random(round);
            final StringBuilder damaged = new StringBuilder(original);
            for (int i = random.nextInt(8); i >= 0; i--) {
                damage(damaged, random);
            }
            try {
                read(damaged.toString());
            } catch (final RuntimeException | Error e) {
                throw new AssertionError(name + ", round " + round + ": " + e, e);
            }
        }
    }

    private static void damage(final StringBuilder text, final Random random) {
        final int at = random.nextInt(text.length() + 1);
        final int end = Math.min(text.length(), at + random.nextInt(random.nextBoolean() ? 3 : 40));
        switch (random.nextInt(4)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            case 2 -> text.insert(at, text.substring(at, end));
            default -> text.replace(at, Math.min(text.length(), at + 1), String.valueOf((char) random.nextInt(300)));
        }
    }

    private static void read(final String text) {
        final ConfigFile file = ConfigFile.read("x", text);
        for (final ConfigFile.Problem problem : file.refused()) {
            assertThat(problem.message()).startsWith("x:").doesNotContain("\n");
            assertThat(problem.display()).contains("% ").endsWith("\n");
        }
        final ConfigFile again = ConfigFile.read("y", RunningConfig.text(file.config(), RunningConfig.Keys.SHOWN));
        assertThat(again.refused()).isEmpty();
        assertThat(again.config()).isEqualTo(file.config());
        assertThat(again.warnings()).extracting(ConfigFile.Warning::text)
            .isEqualTo(file.warnings().stream().map(ConfigFile.Warning::text).toList());
    }
}
