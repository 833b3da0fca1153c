package org.qfpsim.controlplane.show;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes command lines apart: keywords, each of which may be cut short as long as it stays the only one, then output filters.
 *
 * <p>A line that ends in a question mark asks for help: for the next keyword after a blank, else for the ends of the word before it. The
 * marker of an invalid line stands below the first character that no keyword has.
 */
public final class CommandTree {
    /** Longest line that a terminal line of the platform takes. */
    static final int MAX_LINE = 254;

    private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cntrl}");

    private final CommandNode root;

    /**
     * Makes a command language.
     *
     * @param commands what a line may start with.
     */
    public CommandTree(final CommandNode... commands) {
        root = CommandNode.group("", "", commands);
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
                return new Result(true, help(line, line.lastIndexOf('?')));
            }
            final List<Word> words = Word.split(line, 0, pipe < 0 ? line.length() : pipe);
            if (words.isEmpty() && pipe < 0) {
                return new Result(true, "");
            }
            final CommandNode node = resolve(words, line);
            if (node.action() == null) {
                throw CommandRefusal.incomplete();
            }
            final List<OutputFilter> filters = pipe < 0 ? List.of() : OutputFilter.parse(line, pipe);
            return new Result(true, filtered(node.action().get(), filters));
        } catch (final CommandRefusal refusal) {
            return new Result(false, refusal.text());
        }
    }

    private CommandNode resolve(final List<Word> words, final String line) throws CommandRefusal {
        CommandNode node = root;
        for (final Word word : words) {
            node = word.resolve(node.children(), CommandNode::keyword, line);
            if (node.help() == null) {
                throw CommandRefusal.invalid(line, word.column());
            }
        }
        return node;
    }

    private String help(final String line, final int mark) throws CommandRefusal {
        final List<Word> words = Word.split(line, 0, mark);
        final boolean nextWord = mark == 0 || Character.isWhitespace(line.charAt(mark - 1));
        if (nextWord) {
            return listing(resolve(words, line));
        }
        final String typed = words.getLast().text().toLowerCase(Locale.ROOT);
        final String ends = resolve(words.subList(0, words.size() - 1), line).children().stream()
            .map(CommandNode::keyword).filter(keyword -> keyword.startsWith(typed)).collect(Collectors.joining("  "));
        if (ends.isEmpty()) {
            throw CommandRefusal.because("Unrecognized command");
        }
        return ends + "\n";
    }

    private static String listing(final CommandNode node) {
        final int width = node.children().stream().mapToInt(child -> child.keyword().length()).max().orElse(1);
        final StringBuilder text = new StringBuilder();
        for (final CommandNode child : node.children()) {
            appendHelp(text, width, child.keyword(), child.help());
        }
        if (node.action() != null) {
            appendHelp(text, width, "|", "Output modifiers");
            text.append("  <cr>\n");
        }
        return text.toString();
    }

    private static void appendHelp(final StringBuilder text, final int width, final String keyword, final @Nullable String help) {
        text.append("  ").append(keyword).repeat(' ', width - keyword.length()).append("  ")
            .append(help == null ? "(not simulated)" : help).append('\n');
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
