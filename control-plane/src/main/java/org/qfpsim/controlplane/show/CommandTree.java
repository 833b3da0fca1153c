package org.qfpsim.controlplane.show;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Grammar;
import org.qfpsim.controlplane.cli.Output;

/**
 * Runs command lines of exec mode: a command that {@link Grammar} reads, then output filters. A line that ends in a question mark asks
 * for help.
 */
public final class CommandTree {
    /** Longest line that a terminal line of the platform takes. */
    static final int MAX_LINE = 254;

    private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cntrl}");

    private final List<CommandNode> commands;
    private final Grammar grammar;

    /**
     * Makes a command language.
     *
     * @param commands whole commands from the first word on, in any order; what they have in common is put together.
     */
    public CommandTree(final List<CommandNode> commands) {
        this.commands = CommandNode.merge(commands);
        grammar = new Grammar(CommandNode.group("", "", this.commands.toArray(CommandNode[]::new)));
    }

    /** All of them, put together. */
    public List<CommandNode> commands() {
        return commands;
    }

    /**
     * Runs one command line.
     *
     * @param typed what was typed, without its end of line; may be empty. A control character counts as a blank.
     * @return the output, or why the line was refused.
     */
    public Result execute(final String typed) {
        final StringBuilder text = new StringBuilder();
        final boolean ok = execute(typed, text::append);
        return new Result(ok, text.toString());
    }

    /**
     * Runs one command line.
     *
     * @param typed what was typed, without its end of line; may be empty. A control character counts as a blank.
     * @param out   gets the output as it comes into being, or why the line was refused.
     * @return false if the line was refused.
     */
    public boolean execute(final String typed, final Output out) {
        return execute(typed, out, refusal -> out.print(refusal.text()));
    }

    /**
     * Runs one command line.
     *
     * @param typed   what was typed, without its end of line; may be empty. A control character counts as a blank.
     * @param out     gets the output as it comes into being.
     * @param refused is told why the line was refused.
     * @return false if the line was refused.
     */
    public boolean execute(final String typed, final Output out, final Consumer<CommandRefusal> refused) {
        if (typed.length() > MAX_LINE) {
            refused.accept(CommandRefusal.because("Command line of " + typed.length() + " characters is too long: at most " + MAX_LINE));
            return false;
        }
        final String line = CONTROL_CHARACTER.matcher(typed).replaceAll(" ");
        try {
            final int pipe = line.indexOf('|');
            if (pipe < 0 && line.stripTrailing().endsWith("?")) {
                out.print(grammar.help(line, line.lastIndexOf('?'), true));
            } else if (!line.isBlank()) {
                final Grammar.Command command = grammar.read(line, pipe < 0 ? line.length() : pipe);
                run(command, pipe < 0 ? List.of() : OutputFilter.parse(line, pipe), out);
            }
            return true;
        } catch (final CommandRefusal refusal) {
            refused.accept(refusal);
            return false;
        }
    }

    /**
     * A command line as it is understood.
     *
     * @param line as typed, with output filters or not.
     * @return the command with its keywords in full; empty if it is none.
     */
    public Optional<String> canonical(final String line) {
        final int pipe = line.indexOf('|');
        try {
            return line.isBlank() ? Optional.empty()
                : Optional.of(grammar.read(line, pipe < 0 ? line.length() : pipe).input().canonical());
        } catch (final CommandRefusal refusal) {
            return Optional.empty();
        }
    }

    /**
     * Help for a question mark that is typed behind a line.
     *
     * @param line what stands in front of it.
     * @return whole lines.
     * @throws CommandRefusal if what stands in front of it is wrong.
     */
    public String help(final String line) throws CommandRefusal {
        final int pipe = line.indexOf('|');
        if (pipe < 0) {
            return grammar.help(line + "?", line.length(), true);
        }
        grammar.read(line, pipe);
        return Modifiers.help(line.substring(line.lastIndexOf('|') + 1));
    }

    /**
     * Completes the last word of a line.
     *
     * @param line what stands in front of the cursor.
     * @return the line with the whole word and a blank behind it; null if no word or more than one is possible.
     */
    public @Nullable String complete(final String line) {
        final int pipe = line.lastIndexOf('|') + 1;
        if (pipe == 0) {
            return grammar.complete(line);
        }
        final String completed = Modifiers.complete(line.substring(pipe));
        return completed == null ? null : line.substring(0, pipe) + completed;
    }

    private static void run(final Grammar.Command command, final List<OutputFilter> filters, final Output out) throws CommandRefusal {
        if (filters.isEmpty()) {
            command.run(out);
        } else {
            final FilteredOutput filtered = new FilteredOutput(filters, out);
            command.run(filtered);
            filtered.returned();
        }
    }
}
