package org.qfpsim.controlplane.qfp.drop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;
import org.qfpsim.controlplane.platform.ReleaseSwitch;
import org.qfpsim.controlplane.show.GlobalDropTable;
import org.qfpsim.controlplane.show.IpsecDropTable;

/** What can be done with drop counters beside showing them: clearing, history, thresholds, and {@code show drops}. */
public final class DropAdminCommands {
    private static final String QFP = "show platform hardware qfp active ";
    private static final String SECTION = "-".repeat(18);

    private final Release release;
    private final ClearedDrops drops;
    private final Tables tables;
    private final GlobalDropTable global;
    private final IpsecDropTable ipsec;
    private final DropHistoryTable past;

    /**
     * Texts of other commands.
     *
     * @param thresholds {@code show qfp drops thresholds}.
     * @param interfaces {@code interface all statistics drop_summary}.
     * @param punts      {@code infrastructure punt statistics type per-cause}.
     * @param policer    {@code show platform software punt-policer drop-only}.
     */
    public record Tables(Supplier<String> thresholds, Supplier<String> interfaces, Supplier<String> punts, Supplier<String> policer) {
    }

    /**
     * The commands of one router.
     *
     * @param profile the hardware.
     * @param release what it runs.
     * @param drops   counters.
     * @param history of them.
     * @param tables  of others.
     */
    public DropAdminCommands(final PlatformProfile profile, final Release release, final ClearedDrops drops, final DropHistory history,
                             final Tables tables) {
        this.release = release;
        this.drops = drops;
        this.tables = tables;
        global = new GlobalDropTable(release, drops);
        ipsec = new IpsecDropTable(release, profile.token(), drops);
        past = new DropHistoryTable(drops, history, global.rows());
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        final List<CommandNode> drop = new ArrayList<>(List.of(
            CommandNode.command("clear", "Clear the statistics after they were shown", this::clear),
            CommandNode.command("thresholds", "Show configured thresholds", tables.thresholds)));
        if (release.has(ReleaseSwitch.HAS_DROP_HISTORY)) {
            drop.add(CommandNode.command("history", "Show the history of drops", past::text,
                CommandNode.command("clear", "Clear the history after it was shown", this::clearHistory)));
        }
        final List<CommandNode> all = new ArrayList<>();
        all.add(CommandNode.group("show", "Show running system information",
            CommandNode.group("platform", "Show platform information",
                CommandNode.group("hardware", "Show platform hardware information",
                    CommandNode.group("qfp", "Quantum Flow Processor",
                        CommandNode.group("active", "Active instance",
                            CommandNode.group("feature", "QFP feature specific information",
                                CommandNode.group("ipsec", "QFP IPSEC information",
                                    CommandNode.group("datapath", "QFP IPSEC datapath information",
                                        CommandNode.group("drops", "QFP IPSEC datapath drop counters",
                                            CommandNode.command("clear", "Clear the counters after they were shown",
                                                this::clearIpsec))))),
                            CommandNode.group("statistics", "QFP statistics",
                                CommandNode.group("drop", "Drop statistics", drop.toArray(CommandNode[]::new)))))))));
        if (release.has(ReleaseSwitch.HAS_SHOW_DROPS)) {
            all.add(CommandNode.group("show", "Show running system information",
                CommandNode.group("drops", "Show drops", areas())));
        }
        return all;
    }

    private String clear() {
        final String text = global.cleared(drops.now());
        drops.clearGlobal();
        return text;
    }

    private String clearHistory() {
        final String text = past.text();
        drops.clearGlobal();
        return text;
    }

    private String clearIpsec() {
        final String text = ipsec.text(false);
        drops.clearIpsec();
        return text;
    }

    /** The areas that the platform knows; of those that have no drops here the abbreviations are ambiguous all the same. */
    private CommandNode[] areas() {
        final CommandNode crypto = CommandNode.command("crypto", "IPsec drops",
            () -> section(QFP + "feature ipsec datapath drops all", ipsec.text(true)));
        final CommandNode interfaces = CommandNode.command("interface", "Drops of interfaces",
            () -> section(QFP + "interface all statistics drop_summary", tables.interfaces.get()));
        final CommandNode punt = CommandNode.command("punt", "Drops on the way to the control plane",
            () -> section(QFP + "infrastructure punt statistics type per-cause", tables.punts.get())
                + section("show platform software punt-policer drop-only", tables.policer.get()));
        final CommandNode qfp = CommandNode.command("qfp", "Drops of the QFP",
            () -> section(QFP + "statistics drop detail", global.text(drops.last(), false, true)));
        final List<CommandNode> all = new ArrayList<>(List.of(crypto, interfaces, punt, qfp));
        if (release.has(ReleaseSwitch.HAS_DROP_HISTORY)) {
            all.add(CommandNode.command("history", "History of drops", this::historySection,
                CommandNode.command("qfp", "Of the QFP", this::historySection)));
        }
        Stream.of("bqs", "firewall", "ip-all", "nat", "qos").map(CommandNode::notSimulated).forEach(all::add);
        return all.toArray(CommandNode[]::new);
    }

    private String historySection() {
        return section(QFP + "statistics drop history", past.text());
    }

    private static String section(final String command, final String text) {
        return SECTION + " " + command + " " + SECTION + "\n\n" + text + "\n";
    }
}
