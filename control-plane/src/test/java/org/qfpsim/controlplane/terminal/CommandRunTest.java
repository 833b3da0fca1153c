package org.qfpsim.controlplane.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.cli.OutputEnded;

/** A command runs ahead of its reader, and no further. */
class CommandRunTest {
    private static final int MANY = 100_000;

    private final AtomicInteger printed = new AtomicInteger();

    private CommandRun counting(final boolean turns) {
        return new CommandRun(out -> {
            for (int i = 0; i < MANY; i++) {
                out.print("line " + i + "\n");
                printed.incrementAndGet();
            }
        }, turns);
    }

    @Test
    void shouldStandStillUntilItsTextIsRead() {
        final CommandRun run = counting(true);
        for (int i = 0; i < MANY; i++) {
            assertThat(run.next(100)).isEqualTo("line " + i + "\n");
            // A line has at least seven characters.
            assertThat(printed.get() - i).isLessThanOrEqualTo(CommandRun.AHEAD / 7 + 1);
        }
        assertThat(run.next(100)).isNull();
        assertThat(run.next(100)).isNull();
        assertThat(printed.get()).isEqualTo(MANY);
    }

    @Test
    void shouldEndTheCommandWhenNobodyWantsMore() {
        final AtomicReference<Object> seen = new AtomicReference<>();
        final CommandRun run = new CommandRun(out -> {
            try {
                while (true) {
                    out.print("more\n");
                }
            } catch (final OutputEnded e) {
                seen.set(e);
                throw e;
            }
        }, true);
        assertThat(run.next(100)).isEqualTo("more\n");
        run.interrupt();
        assertThat(seen.get()).isInstanceOf(OutputEnded.class);
        assertThat(run.next(100)).isNull();
    }

    @Test
    void shouldCutTheOutputOfACommandThatCannotStandStill() {
        final CommandRun run = counting(false);
        String last = "";
        for (String line = run.next(100); line != null; line = run.next(100)) {
            last = line;
        }
        assertThat(last).isEqualTo("% The rest of the output is too long to be shown\n");
        assertThat(printed.get()).isBetween(CommandRun.AHEAD / 12, CommandRun.AHEAD / 7);
    }

    @Test
    void shouldSayThatWhatItShowsHasChanged() {
        final List<Integer> state = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            state.add(i);
        }
        final CommandRun run = new CommandRun(out -> state.forEach(each -> out.print("row " + each + "\n")), true);
        assertThat(run.next(100)).isEqualTo("row 0\n");
        state.remove(MANY / 2);
        String last = "";
        for (String line = run.next(100); line != null; line = run.next(100)) {
            last = line;
        }
        assertThat(last).isEqualTo("% The output ends here: what it shows has changed meanwhile\n");
    }

    @Test
    void shouldNotHideAFault() {
        final CommandRun run = new CommandRun(out -> {
            throw new ConcurrentModificationException("a fault of the command");
        }, true);
        assertThatThrownBy(() -> run.next(100)).isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void shouldCutLongLinesIntoPieces() {
        final CommandRun run = new CommandRun(out -> out.print("abcdefgh\nij"), false);
        assertThat(List.of(String.valueOf(run.next(5)), String.valueOf(run.next(5)), String.valueOf(run.next(5))))
            .containsExactly("abcde", "fgh\n", "ij");
    }
}
