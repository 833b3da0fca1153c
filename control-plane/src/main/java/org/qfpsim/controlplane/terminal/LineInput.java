package org.qfpsim.controlplane.terminal;

/**
 * What is typed into a session, until it is a line: on a screen key by key, otherwise as it comes. Each line becomes a {@link CommandRun}.
 */
final class LineInput {
    private final Caller caller;
    private final TerminalSession.Opened opened;
    private final Shell shell;
    private final SessionOutput shown;
    private final Owner owner;
    private final LineEditor editor;
    private final PlainLine plain = new PlainLine();
    private boolean helping;

    /** The session that it belongs to. */
    interface Owner {
        /** Something is to be run. */
        void start(CommandRun run);

        /** The line was given up: a prompt is wanted. */
        void prompt();
    }

    LineInput(final Caller caller, final TerminalSession.Opened opened, final SessionOutput shown, final Owner owner) {
        this.caller = caller;
        this.opened = opened;
        shell = opened.shell();
        this.shown = shown;
        this.owner = owner;
        editor = new LineEditor(opened.settings(), opened.history(), shown::write);
    }

    /** Whether a log line may be shown now without disturbing a line that is typed. */
    boolean isUndisturbed() {
        return caller.screen() ? editor.isEmpty() || opened.settings().defaults().synchronous() : plain.isEmpty();
    }

    /** Begins a line. */
    void prompt() {
        if (caller.screen()) {
            editor.start(shell.prompt(), shell.isHidden());
        }
    }

    /** Goes on with the line that was typed when help was asked for; false if there was none. */
    boolean resume() {
        final boolean resumed = helping && caller.screen();
        helping = false;
        if (resumed) {
            editor.redisplay(shell.prompt());
        }
        return resumed;
    }

    /** Shows a log line, and what was typed again behind it. */
    void log(final String line) {
        if (caller.screen()) {
            shown.write("\n" + line + "\n");
            editor.redisplay(shell.prompt());
        } else {
            shown.write(line + "\n");
        }
    }

    void octet(final int octet) {
        if (caller.screen()) {
            key(octet);
        } else if (plain.add(octet)) {
            plainLine();
        }
    }

    /** Nothing more will be typed; returns false if that is the end, and true if a line without its end was left. */
    boolean last() {
        final boolean left = !plain.isEmpty();
        if (left) {
            plainLine();
        }
        return left;
    }

    private void plainLine() {
        final String prompt = shell.prompt();
        final long length = plain.length();
        final boolean tooLong = plain.isTooLong();
        final String line = plain.take();
        final boolean transcript = caller.manner() == Caller.Manner.TRANSCRIPT;
        if (transcript) {
            shown.write(prompt + (shell.isHidden() ? "" : line) + "\n");
        }
        if (tooLong) {
            shown.write("% Command line of " + length + " octets is too long: at most " + LineEditor.LONGEST + "\n");
        } else if (shell.isAtCommand() && line.endsWith("?") && !line.contains("|")) {
            helping = true;
            owner.start(new CommandRun(out -> out.print(shell.help(line.substring(0, line.length() - 1))), false));
        } else {
            command(line, transcript ? prompt.length() : -1);
        }
    }

    private void key(final int octet) {
        switch (editor.octet(octet, shell.isAtCommand())) {
            case LINE -> {
                shown.write("\n");
                command(editor.line(), editor.promptWidth());
            }
            case HELP -> {
                final String line = editor.beforeCursor();
                shown.write("?\n");
                helping = true;
                owner.start(new CommandRun(out -> out.print(shell.help(line) + "\n"), false));
            }
            case COMPLETE -> {
                final String before = editor.beforeCursor();
                final String completed = before.length() == editor.line().length() ? shell.complete(before) : null;
                shown.write("\n");
                editor.redisplay(shell.prompt());
                editor.replace(completed == null ? editor.line() : completed);
            }
            case ABORT -> abort();
            case END -> {
                final String line = editor.line();
                shown.write("^Z\n");
                owner.start(new CommandRun(out -> {
                    shell.run(line, out, editor.promptWidth());
                    shell.endConfiguration();
                }, false));
            }
            case REDISPLAY -> {
                shown.write("\n");
                editor.redisplay(shell.prompt());
            }
            case NONE -> {
            }
        }
    }

    private void abort() {
        shown.write("^C\n");
        shell.endConfiguration();
        if (shell.isAtCommand()) {
            owner.prompt();
        } else {
            command("", editor.promptWidth());
        }
    }

    /** Runs a line; column: where it begins on the screen, -1 if it is not there. */
    private void command(final String line, final int column) {
        if (shell.isAtCommand()) {
            opened.history().add(line);
        }
        owner.start(new CommandRun(out -> shell.run(line, out, column), shell.isAtCommand() && shell.onlyReads(line)));
    }
}
