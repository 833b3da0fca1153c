package org.qfpsim.controlplane.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Grammar;

/** Help and completion behind a {@code |}; {@link OutputFilter} and {@link FileFilter} do the work. */
final class Modifiers {
    private static final Map<String, String> LINES = new TreeMap<>(Map.of(
        "begin", "Begin with the line that matches",
        "count", "Count number of lines which match regexp",
        "exclude", "Exclude lines that match",
        "include", "Include lines that match",
        "section", "Filter a section of output"));
    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
        "append", "Append redirected output to URL (URLs supporting append operation only)",
        "redirect", "Redirect output to URL",
        "tee", "Copy output to URL"));

    private Modifiers() {
    }

    private static Grammar grammar() {
        final List<CommandNode> all = new ArrayList<>();
        LINES.forEach((word, help) -> all.add(CommandNode.group(word, help,
            CommandNode.argument(Argument.line(), "Regular Expression", input -> ""))));
        FILES.forEach((word, help) -> all.add(CommandNode.group(word, help,
            CommandNode.argument(Argument.of("flash:", String.class, text -> text), "Uniform Resource Locator", input -> ""))));
        return new Grammar(CommandNode.group("", "", CommandNode.merge(all).toArray(CommandNode[]::new)));
    }

    static String help(final String typed) throws CommandRefusal {
        return grammar().help(typed + "?", typed.length(), false);
    }

    static @Nullable String complete(final String typed) {
        return grammar().complete(typed);
    }
}
