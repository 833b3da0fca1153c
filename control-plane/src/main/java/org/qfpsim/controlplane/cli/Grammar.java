package org.qfpsim.controlplane.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads command lines by a tree of {@link CommandNode}s.
 *
 * <p>A word is a keyword if it is equal to one or the beginning of exactly one; where any word may stand, a keyword must be written in
 * full, so that a name may begin like a keyword. Else it is the first argument that can read it. The marker of an invalid line stands
 * below the first character that no keyword has.
 */
public final class Grammar {
    private final CommandNode root;

    /**
     * Makes a command language.
     *
     * @param root what a line may start with.
     */
    public Grammar(final CommandNode root) {
        this.root = root;
    }

    /** A line that can be run. */
    public record Command(CommandNode.Printer action, Input input) {
        /**
         * Runs it.
         *
         * @param out gets its output.
         * @throws CommandRefusal if what was typed makes no sense; nothing was printed then.
         */
        public void run(final Output out) throws CommandRefusal {
            action.run(input, out);
        }

        /**
         * Runs it.
         *
         * @return the output.
         * @throws CommandRefusal if what was typed makes no sense.
         */
        public String run() throws CommandRefusal {
            final StringBuilder text = new StringBuilder();
            run(text::append);
            return text.toString();
        }
    }

    private record Position(CommandNode node, Input input) {
    }

    /**
     * Reads a line.
     *
     * @param line the line.
     * @param end  column behind the last one that is read.
     * @return the command.
     * @throws CommandRefusal if it is none.
     */
    public Command read(final String line, final int end) throws CommandRefusal {
        final Position position = walk(line, end);
        if (position.node.action() == null) {
            throw CommandRefusal.incomplete();
        }
        return new Command(position.node.action(), position.input);
    }

    private Position walk(final String line, final int end) throws CommandRefusal {
        final String part = line.substring(0, end);
        final Input input = new Input(line);
        CommandNode node = root;
        int at = skipBlanks(part, 0);
        while (at < end) {
            final int start = at;
            final Word word = word(part, start);
            final List<CommandNode> children = node.children();
            final CommandNode keyword = keyword(word, children, line);
            if (keyword != null) {
                input.keyword(keyword.keyword());
                node = keyword;
                at = skipBlanks(part, start + word.text().length());
                continue;
            }
            int next = -1;
            for (final CommandNode child : children) {
                next = child.argument() == null ? -1 : take(child.argument(), part, start, input);
                if (next >= 0) {
                    node = child;
                    break;
                }
            }
            if (next < 0) {
                final int known = word.known(children.stream().filter(child -> child.argument() == null).toList(), CommandNode::keyword);
                throw CommandRefusal.invalid(line, start + known);
            }
            at = skipBlanks(part, next);
        }
        return new Position(node, input);
    }

    private static <T> int take(final Argument<T> argument, final String line, final int at, final Input input) {
        final Argument.Taken<T> taken = argument.take(line, at);
        if (taken.value() == null) {
            return -1;
        }
        input.value(argument, taken.value(), at);
        return taken.end();
    }

    private static @Nullable CommandNode keyword(final Word word, final List<CommandNode> children, final String line)
        throws CommandRefusal {
        final boolean inFull = children.stream().anyMatch(child -> child.argument() != null && child.argument().free());
        final List<CommandNode> matches = word.matches(children.stream().filter(child -> child.argument() == null).toList(),
            CommandNode::keyword);
        if (matches.isEmpty() || inFull && !matches.getFirst().keyword().equalsIgnoreCase(word.text())) {
            return null;
        }
        if (matches.size() > 1) {
            throw CommandRefusal.ambiguous(line);
        }
        if (matches.getFirst().help() == null) {
            throw CommandRefusal.invalid(line, word.column());
        }
        return matches.getFirst();
    }

    private static Word word(final String line, final int at) {
        int end = at;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return new Word(line.substring(at, end), at);
    }

    private static int skipBlanks(final String line, final int from) {
        int at = from;
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    /**
     * Answers a question mark: what may follow if there is a blank before it, else the ends of the word before it.
     *
     * @param line      the line.
     * @param mark      column of the question mark.
     * @param modifiers whether output modifiers may follow a command.
     * @return whole lines.
     * @throws CommandRefusal if what stands before it is wrong.
     */
    public String help(final String line, final int mark, final boolean modifiers) throws CommandRefusal {
        final boolean nextWord = mark == 0 || Character.isWhitespace(line.charAt(mark - 1));
        if (nextWord) {
            return listing(walk(line, mark).node, modifiers);
        }
        int start = mark;
        while (start > 0 && !Character.isWhitespace(line.charAt(start - 1))) {
            start--;
        }
        final String typed = line.substring(start, mark).toLowerCase(Locale.ROOT);
        final String ends = walk(line, start).node.children().stream()
            .filter(child -> child.argument() == null).map(CommandNode::keyword).filter(keyword -> keyword.startsWith(typed))
            .collect(Collectors.joining("  "));
        if (ends.isEmpty()) {
            throw CommandRefusal.because("Unrecognized command");
        }
        return ends + "\n";
    }

    /**
     * Completes the last word of a line.
     *
     * @param line whose last word is the beginning of a keyword.
     * @return the line with the keyword in full and a blank behind it; null if no keyword or more than one begins so.
     */
    public @Nullable String complete(final String line) {
        int start = line.length();
        while (start > 0 && !Character.isWhitespace(line.charAt(start - 1))) {
            start--;
        }
        if (start == line.length()) {
            return null;
        }
        try {
            final List<CommandNode> keywords = new Word(line.substring(start), start).matches(
                walk(line, start).node.children().stream().filter(child -> child.argument() == null).toList(),
                CommandNode::keyword);
            return keywords.size() == 1 && keywords.getFirst().help() != null
                ? line.substring(0, start) + keywords.getFirst().keyword() + " " : null;
        } catch (final CommandRefusal refusal) {
            return null;
        }
    }

    private static String listing(final CommandNode node, final boolean modifiers) {
        final List<CommandNode> children = node.children();
        final int width = Stream.concat(children.stream().map(CommandNode::keyword), Stream.of("|")).mapToInt(String::length).max()
            .orElse(1);
        final StringBuilder text = new StringBuilder();
        for (final CommandNode child : children) {
            appendHelp(text, width, child.keyword(), child.help());
        }
        if (node.action() != null) {
            if (modifiers) {
                appendHelp(text, width, "|", "Output modifiers");
            }
            text.append("  <cr>\n");
        }
        return text.toString();
    }

    private static void appendHelp(final StringBuilder text, final int width, final String keyword, final @Nullable String help) {
        text.append("  ").append(keyword).repeat(' ', width - keyword.length()).append("  ")
            .append(help == null ? "(not simulated)" : help).append('\n');
    }
}
