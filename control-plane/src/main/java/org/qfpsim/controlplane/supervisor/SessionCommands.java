package org.qfpsim.controlplane.supervisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.terminal.TerminalSettings;

/** Commands that belong to one session: its mode, its terminal line. */
final class SessionCommands {
    private static final Argument<Long> SCREEN = Argument.number(0, 512);
    private static final Argument<Long> HISTORY = Argument.number(0, 256);

    private final ConsoleSession session;
    private final ConsoleSession.Place place;

    SessionCommands(final ConsoleSession session, final ConsoleSession.Place place) {
        this.session = session;
        this.place = place;
    }

    CommandNode[] user() {
        return new CommandNode[] {
            CommandNode.command("disable", "Turn off privileged commands", () -> ended(() -> session.privileged(false))),
            CommandNode.command("enable", "Turn on privileged commands", session::enable),
            CommandNode.command("exit", "Exit from the EXEC", () -> ended(session::leave)),
            CommandNode.command("logout", "Exit from the EXEC", () -> ended(session::leave)),
            CommandNode.group("show", "Show running system information",
                CommandNode.command("history", "Display the session command history", this::history),
                CommandNode.command("privilege", "Show current privilege level", session::privilege),
                CommandNode.command("users", "Display information about terminal lines", place.users()::get)),
            CommandNode.group("terminal", "Set terminal line parameters", terminal()),
            CommandNode.command("who", "Display information about terminal lines", place.users()::get)};
    }

    CommandNode[] privileged() {
        final List<CommandNode> all = new ArrayList<>(Arrays.asList(user()));
        all.add(CommandNode.group("configure", "Enter configuration mode",
            CommandNode.command("terminal", "Configure from the terminal", session::startConfiguring)));
        return all.toArray(CommandNode[]::new);
    }

    private static String ended(final Runnable action) {
        action.run();
        return "";
    }

    private String history() {
        final StringBuilder text = new StringBuilder();
        place.history().lines().forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    private CommandNode[] terminal() {
        final TerminalSettings settings = place.settings();
        return new CommandNode[] {
            CommandNode.group("default", "Set a command to its defaults", reset(settings)),
            CommandNode.group("history", "Enable and control the command history function",
                CommandNode.group("size", "Set history buffer size", number(HISTORY, "Size of history buffer", settings::historySize))),
            CommandNode.group("length", "Set number of lines on a screen",
                number(SCREEN, "Number of lines on screen (0 for no pausing)", settings::length)),
            CommandNode.command("monitor", "Copy debug output to the current terminal line", () -> monitor(true)),
            CommandNode.group("no", "Negate a command or set its defaults", reset(settings)),
            CommandNode.group("width", "Set width of the display terminal",
                number(SCREEN, "Number of characters on a screen line", settings::width))};
    }

    private CommandNode[] reset(final TerminalSettings settings) {
        return new CommandNode[] {
            reset("history", "Enable and control the command history function",
                now -> now.historySize(now.defaults().historySize()), settings),
            reset("length", "Set number of lines on a screen", now -> now.length(now.defaults().length()), settings),
            CommandNode.command("monitor", "Copy debug output to the current terminal line", () -> monitor(false)),
            reset("width", "Set width of the display terminal", now -> now.width(now.defaults().width()), settings)};
    }

    private static CommandNode reset(final String word, final String help, final Consumer<TerminalSettings> action,
                                     final TerminalSettings settings) {
        return CommandNode.command(word, help, () -> ended(() -> action.accept(settings)));
    }

    private static CommandNode number(final Argument<Long> argument, final String help, final IntConsumer setter) {
        return CommandNode.argument(argument, help, input -> {
            setter.accept(Math.toIntExact(input.get(argument)));
            return "";
        });
    }

    private String monitor(final boolean on) {
        if (place.caller().console()) {
            return on ? "% Console already monitors\n" : "";
        }
        place.settings().monitor(on);
        return "";
    }
}
