package org.qfpsim.controlplane.supervisor;

import java.util.List;
import java.util.Set;
import org.qfpsim.controlplane.cli.CommandNode;

/** What of the commands there is in user exec mode: those that change nothing and show no configuration. */
final class UserMode {
    private static final Set<String> WORDS = Set.of("ping", "show", "ssh", "systat", "traceroute");
    private static final Set<String> NOT_SHOWN = Set.of("running-config", "startup-config", "tech-support");

    private UserMode() {
    }

    static List<CommandNode> of(final List<CommandNode> commands) {
        return commands.stream().filter(command -> WORDS.contains(command.keyword()))
            .map(command -> "show".equals(command.keyword()) ? new CommandNode(command.keyword(), null, command.help(), command.action(),
                () -> command.children().stream().filter(child -> !NOT_SHOWN.contains(child.keyword())).toList()) : command)
            .toList();
    }
}
