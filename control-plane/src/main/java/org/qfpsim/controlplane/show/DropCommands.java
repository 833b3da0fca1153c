package org.qfpsim.controlplane.show;

import java.util.List;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;
import org.qfpsim.datapath.counters.DropCounters;

/** The commands that show drop counters of the QFP. */
final class DropCommands {
    private final PlatformProfile profile;
    private final Release release;

    DropCommands(final PlatformProfile profile, final Release release) {
        this.profile = profile;
        this.release = release;
    }

    List<CommandNode> commands(final DropCounters counters, final Clearing.Source clearing) {
        return List.of(CommandNode.group("show", "Show running system information",
            CommandNode.group("platform", "Show platform information",
                CommandNode.group("hardware", "Show platform hardware information",
                    CommandNode.group("qfp", "Quantum Flow Processor",
                        qfp("active", "Active instance", counters, clearing),
                        qfp("standby", "Standby instance", new IdleCounters(), Clearing.Source.NEVER))))));
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
                    CommandNode.command("detail", "Show drop IDs as well", () -> global.text(cleared.last(), false, true)))));
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
