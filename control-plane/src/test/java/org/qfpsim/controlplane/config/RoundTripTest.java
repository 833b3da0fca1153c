package org.qfpsim.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.text.RunningConfig;

/** What is written can be loaded again and gives the same router. */
class RoundTripTest {
    private static final List<String> SAMPLES = Samples.NAMES;

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void shouldReadWhatItHasWritten(final String name) {
        final ConfigFile file = ConfigFile.read(name, Samples.text(name));
        assertThat(file.refused()).isEmpty();
        assertThat(file.warnings()).isEmpty();
        final String text = RunningConfig.text(file.config(), RunningConfig.Keys.SHOWN);
        final RouterConfig again = Samples.read(text);
        assertThat(again).isEqualTo(file.config());
        assertThat(RunningConfig.text(again, RunningConfig.Keys.SHOWN)).isEqualTo(text);
        assertThat(Samples.read(RunningConfig.show(file.config(), RunningConfig.Keys.SHOWN))).isEqualTo(file.config());
        assertThat(new ConfigSession(file.config()).config()).isEqualTo(file.config());
    }

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void shouldHideEveryKeyUnlessAsked(final String name) {
        final RouterConfig config = Samples.read(Samples.text(name));
        final String hidden = RunningConfig.text(config, RunningConfig.Keys.HIDDEN).replaceAll("secret [89] ", "");
        final String shown = RunningConfig.text(config, RunningConfig.Keys.SHOWN);
        assertThat(hidden.lines().count()).isEqualTo(shown.lines().count());
        for (final String key : List.of("sEcret-1", "key-of-ours", "key-of-theirs", "wildcard", "secret", "cisco123", "00112233", "mine",
            "theirs", "group-key", "wonder", "builder", "FFEEDDCC", "10111213", "$8$", "$9$")) {
            assertThat(hidden).doesNotContain(key);
            assertThat(config.toString()).doesNotContain(key);
        }
    }

    /**
     * Generated configurations: lines of all samples, mixed. Each piece keeps its head, but which of its lines follow, in which order, and
     * which pieces there are is random.
     */
    @Test
    void shouldReadWhatItHasWrittenOfGeneratedConfigurations() {
        final List<List<String>> pieces = pieces();
        for (int round = 0; round < 150; round++) {
            final Random random = new Random(round);
            final ConfigSession session = new ConfigSession();
            for (int i = 0; i < 40; i++) {
                final List<String> piece = pieces.get(random.nextInt(pieces.size()));
                session.type(piece.getFirst());
                for (int j = 1; j < piece.size(); j++) {
                    final String line = piece.get(1 + random.nextInt(piece.size() - 1));
                    session.type(random.nextInt(10) == 0 ? "no " + line : random.nextInt(20) == 0 ? "default " + line : line);
                }
            }
            final RouterConfig config = session.config();
            final String text = RunningConfig.text(config, RunningConfig.Keys.SHOWN);
            assertThat(Samples.read(text)).as("seed %d", round).isEqualTo(config);
        }
    }

    private static List<List<String>> pieces() {
        final List<List<String>> pieces = new ArrayList<>();
        Samples.texts().flatMap(String::lines).filter(line -> !line.isBlank() && !line.startsWith("!") && !line.startsWith("end"))
            .forEach(line -> {
                if (!line.startsWith(" ")) {
                    pieces.add(new ArrayList<>());
                }
                pieces.getLast().add(line.strip());
            });
        return pieces;
    }
}
