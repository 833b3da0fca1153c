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
        final int pipe = typed.indexOf('|');
        final String line = pipe < 0 ? typed : typed.substring(0, pipe);
        List<CommandNode> nodes = commands;
        CommandNode last = null;
        String path = "";
        int at = 0;
        while (true) {
            while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
                at++;
            }
            if (at == line.length()) {
                return last == null || last.action() == null ? null : path;
            }
            int end = at;
            while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
                end++;
            }
            final String word = line.substring(at, end).toLowerCase(Locale.ROOT);
            CommandNode next = null;
            final List<CommandNode> keywords = nodes.stream().filter(node -> node.argument() == null).toList();
            for (final CommandNode node : keywords) {
                if (node.keyword().equals(word)) {
                    next = node;
                }
            }
            if (next == null) {
                final List<CommandNode> begun = keywords.stream().filter(node -> node.keyword().startsWith(word)).toList();
                next = begun.size() == 1 ? begun.getFirst() : null;
            }
            if (next == null) {
                for (final CommandNode node : nodes) {
                    final int taken = node.argument() == null ? -1 : take(node.argument(), line, at);
                    if (taken >= 0) {
                        next = node;
                        end = taken;
                        break;
                    }
                }
            }
            if (next == null) {
                return null;
            }
            path = path.isEmpty() ? next.keyword() : path + " " + next.keyword();
            last = next;
            nodes = next.children();
            at = end;
        }
    }

    private static <T> int take(final Argument<T> argument, final String line, final int at) {
        final Argument.Taken<T> taken = argument.take(line, at);
        return taken.value() == null ? -1 : taken.end();
    }
}
