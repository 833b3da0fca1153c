package org.qfpsim.controlplane.qfp.punt;

import java.util.List;
import java.util.function.Supplier;
import org.qfpsim.controlplane.cli.CommandNode;

/** Commands that show the way from and to the control plane. */
public final class PuntCommands {
    private final ClearedPunts counts;
    private final PuntTables tables;
    private final PuntPolicerTable policers;

    /**
     * The commands of one router.
     *
     * @param counters since the start.
     */
    public PuntCommands(final PuntSource counters) {
        counts = new ClearedPunts(counters);
        tables = new PuntTables(counts);
        policers = new PuntPolicerTable(counts);
    }

    /** {@code infrastructure punt statistics type per-cause}. */
    public String perCause() {
        return tables.perCause();
    }

    /** {@code show platform software punt-policer drop-only}. */
    public String policerDrops() {
        return policers.text(true);
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        return List.of(CommandNode.group("show", "Show running system information",
            CommandNode.group("platform", "Show platform information",
                CommandNode.group("hardware", "Show platform hardware information",
                    CommandNode.group("qfp", "Quantum Flow Processor",
                        CommandNode.group("active", "Active instance",
                            CommandNode.group("infrastructure", "QFP infrastructure information",
                                CommandNode.group("punt", "QFP punt information",
                                    CommandNode.group("statistics", "QFP punt statistics",
                                        CommandNode.group("type", "Type of statistics", types()))))))),
                CommandNode.group("software", "Show platform software information",
                    CommandNode.command("punt-policer", "Punt-policer configuration and packet counters", () -> policers.text(false),
                        CommandNode.command("drop-only", "Only causes with drops", () -> policers.text(true)))))));
    }

    private CommandNode[] types() {
        return new CommandNode[] {
            type("global-drop", "Global drops", tables::globalDrop),
            type("inject-drop", "Drops by inject cause", tables::injectDrop),
            type("per-cause", "Packets by cause", tables::perCause),
            type("punt-drop", "Drops by punt cause", tables::puntDrop)};
    }

    private CommandNode type(final String word, final String help, final Supplier<String> text) {
        return CommandNode.command(word, help, text, CommandNode.command("clear", "Clear the statistics after they were shown", () -> {
            final String shown = text.get();
            counts.clear();
            return shown;
        }));
    }
}
