package org.qfpsim.controlplane.terminal;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session on a terminal line: reads keys, runs commands, shows their output page by page. The control thread calls {@link #work};
 * nothing in here waits. While the way out is full nothing goes on, so a reader that has stopped costs no more than what is in its port.
 */
final class TerminalSession {
    /** A reader that takes nothing for so long is gone. */
    static final long STALL_NANOS = 60_000_000_000L;
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    /** Characters of a line of output that are shown at one go. */
    private static final int PIECE = 2048;
    private static final String MORE = " --More-- ";
    private static final String ERASE = "\b".repeat(9) + " ".repeat(8) + "\b".repeat(9);

    private final TerminalPort port;
    private final Caller caller;
    private final String name;
    private final Supplier<Opened> opener;
    private final LogQueue logs = new LogQueue();
    private final PlainLine plain = new PlainLine();
    /** What is to be shown, and the piece of it that is under way. */
    private final StringBuilder held = new StringBuilder();
    private byte[] sending = {};
    private int sent;
    private Opened opened;
    private LineEditor editor;
    private State state = State.BEGIN;
    private End end = End.OPEN;
    private CommandRun run = new CommandRun(out -> { }, false);
    private boolean helping;
    private @Nullable String piece;
    private int linesOnPage;
    private long now;
    private long lastInput;
    private long blockedSince = -1;

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
        opened = opener.get();
        editor = editor();
        now = nanos;
        lastInput = nanos;
    }

    private LineEditor editor() {
        return new LineEditor(opened.settings(), opened.history(), this::write);
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
        final long stall = blockedSince < 0 ? Long.MAX_VALUE : blockedSince + STALL_NANOS;
        return end != End.OPEN ? Long.MAX_VALUE : Math.min(stall, idle == Long.MAX_VALUE ? idle : lastInput + idle);
    }

    /** Ends it from the router's side. */
    void finish(final End how) {
        if (end == End.OPEN) {
            end = how;
            run.interrupt();
            drain();
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
        if (blockedSince >= 0 && now - blockedSince >= STALL_NANOS) {
            finish(End.STALLED);
        } else if (now - lastInput >= idleLimit()) {
            run.interrupt();
            if (caller.console()) {
                state = State.AVAILABLE;
                write("\n\n\n" + name + " is now available\n\n\n\n\n\nPress RETURN to get started.\n\n\n");
                drain();
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
            run.interrupt();
            piece = null;
        }
        if (!drain()) {
            blockedSince = blockedSince < 0 ? now : blockedSince;
            return false;
        }
        blockedSince = -1;
        return switch (state) {
            case BEGIN -> {
                write((caller.screen() ? "\n" : "") + opened.shell().greeting());
                prompt();
                yield true;
            }
            case PROMPT -> showLog() || input();
            case RUNNING -> output();
            case MORE -> more();
            case AVAILABLE -> showLog() || available();
        };
    }

    private void write(final String text) {
        held.append(caller.screen() ? text.replace("\n", "\r\n") : text);
    }

    /** Hands over what there is room for; returns whether that was all. */
    private boolean drain() {
        while (sent < sending.length || !held.isEmpty()) {
            if (sent == sending.length) {
                sending = held.toString().getBytes(StandardCharsets.UTF_8);
                sent = 0;
                held.setLength(0);
            }
            final int taken = port.show(sending, sent);
            sent += taken;
            if (taken == 0) {
                return false;
            }
        }
        return true;
    }

    private boolean showLog() {
        final boolean free = !caller.screen() ? plain.isEmpty()
            : state == State.AVAILABLE || editor.isEmpty() || opened.settings().defaults().synchronous();
        final String line = logs.isEmpty() || !free ? null : logs.next();
        if (line == null) {
            return false;
        }
        if (!caller.screen() || state == State.AVAILABLE) {
            write(line + "\n");
        } else {
            write("\n" + line + "\n");
            editor.redisplay(opened.shell().prompt());
        }
        return true;
    }

    private void prompt() {
        if (opened.shell().isEnded()) {
            finish(End.LEFT);
            return;
        }
        state = State.PROMPT;
        for (String line = logs.next(); line != null; line = logs.next()) {
            write(line + "\n");
        }
        if (caller.screen()) {
            editor.start(opened.shell().prompt(), opened.shell().isHidden());
        }
    }

    private boolean input() {
        final int octet = port.next();
        if (octet < 0) {
            final boolean done = port.isInputDone();
            if (done && !plain.isEmpty()) {
                plainLine();
            } else if (done) {
                finish(End.LEFT);
            }
            return done;
        }
        lastInput = now;
        if (caller.screen()) {
            key(octet);
        } else if (plain.add(octet)) {
            plainLine();
        }
        return true;
    }

    private void plainLine() {
        final String prompt = opened.shell().prompt();
        final long length = plain.length();
        final boolean tooLong = plain.isTooLong();
        final String line = plain.take();
        write(prompt + (opened.shell().isHidden() ? "" : line) + "\n");
        if (tooLong) {
            write("% Command line of " + length + " octets is too long: at most " + LineEditor.LONGEST + "\n");
        } else if (opened.shell().isAtCommand() && line.endsWith("?") && !line.contains("|")) {
            helping = true;
            start(new CommandRun(out -> out.print(opened.shell().help(line.substring(0, line.length() - 1))), false));
        } else {
            command(line, prompt.length());
        }
    }

    private void key(final int octet) {
        final Shell shell = opened.shell();
        switch (editor.octet(octet, shell.isAtCommand())) {
            case LINE -> {
                write("\n");
                command(editor.line(), editor.promptWidth());
            }
            case HELP -> {
                final String line = editor.beforeCursor();
                write("?\n");
                helping = true;
                start(new CommandRun(out -> out.print(shell.help(line) + "\n"), false));
            }
            case COMPLETE -> {
                final String before = editor.beforeCursor();
                final String completed = before.length() == editor.line().length() ? shell.complete(before) : null;
                write("\n");
                editor.redisplay(shell.prompt());
                editor.replace(completed == null ? editor.line() : completed);
            }
            case ABORT -> {
                write("^C\n");
                shell.endConfiguration();
                abort(shell);
            }
            case END -> {
                final String line = editor.line();
                write("^Z\n");
                start(new CommandRun(out -> {
                    shell.run(line, out, editor.promptWidth());
                    shell.endConfiguration();
                }, false));
            }
            case REDISPLAY -> {
                write("\n");
                editor.redisplay(shell.prompt());
            }
            case NONE -> {
            }
        }
    }

    private void abort(final Shell shell) {
        if (shell.isAtCommand()) {
            prompt();
        } else {
            command("", editor.promptWidth());
        }
    }

    private void command(final String line, final int column) {
        final Shell shell = opened.shell();
        if (shell.isAtCommand()) {
            opened.history().add(line);
        }
        start(new CommandRun(out -> shell.run(line, out, column), shell.isAtCommand() && shell.onlyReads(line)));
    }

    private void start(final CommandRun next) {
        run = next;
        linesOnPage = 0;
        state = State.RUNNING;
    }

    private boolean output() {
        final String next = piece == null ? run.next(PIECE) : piece;
        piece = null;
        final TerminalSettings settings = opened.settings();
        if (next == null && run.isHeld()) {
            return false;
        }
        if (next == null) {
            ended();
        } else if (caller.screen() && settings.length() > 0 && linesOnPage >= Math.max(1, settings.length() - 1)) {
            piece = next;
            write(MORE);
            state = State.MORE;
        } else {
            write(next);
            final int wraps = settings.width() == 0 ? 0 : (next.length() - 1) / settings.width();
            linesOnPage += wraps + (next.endsWith("\n") ? 1 : 0);
        }
        return true;
    }

    private void ended() {
        if (helping && caller.screen()) {
            state = State.PROMPT;
            editor.redisplay(opened.shell().prompt());
        } else {
            prompt();
        }
        helping = false;
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
        write(ERASE);
        state = State.RUNNING;
        if (octet == ' ') {
            linesOnPage = 0;
        } else if (octet == '\r' || octet == '\n') {
            linesOnPage--;
        } else {
            run.interrupt();
            piece = null;
        }
        return true;
    }

    private boolean available() {
        final int octet = port.next();
        if (octet == '\r' || octet == '\n') {
            opened = opener.get();
            editor = editor();
            lastInput = now;
            write("\n" + opened.shell().greeting());
            prompt();
        } else if (octet < 0 && port.isInputDone()) {
            finish(End.LEFT);
            return true;
        }
        return octet >= 0;
    }
}
