package org.qfpsim.controlplane.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;
import org.qfpsim.datapath.counters.DropCounters;

/**
 * The router's commands in exec mode. The keywords of {@link #OTHERS} are those of the platform that share a beginning with one of ours,
 * so that an abbreviation is ambiguous here when it is there.
 */
public final class ShowCommands {
    private static final List<CommandNode> OTHERS = List.of(
        CommandNode.group("show", "Show running system information",
            others("parser", "policy-map", "privilege", "processes", "protocols")),
        CommandNode.group("show", "Show running system information",
            CommandNode.group("platform", "Show platform information",
                CommandNode.group("hardware", "Show platform hardware information",
                    CommandNode.group("qfp", "Quantum Flow Processor",
                        CommandNode.group("active", "Active instance", others("system")),
                        CommandNode.group("standby", "Standby instance", others("system")))))));

    private final CommandTree tree;
    private final List<CommandNode> commands;

    /**
     * Makes the commands of a router that has no control plane.
     *
     * @param profile  the hardware.
     * @param release  what it runs.
     * @param counters of the active QFP; read when a command runs.
     * @param clearing when the global drop counters were last cleared.
     */
    public ShowCommands(final PlatformProfile profile, final Release release, final DropCounters counters, final Clearing.Source clearing) {
        this(profile, release, counters, clearing, List.of());
    }

    /**
     * Makes the commands of a router.
     *
     * @param profile  the hardware.
     * @param release  what it runs.
     * @param counters of the active QFP; read when a command runs.
     * @param clearing when the global drop counters were last cleared.
     * @param more     other commands, each from its first word on ({@code show} and what follows it); see
     *                 {@link CommandNode#merge(List)}.
     */
    public ShowCommands(final PlatformProfile profile, final Release release, final DropCounters counters, final Clearing.Source clearing,
                        final List<CommandNode> more) {
        final List<CommandNode> all = new ArrayList<>(OTHERS);
        all.addAll(Arrays.asList(others("set", "setup", "ssh", "systat")));
        all.addAll(new DropCommands(profile, release).commands(counters, clearing));
        all.addAll(more);
        commands = CommandNode.merge(all);
        tree = new CommandTree(commands);
    }

    private static CommandNode[] others(final String... keywords) {
        return Arrays.stream(keywords).map(CommandNode::notSimulated).toArray(CommandNode[]::new);
    }

    /** All of them, put together: what a terminal's own commands can be merged with. */
    public List<CommandNode> commands() {
        return commands;
    }

    /**
     * Runs one command line.
     *
     * @param line a command, abbreviated or not, with output filters or not.
     * @param out  gets the output as it comes into being, or why the line was refused.
     * @return false if the line was refused.
     */
    public boolean run(final String line, final Output out) {
        return tree.execute(line, out);
    }

    /**
     * Runs one command line.
     *
     * @param line a command, abbreviated or not, with output filters or not.
     * @return its output, or why it was refused.
     */
    public Result run(final String line) {
        return tree.execute(line);
    }

    /**
     * Runs one command line.
     *
     * @param line a command, abbreviated or not, with output filters or not.
     * @return what a terminal would show.
     */
    public String execute(final String line) {
        return run(line).text();
    }
}
