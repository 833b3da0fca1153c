package org.qfpsim.controlplane.show;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;
import org.qfpsim.datapath.counters.DropCounters;

/**
 * The router's show commands. Keywords that are listed as not simulated are those of the platform that share a beginning with one of
 * ours, so that an abbreviation is ambiguous here when it is there.
 */
public final class ShowCommands {
    private final PlatformProfile profile;
    private final Release release;
    private final CommandTree tree;

    /**
     * Makes the commands of one router.
     *
     * @param profile  the hardware.
     * @param release  what it runs.
     * @param counters of the active QFP; read when a command runs.
     * @param clearing when the global drop counters were last cleared.
     */
    public ShowCommands(final PlatformProfile profile, final Release release, final DropCounters counters, final Clearing.Source clearing) {
        this(profile, release, counters, clearing, List.of(), List.of());
    }

    /**
     * Makes the commands of one router with a control plane.
     *
     * @param profile  the hardware.
     * @param release  what it runs.
     * @param counters of the active QFP; read when a command runs.
     * @param clearing when the global drop counters were last cleared.
     * @param shows    what else may follow {@code show}.
     * @param others   what else a line may start with.
     */
    public ShowCommands(final PlatformProfile profile, final Release release, final DropCounters counters, final Clearing.Source clearing,
                        final List<CommandNode> shows, final List<CommandNode> others) {
        this.profile = profile;
        this.release = release;
        final List<CommandNode> show = new ArrayList<>(shows);
        show.addAll(List.of(
            CommandNode.notSimulated("parser"),
            CommandNode.group("platform", "Show platform information",
                CommandNode.group("hardware", "Show platform hardware information",
                    CommandNode.group("qfp", "Quantum Flow Processor",
                        qfp("active", "Active instance", counters, clearing),
                        qfp("standby", "Standby instance", new IdleCounters(), Clearing.Source.NEVER)))),
            CommandNode.notSimulated("policy-map"),
            CommandNode.notSimulated("privilege"),
            CommandNode.notSimulated("processes"),
            CommandNode.notSimulated("protocols")));
        show.sort(Comparator.comparing(CommandNode::keyword));
        final List<CommandNode> all = new ArrayList<>(others);
        all.addAll(List.of(
            CommandNode.notSimulated("set"),
            CommandNode.notSimulated("setup"),
            CommandNode.group("show", "Show running system information", show.toArray(CommandNode[]::new)),
            CommandNode.notSimulated("ssh"),
            CommandNode.notSimulated("systat")));
        all.sort(Comparator.comparing(CommandNode::keyword));
        this.tree = new CommandTree(all.toArray(CommandNode[]::new));
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

    private CommandNode qfp(final String role, final String help, final DropCounters counters, final Clearing.Source cleared) {
        final GlobalDropTable global = new GlobalDropTable(release, counters);
        final IpsecDropTable ipsec = new IpsecDropTable(release, profile.token(), counters);
        return CommandNode.group(role, help,
            CommandNode.group("feature", "QFP feature specific information",
                CommandNode.group("ipsec", "QFP IPSEC information",
                    CommandNode.group("datapath", "QFP IPSEC datapath information",
                        CommandNode.command("drops", "QFP IPSEC datapath drop counters", () -> ipsec.text(false),
                            CommandNode.command("all", "Show all counters, zero ones included", () -> ipsec.text(true)))))),
            CommandNode.group("statistics", "QFP statistics",
                CommandNode.command("drop", "Drop statistics", () -> global.text(cleared.last(), false, false),
                    CommandNode.command("all", "Show all counters, zero ones included", () -> global.text(cleared.last(), true, false)),
                    CommandNode.command("detail", "Show drop IDs as well", () -> global.text(cleared.last(), false, true)))),
            CommandNode.notSimulated("system"));
    }

    /** Counters of the standby QFP: no packet comes its way. */
    private static final class IdleCounters implements DropCounters {
        @Override
        public long globalPackets(final int id) {
            return 0;
        }

        @Override
        public long globalOctets(final int id) {
            return 0;
        }

        @Override
        public long ipsecPackets(final int id) {
            return 0;
        }
    }
}
