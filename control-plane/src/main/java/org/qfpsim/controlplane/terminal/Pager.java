package org.qfpsim.controlplane.terminal;

import org.jspecify.annotations.Nullable;

/** Shows a command's output line by line, and stops where a page is full. */
final class Pager {
    /** Characters of a line of output that are shown at one go. */
    private static final int PIECE = 2048;
    private static final String MORE = " --More-- ";
    private static final String ERASE = "\b".repeat(9) + " ".repeat(8) + "\b".repeat(9);

    private final SessionOutput out;
    private final boolean screen;
    private CommandRun run = new CommandRun(text -> { }, false);
    private @Nullable String piece;
    private int linesOnPage;

    /** What a step has led to. */
    enum Step {
        /** Something was shown. */
        SHOWN,
        /** There is nothing now, but the command goes on. */
        HELD,
        /** The page is full, and the reader is asked. */
        FULL,
        /** The command has ended. */
        ENDED
    }

    Pager(final SessionOutput out, final boolean screen) {
        this.out = out;
        this.screen = screen;
    }

    void start(final CommandRun next) {
        run = next;
        linesOnPage = 0;
    }

    /** Nobody wants more of it. */
    void interrupt() {
        run.interrupt();
        piece = null;
    }

    Step step(final TerminalSettings settings) {
        final String next = piece == null ? run.next(PIECE) : piece;
        piece = null;
        if (next == null) {
            return run.isHeld() ? Step.HELD : Step.ENDED;
        }
        if (screen && settings.length() > 0 && linesOnPage >= Math.max(1, settings.length() - 1)) {
            piece = next;
            out.write(MORE);
            return Step.FULL;
        }
        out.write(next);
        final int wraps = settings.width() == 0 ? 0 : (next.length() - 1) / settings.width();
        linesOnPage += wraps + (next.endsWith("\n") ? 1 : 0);
        return Step.SHOWN;
    }

    /** The reader has answered: a page, a line, or no more. */
    void answer(final int octet) {
        out.write(ERASE);
        if (octet == ' ') {
            linesOnPage = 0;
        } else if (octet == '\r' || octet == '\n') {
            linesOnPage--;
        } else {
            interrupt();
        }
    }
}
