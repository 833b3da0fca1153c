package org.qfpsim.sim.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final StringWriter err = new StringWriter();
    /** Before zero, so that the deadline passes it: the clock of the JVM may do the same. */
    private long now = -SECOND;

    private Progress progress(final boolean terminal) {
        return new Progress(new PrintWriter(err), "replay", "frames", terminal, () -> now);
    }

    @Test
    void shouldSayNothingAboutWhatIsShort() {
        try (Progress progress = progress(true)) {
            now += 2 * SECOND - 1;
            progress.at(1_000_000);
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldWriteALineASecondToAFile() {
        try (Progress progress = progress(false)) {
            for (int i = 1; i <= 40; i++) {
                now += SECOND / 10;
                progress.at(i * 500L);
            }
        }
        assertThat(err.toString().lines()).containsExactly("replay: 10,000 frames, 2 s, 5,000 a second",
            "replay: 15,000 frames, 3 s, 5,000 a second", "replay: 20,000 frames, 4 s, 5,000 a second");
    }

    @Test
    void shouldWriteOverItsLineOnATerminalAndEndIt() {
        try (Progress progress = progress(true)) {
            now += 2 * SECOND;
            progress.at(10);
            now += SECOND;
            progress.at(30);
        }
        assertThat(err.toString()).isEqualTo("\rreplay: 10 frames, 2 s, 5 a second\rreplay: 30 frames, 3 s, 10 a second"
            + System.lineSeparator());
    }
}
