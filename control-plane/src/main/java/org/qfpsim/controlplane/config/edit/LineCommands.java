package org.qfpsim.controlplane.config.edit;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.HashedSecret;
import org.qfpsim.controlplane.config.model.TerminalConfig;
import org.qfpsim.controlplane.terminal.TerminalLines;
import org.qfpsim.controlplane.terminal.TerminalSettings;

/** {@code line con|vty}, {@code enable secret} and {@code banner motd}. */
final class LineCommands {
    private static final TerminalSettings.Defaults STANDARD = TerminalSettings.Defaults.STANDARD;
    private static final Argument<Long> CONSOLE = Argument.number(0, 0);
    private static final Argument<Long> FIRST = Argument.number(0, TerminalLines.VIRTUAL - 1);
    private static final Argument<Long> LAST = Argument.number(0, TerminalLines.VIRTUAL - 1);
    private static final Argument<Long> MINUTES = Argument.number(0, 35_791);
    private static final Argument<Long> SECONDS = Argument.number(0, 2_147_483);
    private static final Argument<Long> SCREEN = Argument.number(0, 512);
    private static final Argument<Long> HISTORY = Argument.number(0, 256);
    private static final Argument<Long> PRIVILEGE = Argument.number(0, 15);
    private static final Argument<String> BANNER = Argument.line();

    private final Mode mode;
    private final Mode.Stack stack;
    private final LineDraft console = new LineDraft();
    private final List<LineDraft> virtual = Stream.generate(LineDraft::new).limit(TerminalLines.VIRTUAL).toList();
    private final LoginCommands login;
    private @Nullable HashedSecret enableSecret;
    private String banner = "";
    /** The lines that the mode is for; -1 is the console. */
    private int first = -1;
    private int last = -1;

    LineCommands(final Mode global, final Mode.Stack stack) {
        this.stack = stack;
        mode = Mode.of("(config-line)", global);
        login = new LoginCommands(global);
        final Branch root = global.commands();
        Secrets.read(root.on("enable", "Modify enable password parameters").on("secret", "Assign the privileged level secret")
            .undo(in -> enableSecret = null), "'enable' secret", (in, secret) -> enableSecret = secret);
        root.on("banner", "Define a login banner").on("motd", "Set Message of the Day banner").undo(in -> banner = "")
            .arg(BANNER, "c banner-text c, where 'c' is a delimiting character").does(this::banner);
        final Branch line = root.on("line", "Configure a terminal line");
        line.on("console", "Primary terminal line").arg(CONSOLE, "First Line number").does(in -> enter(-1, -1));
        final Branch vty = line.on("vty", "Virtual terminal").arg(FIRST, "First Line number").does(this::virtual);
        vty.arg(LAST, "Last Line number").does(this::virtual);
        inMode(mode.commands());
    }

    private void banner(final Input input) throws CommandRefusal {
        final String text = input.get(BANNER);
        final int end = text.indexOf(text.charAt(0), 1);
        if (end < 0) {
            throw CommandRefusal.because("The banner must end on its line with the character it begins with");
        }
        final String inner = text.substring(1, end);
        if (inner.indexOf('^') >= 0) {
            // It stands around the banner when the configuration is written.
            throw CommandRefusal.because("The banner cannot have the character ^ in it");
        }
        banner = inner;
    }

    private void virtual(final Input input) throws CommandRefusal {
        final int from = Arguments.integer(input, FIRST);
        final int to = Arguments.integer(input, LAST, from);
        if (to < from) {
            throw input.invalid(LAST);
        }
        enter(from, to);
    }

    private void enter(final int from, final int to) {
        first = from;
        last = to;
        stack.enter(mode);
    }

    private void inMode(final Branch root) {
        final Branch timeout = root.on("exec-timeout", "Set the EXEC timeout").undo(in -> idle(0))
            .reset(in -> idle(STANDARD.idleSeconds()));
        timeout.arg(MINUTES, "Timeout in minutes").does(in -> idle(in.get(MINUTES) * 60))
            .arg(SECONDS, "Timeout in seconds").does(in -> idle(in.get(MINUTES) * 60 + in.get(SECONDS)));
        root.on("length", "Set number of lines on a screen").undo(in -> each(line -> line.length = STANDARD.length()))
            .arg(SCREEN, "Number of lines on screen (0 for no pausing)")
            .does(in -> each(line -> line.length = Arguments.integer(in, SCREEN)));
        root.on("width", "Set width of the display terminal").undo(in -> each(line -> line.width = STANDARD.width()))
            .arg(SCREEN, "Number of characters on a screen line").does(in -> each(line -> line.width = Arguments.integer(in, SCREEN)));
        root.on("history", "Enable and control the command history function").undo(in -> history(0))
            .reset(in -> history(STANDARD.historySize()))
            .on("size", "Set history buffer size").undo(in -> history(STANDARD.historySize()))
            .arg(HISTORY, "Size of history buffer").does(in -> history(Arguments.integer(in, HISTORY)));
        root.on("logging", "Modify message logging facilities").on("synchronous", "Synchronized message output")
            .does(in -> each(line -> line.synchronous = true)).undo(in -> each(line -> line.synchronous = false));
        root.on("privilege", "Change privilege level for line").on("level", "Assign default privilege level for line")
            .undo(in -> each(line -> line.privilege = STANDARD.privilege())).arg(PRIVILEGE, "Default privilege level for line")
            .does(in -> each(line -> line.privilege = Arguments.integer(in, PRIVILEGE)));
        root.on("login", "Enable password checking").undo(in -> each(line -> line.loginLocal = false))
            .on("local", "Local password checking").does(in -> each(line -> line.loginLocal = true));
        final Branch input = root.on("transport", "Define transport protocols for line")
            .on("input", "Define which protocols to use when connecting to the terminal server").undo(in -> ssh(false));
        input.on("none", "No protocols").does(in -> ssh(false));
        input.on("ssh", "TCP/IP SSH protocol").does(in -> ssh(true));
    }

    private void idle(final long seconds) {
        each(line -> line.idleSeconds = seconds);
    }

    private void history(final int lines) {
        each(line -> line.historySize = lines);
    }

    private void ssh(final boolean on) throws CommandRefusal {
        if (first < 0) {
            throw CommandRefusal.because("Nobody comes in at the console: transport input is for line vty");
        }
        each(line -> line.ssh = on);
    }

    private void each(final Consumer<LineDraft> change) {
        if (first < 0) {
            change.accept(console);
        } else {
            virtual.subList(first, last + 1).forEach(change);
        }
    }

    TerminalConfig build() {
        return new TerminalConfig(enableSecret, banner, console.build(), virtual.stream().map(LineDraft::build).toList(), login.build());
    }
}
