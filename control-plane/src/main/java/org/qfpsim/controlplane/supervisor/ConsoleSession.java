package org.qfpsim.controlplane.supervisor;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.config.model.HashedSecret;
import org.qfpsim.controlplane.show.ColumnSources;
import org.qfpsim.controlplane.show.CommandTree;
import org.qfpsim.controlplane.show.FileFilter;
import org.qfpsim.controlplane.show.Result;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.History;
import org.qfpsim.controlplane.terminal.Shell;
import org.qfpsim.controlplane.terminal.TerminalSettings;

/** A session of the command language: user exec, privileged exec or configuration mode, or a question that waits for its answer. */
public final class ConsoleSession implements Shell {
    /** Level of privileged exec mode. */
    static final int PRIVILEGED = 15;
    private static final Pattern DO = Pattern.compile("\\s*do(?:\\s+|$)");

    private final Supervisor supervisor;
    private final Console console;
    private final Place place;
    private final SessionCommands own;
    private final LoginQuestions login;
    private final ConfigMode configuring;
    private @Nullable CommandTree userTree;
    private @Nullable CommandTree privilegedTree;
    private @Nullable Question question;
    private Output later = text -> { };
    private Output current = later;
    private String user;
    private boolean privileged;
    private boolean ended;

    /**
     * Where a session is.
     *
     * @param caller   who has opened it.
     * @param settings of its terminal line.
     * @param history  of its command lines.
     * @param users    text of {@code show users}.
     */
    record Place(Caller caller, TerminalSettings settings, History history, Supplier<String> users) {
    }

    ConsoleSession(final Supervisor supervisor, final Console console, final Place place) {
        this.supervisor = supervisor;
        this.console = console;
        this.place = place;
        own = new SessionCommands(this, place);
        login = new LoginQuestions(this, supervisor);
        configuring = new ConfigMode(supervisor);
        user = place.caller().user();
        final TerminalSettings.Defaults line = place.settings().defaults();
        privileged = line.privilege() == PRIVILEGED || !user.isEmpty() && place.caller().privilege() == PRIVILEGED;
        if (line.loginLocal() && user.isEmpty()) {
            login.user();
        }
    }

    @Override
    public String greeting() {
        final String banner = supervisor.config().terminal().banner();
        return (banner.isEmpty() ? "" : banner + "\n") + (question == null ? "" : "\nUser Access Verification\n\n");
    }

    @Override
    public String prompt() {
        final Question asked = question;
        return asked != null ? asked.prompt()
            : configuring.isOn() ? configuring.prompt() : supervisor.config().hostname() + (privileged ? "#" : ">");
    }

    @Override
    public boolean isAtCommand() {
        return question == null;
    }

    @Override
    public boolean isHidden() {
        final Question asked = question;
        return asked != null && asked.hidden();
    }

    @Override
    public boolean isConfiguring() {
        return configuring.isOn();
    }

    @Override
    public void endConfiguration() {
        configuring.leave();
        final Question asked = question;
        if (asked != null && asked.ofCommand()) {
            question = null;
        }
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public boolean onlyReads(final String line) {
        final String word = line.substring(Math.max(0, execStart(line))).stripLeading().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        return execStart(line) >= 0 && word.length() > 1 && ("show".startsWith(word) || "more".startsWith(word));
    }

    /** Where a command of exec mode begins in a line; -1 if the line is one of configuration. */
    private int execStart(final String line) {
        if (!configuring.isOn()) {
            return 0;
        }
        final Matcher matcher = DO.matcher(line);
        return matcher.lookingAt() ? matcher.end() : -1;
    }

    @Override
    public void run(final String line, final Output out, final int column) {
        final Question asked = question;
        if (asked != null) {
            question = null;
            asked.answer().given(line, new AskingOutput(out, this::ask));
        } else if (!line.stripLeading().startsWith("!")) {
            typed(line, new AskingOutput(out, this::ask), column);
        }
    }

    private boolean typed(final String line, final Output out, final int column) {
        final int start = execStart(line);
        return start < 0 ? configuring.run(line, out, column) : exec(line.substring(start), out, column < 0 ? column : column + start);
    }

    private boolean exec(final String line, final Output out, final int column) {
        if (configuring.isOn() && line.isBlank()) {
            out.print(CommandRefusal.incomplete().text());
            return false;
        }
        return FileFilter.run(line, supervisor.parts().flash(), (command, output, refusals) -> tree().execute(command, output,
            refusal -> refusals.print(column < 0 ? refusal.text() : refusal.textBelow(column))), out);
    }

    /** The commands of the mode of exec that the session is in. */
    CommandTree tree() {
        CommandTree tree = privileged ? privilegedTree : userTree;
        if (tree == null && privileged) {
            tree = console.privileged(own.privileged());
            privilegedTree = tree;
        } else if (tree == null) {
            tree = console.user(own.user());
            userTree = tree;
        }
        return tree;
    }

    /**
     * Takes a line where there is no screen: what a scenario and an applet type.
     *
     * @param line as typed.
     * @return what the terminal shows; a wrong line is shown again, with the marker below it.
     */
    public String type(final String line) {
        return run(line).text();
    }

    /**
     * As {@link #type}, and says whether the line was accepted.
     *
     * @param line as typed.
     * @return the result.
     */
    public Result run(final String line) {
        final StringBuilder text = new StringBuilder();
        final boolean ok = run(line, text::append);
        return new Result(ok, text.toString());
    }

    /**
     * As {@link #run(String)}, for output that may be long.
     *
     * @param line as typed.
     * @param out  gets what the terminal shows as it comes into being.
     * @return whether the line was accepted.
     */
    public boolean run(final String line, final Output out) {
        boolean accepted = true;
        if (question == null && !line.stripLeading().startsWith("!")) {
            final ScriptedOutput scripted = new ScriptedOutput(out);
            current = scripted;
            accepted = typed(line, scripted, -1);
            scripted.returned(later);
        } else {
            run(line, out, -1);
        }
        ended = false;
        return accepted;
    }

    /**
     * Where a command's output goes that comes when {@link #run(String, Output)} has returned ({@code ping}); nowhere unless set.
     *
     * @param out takes it.
     */
    public void later(final Output out) {
        later = out;
    }

    /**
     * Where the output of a command of exec mode comes from.
     *
     * @param line as typed.
     * @return a row for some columns each; none if it is no {@code show} command.
     */
    public List<ColumnSources.Row> sources(final String line) {
        final int start = execStart(line);
        return start < 0 ? List.of() : tree().canonical(line.substring(start))
            .map(command -> ColumnSources.of(command, supervisor.parts().machine().isMeasured())).orElse(List.of());
    }

    /** The router has lost its power: whoever waits for the end of a command that goes on waits no longer. */
    public void powerLost() {
        current.release();
    }

    @Override
    public String help(final String line) {
        final int start = execStart(line);
        try {
            return start >= 0 ? tree().help(line.substring(start)) : configuring.help(line);
        } catch (final CommandRefusal refusal) {
            return refusal.column() < 0 ? refusal.text() : "% Unrecognized command\n";
        }
    }

    @Override
    public @Nullable String complete(final String line) {
        final int start = execStart(line);
        if (start < 0) {
            return configuring.complete(line);
        }
        final String completed = tree().complete(line.substring(start));
        return completed == null ? null : line.substring(0, start) + completed;
    }

    String startConfiguring() {
        return configuring.start();
    }

    void ask(final Question next) {
        question = next;
    }

    void loggedIn(final String name, final int privilege) {
        user = name;
        privileged |= privilege == PRIVILEGED;
    }

    void privileged(final boolean on) {
        privileged = on;
    }

    String privilege() {
        return "Current privilege level is " + (privileged ? PRIVILEGED : 1) + "\n";
    }

    void leave() {
        ended = true;
    }

    /** {@code enable}: asks for the secret if there is one. */
    String enable() {
        final HashedSecret secret = supervisor.config().terminal().enableSecret();
        if (secret == null && !privileged && !place.caller().trusted()) {
            return "% No password set\n";
        }
        if (secret == null || privileged) {
            privileged = true;
        } else {
            login.secret(secret);
        }
        return "";
    }
}
