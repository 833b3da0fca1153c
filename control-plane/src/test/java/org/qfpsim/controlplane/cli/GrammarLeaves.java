package org.qfpsim.controlplane.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every command of a language, each by its words: keywords in full, arguments in their form. */
public final class GrammarLeaves {
    private final Set<String> leaves = new LinkedHashSet<>();

    private GrammarLeaves() {
    }

    /**
     * All commands of a language.
     *
     * @param commands from their first words on.
     * @return in the order of the tree; of options that may stand in any order, each once.
     */
    public static Set<String> of(final List<CommandNode> commands) {
        final GrammarLeaves all = new GrammarLeaves();
        all.walk("", commands, List.of());
        return all.leaves;
    }

    /** What nodes look like: each with what may follow it. */
    private static Set<String> shapes(final List<CommandNode> nodes) {
        return nodes.stream().filter(node -> node.help() != null)
            .map(node -> node.keyword() + node.children().stream().map(CommandNode::keyword).toList()).collect(Collectors.toSet());
    }

    private void walk(final String path, final List<CommandNode> nodes, final List<Set<String>> offered) {
        final Set<String> shapes = shapes(nodes);
        // Options in any order: what follows one of them are the same ones again.
        if (shapes.size() > 1 && offered.stream().anyMatch(before -> before.containsAll(shapes))) {
            return;
        }
        final List<Set<String>> now = new ArrayList<>(offered);
        now.add(shapes);
        for (final CommandNode node : nodes) {
            if (node.help() != null) {
                final String here = path.isEmpty() ? node.keyword() : path + " " + node.keyword();
                if (node.action() != null) {
                    leaves.add(here);
                }
                walk(here, node.children(), now);
            }
        }
    }

    /**
     * The command that a line is.
     *
     * @param commands of the language.
     * @param typed    the line, abbreviated or not, with filters or not.
     * @return its words, as {@link #of} has them; null if it is none.
     */
    public static @Nullable String leaf(final List<CommandNode> commands, final String typed) {
        final List<String> words = words(commands, typed);
        return words == null ? null : String.join(" ", words);
    }

    /**
     * The command that a line is.
     *
     * @param commands of the language.
     * @param typed    the line, abbreviated or not, with filters or not.
     * @return keywords in full, and the forms of arguments; null if it is none.
     */
    public static @Nullable List<String> words(final List<CommandNode> commands, final String typed) {
        final int pipe = typed.indexOf('|');
        final String line = (pipe < 0 ? typed : typed.substring(0, pipe)).stripTrailing();
        final List<String> words = new ArrayList<>();
        List<CommandNode> nodes = commands;
        boolean complete = false;
        int at = skip(line, 0);
        while (at < line.length()) {
            final int end = end(line, at);
            CommandNode next = keyword(nodes, line.substring(at, end).toLowerCase(Locale.ROOT));
            int behind = end;
            for (final CommandNode node : next == null ? nodes : List.<CommandNode>of()) {
                final int taken = node.argument() == null ? -1 : take(node.argument(), line, at);
                if (taken >= 0) {
                    next = node;
                    behind = taken;
                    break;
                }
            }
            if (next == null) {
                return null;
            }
            words.add(next.keyword());
            complete = next.action() != null;
            nodes = next.children();
            at = skip(line, behind);
        }
        return complete ? words : null;
    }

    private static int skip(final String line, final int from) {
        int at = from;
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int end(final String line, final int from) {
        int at = from;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The keyword itself, or the only one that begins so. */
    private static @Nullable CommandNode keyword(final List<CommandNode> nodes, final String word) {
        final List<CommandNode> begun = nodes.stream().filter(node -> node.argument() == null
            && node.keyword().toLowerCase(Locale.ROOT).startsWith(word)).toList();
        return begun.stream().filter(node -> node.keyword().equalsIgnoreCase(word)).findFirst().orElse(begun.size() == 1 ? begun.getFirst() : null);
    }

    private static <T> int take(final Argument<T> argument, final String line, final int at) {
        final Argument.Taken<T> taken = argument.take(line, at);
        return taken.value() == null ? -1 : taken.end();
    }
}
