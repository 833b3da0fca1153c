package org.qfpsim.controlplane.show;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Grammar;

/**
 * Runs command lines of exec mode: a command that {@link Grammar} reads, then output filters. A line that ends in a question mark asks
 * for help.
 */
public final class CommandTree {
    /** Longest line that a terminal line of the platform takes. */
    static final int MAX_LINE = 254;

    private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cntrl}");

    private final Grammar grammar;

    /**
     * Makes a command language.
     *
     * @param commands what a line may start with.
     */
    public CommandTree(final CommandNode... commands) {
        grammar = new Grammar(CommandNode.group("", "", commands));
    }

    /**
     * Runs one command line.
     *
     * @param typed what was typed, without its end of line; may be empty. A control character counts as a blank.
     * @return the output, or why the line was refused.
     */
    public Result execute(final String typed) {
        if (typed.length() > MAX_LINE) {
            return new Result(false, "% Command line of " + typed.length() + " characters is too long: at most " + MAX_LINE + "\n");
        }
        final String line = CONTROL_CHARACTER.matcher(typed).replaceAll(" ");
        try {
            final int pipe = line.indexOf('|');
            if (pipe < 0 && line.stripTrailing().endsWith("?")) {
                return new Result(true, grammar.help(line, line.lastIndexOf('?'), true));
            }
            if (line.isBlank()) {
                return new Result(true, "");
            }
            final Grammar.Command command = grammar.read(line, pipe < 0 ? line.length() : pipe);
            final List<OutputFilter> filters = pipe < 0 ? List.of() : OutputFilter.parse(line, pipe);
            return new Result(true, filtered(command.run(), filters));
        } catch (final CommandRefusal refusal) {
            return new Result(false, refusal.text());
        }
    }

    private static String filtered(final String output, final List<OutputFilter> filters) {
        if (filters.isEmpty()) {
            return output;
        }
        List<String> lines = output.lines().toList();
        for (final OutputFilter filter : filters) {
            lines = filter.apply(lines);
        }
        return lines.stream().map(text -> text + "\n").collect(Collectors.joining());
    }
}
