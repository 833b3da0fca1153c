package org.qfpsim.controlplane.terminal;

import java.util.function.Supplier;

/**
 * A session on a terminal line: reads keys, runs commands, shows their output page by page. The control thread calls {@link #work};
 * nothing in here waits. While the way out is full nothing goes on, so a reader that has stopped costs no more than what is in its port.
 */
final class TerminalSession implements LineInput.Owner {
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private final TerminalPort port;
    private final Caller caller;
    private final String name;
    private final Supplier<Opened> opener;
    private final LogQueue logs = new LogQueue();
    private final SessionOutput shown;
    private final Pager pager;
    private Opened opened;
    private LineInput input;
    private State state = State.BEGIN;
    private End end = End.OPEN;
    private long now;
    private long lastInput;

    /** How a session has ended. */
    enum End {
        /** It has not. */
        OPEN,
        /** The user has left, or was let go after too long a silence. */
        LEFT,
        /** The far end is gone. */
        HUNG_UP,
        /** The far end does not read. */
        STALLED
    }

    private enum State {
        BEGIN, PROMPT, RUNNING, MORE, AVAILABLE
    }

    /** What belongs to one login. */
    record Opened(Shell shell, TerminalSettings settings, History history) {
    }

    TerminalSession(final TerminalPort port, final Caller caller, final String name, final Supplier<Opened> opener, final long nanos) {
        this.port = port;
        this.caller = caller;
        this.name = name;
        this.opener = opener;
        shown = new SessionOutput(port, caller.screen());
        pager = new Pager(shown, caller.screen());
        opened = opener.get();
        input = new LineInput(caller, opened, shown, this);
        now = nanos;
        lastInput = nanos;
    }

    Caller caller() {
        return caller;
    }

    String user() {
        return opened.shell().user();
    }

    long idleNanos() {
        return now - lastInput;
    }

    End end() {
        return end;
    }

    /** Whether it shows log lines that are not for the console only. */
    boolean monitors() {
        return opened.settings().monitor();
    }

    /** Takes a log line; returns false if it is lost. */
    boolean log(final String line) {
        return logs.add(line);
    }

    /** Does what can be done at a time, in so many steps at most; returns how many were done. */
    int work(final long nanos, final int most) {
        now = nanos;
        int done = 0;
        while (end == End.OPEN && done < most && step()) {
            done++;
        }
        limitTime();
        return done;
    }

    /** When it wants to be called although nothing comes; later than the last call. */
    long deadline() {
        final long idle = idleLimit();
        return end != End.OPEN ? Long.MAX_VALUE : Math.min(shown.stalls(), idle == Long.MAX_VALUE ? idle : lastInput + idle);
    }

    /** Ends it from the router's side. */
    void finish(final End how) {
        if (end == End.OPEN) {
            end = how;
            pager.interrupt();
            shown.drain();
            port.close();
        }
    }

    private long idleLimit() {
        final long seconds = opened.settings().defaults().idleSeconds();
        final boolean waits = state == State.PROMPT || state == State.MORE;
        return seconds == 0 || !waits || caller.console() && !caller.screen() ? Long.MAX_VALUE : seconds * NANOS_A_SECOND;
    }

    private void limitTime() {
        if (end != End.OPEN) {
            return;
        }
        if (now >= shown.stalls()) {
            finish(End.STALLED);
        } else if (now - lastInput >= idleLimit()) {
            pager.interrupt();
            if (caller.console()) {
                state = State.AVAILABLE;
                shown.write("\n\n\n" + name + " is now available\n\n\n\n\n\nPress RETURN to get started.\n\n\n");
                shown.drain();
            } else {
                finish(End.LEFT);
            }
        }
    }

    private boolean step() {
        if (port.isHungUp()) {
            finish(End.HUNG_UP);
            return true;
        }
        if (state == State.RUNNING && port.takeInterrupt()) {
            lastInput = now;
            pager.interrupt();
        }
        if (!shown.drain(now)) {
            return false;
        }
        return switch (state) {
            case BEGIN -> {
                begin();
                yield true;
            }
            case PROMPT -> showLog() || input();
            case RUNNING -> output();
            case MORE -> more();
            case AVAILABLE -> showLog() || available();
        };
    }

    private void begin() {
        if (caller.manner() != Caller.Manner.OUTPUT) {
            shown.write((caller.screen() ? "\n" : "") + opened.shell().greeting());
        }
        prompt();
    }

    private boolean showLog() {
        final boolean free = state == State.AVAILABLE && caller.screen() || input.isUndisturbed();
        final String line = logs.isEmpty() || !free ? null : logs.next();
        if (line == null) {
            return false;
        }
        if (state == State.AVAILABLE) {
            shown.write(line + "\n");
        } else {
            input.log(line);
        }
        return true;
    }

    @Override
    public void prompt() {
        if (opened.shell().isEnded()) {
            finish(End.LEFT);
            return;
        }
        state = State.PROMPT;
        for (String line = logs.next(); line != null; line = logs.next()) {
            shown.write(line + "\n");
        }
        input.prompt();
    }

    private boolean input() {
        final int octet = port.next();
        if (octet >= 0) {
            lastInput = now;
            input.octet(octet);
            return true;
        }
        final boolean done = port.isInputDone();
        if (done && !input.last()) {
            finish(End.LEFT);
        }
        return done;
    }

    @Override
    public void start(final CommandRun next) {
        pager.start(next);
        state = State.RUNNING;
    }

    private boolean output() {
        final Pager.Step step = pager.step(opened.settings());
        switch (step) {
            case ENDED -> ended();
            case FULL -> state = State.MORE;
            case SHOWN, HELD -> {
            }
        }
        return step != Pager.Step.HELD;
    }

    private void ended() {
        if (input.resume()) {
            state = State.PROMPT;
        } else {
            prompt();
        }
    }

    private boolean more() {
        final int octet = port.next();
        if (octet < 0) {
            if (port.isInputDone()) {
                finish(End.LEFT);
            }
            return port.isInputDone();
        }
        lastInput = now;
        state = State.RUNNING;
        pager.answer(octet);
        return true;
    }

    private boolean available() {
        final int octet = port.next();
        if (octet == '\r' || octet == '\n') {
            opened = opener.get();
            input = new LineInput(caller, opened, shown, this);
            lastInput = now;
            shown.write("\n" + opened.shell().greeting());
            prompt();
        } else if (octet < 0 && port.isInputDone()) {
            finish(End.LEFT);
            return true;
        }
        return octet >= 0;
    }
}
