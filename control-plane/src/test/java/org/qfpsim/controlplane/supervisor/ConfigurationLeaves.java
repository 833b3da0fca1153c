package org.qfpsim.controlplane.supervisor;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.GrammarLeaves;
import org.qfpsim.controlplane.config.edit.ConfigEditor;

/**
 * Every word that a configuration can have, each by its mode and the first word of its line ({@code (config-if) ip: address}), and which
 * of them were typed. Not every combination of them: options may stand in any order, and access lists alone have a thousand.
 */
final class ConfigurationLeaves {
    private static final Set<String> OF_EVERY_MODE = Set.of("no", "default", "end", "exit");

    private final Set<String> all = new TreeSet<>();
    private final Set<String> typed = new TreeSet<>();
    private final Set<String> noted = new HashSet<>();

    /** Types a configuration from global mode on; only lines that count are noted. */
    void type(final List<String> lines, final List<String> counting) {
        final ConfigEditor editor = new ConfigEditor();
        note(editor);
        for (final String line : lines) {
            if (line.isBlank() || line.startsWith("!") || line.matches("(Building|Current) configuration.*|end")) {
                continue;
            }
            final Map<String, List<CommandNode>> modes = editor.modes();
            try {
                editor.run(line.strip());
            } catch (final CommandRefusal refusal) {
                throw new AssertionError(line + ": " + refusal.text(), refusal);
            }
            note(editor);
            if (counting.contains(line)) {
                typed(modes, line.strip().replaceFirst("^no ", ""));
            }
        }
    }

    private void note(final ConfigEditor editor) {
        editor.modes().forEach((prompt, commands) -> {
            if (noted.add(prompt)) {
                for (final CommandNode first : plain(commands)) {
                    note(prompt + " " + first.keyword(), first, new HashSet<>());
                }
            }
        });
    }

    private void note(final String start, final CommandNode node, final Set<String> seen) {
        if (node.children().isEmpty() || node.action() != null) {
            all.add(start);
        }
        for (final CommandNode child : node.children()) {
            if (child.help() != null) {
                all.add(start + ": " + child.keyword());
                if (seen.add(child.keyword() + child.children().stream().map(CommandNode::keyword).sorted().toList())) {
                    note(start, child, seen);
                }
            }
        }
    }

    private static List<CommandNode> plain(final List<CommandNode> commands) {
        return commands.stream().filter(node -> !OF_EVERY_MODE.contains(node.keyword())).toList();
    }

    private void typed(final Map<String, List<CommandNode>> modes, final String line) {
        for (final Map.Entry<String, List<CommandNode>> mode : modes.entrySet()) {
            final @Nullable List<String> words = GrammarLeaves.words(plain(mode.getValue()), line);
            if (words != null) {
                final String start = mode.getKey() + " " + words.getFirst();
                typed.add(start);
                words.stream().skip(1).forEach(word -> typed.add(start + ": " + word));
                return;
            }
        }
    }

    /** Those that were not typed. */
    Set<String> missing() {
        final Set<String> missing = new TreeSet<>(all);
        missing.removeAll(typed);
        return missing;
    }

    int size() {
        return all.size();
    }
}
