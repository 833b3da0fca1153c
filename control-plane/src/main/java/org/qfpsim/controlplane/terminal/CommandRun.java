package org.qfpsim.controlplane.terminal;

import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.cli.OutputEnded;

/**
 * A command and the output that it has run ahead of its reader.
 *
 * <p>Most commands end before {@link #AHEAD} characters: they run at one go, so their output is the state of one moment, and only the
 * text waits for the reader. A command that only reads and has more to say gets a thread of its own, which takes turns with the control
 * thread: never do both run. It stands still while the text waits, and the router goes on meanwhile.
 */
final class CommandRun {
    /** Characters that may wait. */
    static final int AHEAD = 1 << 18;
    private static final String TOO_LONG = "% The rest of the output is too long to be shown\n";
    private static final String CHANGED = "% The output ends here: what it shows has changed meanwhile\n";

    private final Consumer<Output> command;
    private final boolean turns;
    private final StringBuilder text = new StringBuilder();
    private final Semaphore go = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    private int at;
    private boolean started;
    private boolean ended;
    private boolean interrupted;
    private boolean full;
    private boolean stoodStill;
    private boolean held;
    private @Nullable RuntimeException failure;

    /** A command; turns: whether it may stand still in the middle. */
    CommandRun(final Consumer<Output> command, final boolean turns) {
        this.command = command;
        this.turns = turns;
    }

    /** The next piece of output: a line with its line feed, or what fits into so many characters; null if there is none (any more). */
    @Nullable String next(final int most) {
        if (at == text.length()) {
            text.setLength(0);
            at = 0;
            if (!ended) {
                run();
            }
        }
        if (at == text.length()) {
            return null;
        }
        final int feed = text.indexOf("\n", at);
        final int end = Math.min(feed < 0 ? text.length() : feed + 1, at + most);
        final String piece = text.substring(at, end);
        at = end;
        return piece;
    }

    /** Whether the command goes on although it has returned, so that more may come. */
    boolean isHeld() {
        return held;
    }

    /** Nobody wants more. */
    void interrupt() {
        interrupted = true;
        held = false;
        if (started && !ended) {
            run();
        }
        ended = true;
        text.setLength(0);
        at = 0;
    }

    private void run() {
        if (!turns) {
            ended = true;
            try {
                command.accept(new Bounded());
            } catch (final OutputEnded e) {
                text.append(TOO_LONG);
            }
            return;
        }
        if (!started) {
            started = true;
            Thread.ofVirtual().name("show").start(this::body);
        }
        go.release();
        back.acquireUninterruptibly();
        final RuntimeException seen = failure;
        if (seen != null && !stoodStill) {
            throw seen;
        }
        if (seen != null) {
            text.append(CHANGED);
        }
    }

    private void body() {
        go.acquireUninterruptibly();
        try {
            command.accept(this::inTurns);
        } catch (final OutputEnded e) {
            // Its text is not wanted.
        } catch (final RuntimeException e) {
            failure = e;
        } catch (final Error e) {
            failure = new IllegalStateException(e);
        } finally {
            ended = true;
            back.release();
        }
    }

    private void inTurns(final String piece) {
        if (interrupted) {
            throw new OutputEnded();
        }
        text.append(piece);
        if (text.length() >= AHEAD) {
            stoodStill = true;
            back.release();
            go.acquireUninterruptibly();
            if (interrupted) {
                throw new OutputEnded();
            }
        }
    }

    /** Output of a command that does not stand still; it may go on when it has returned. */
    private final class Bounded implements Output {
        @Override
        public void print(final String piece) {
            full |= text.length() + (long) piece.length() > AHEAD;
            if (full || interrupted) {
                throw new OutputEnded();
            }
            text.append(piece);
        }

        @Override
        public boolean hold() {
            held = true;
            return true;
        }

        @Override
        public void release() {
            held = false;
        }
    }
}
