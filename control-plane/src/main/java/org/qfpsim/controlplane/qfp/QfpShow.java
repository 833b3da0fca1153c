package org.qfpsim.controlplane.qfp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;
import org.qfpsim.controlplane.qfp.drop.ClearedDrops;
import org.qfpsim.controlplane.qfp.drop.DropAdminCommands;
import org.qfpsim.controlplane.qfp.drop.DropHistory;
import org.qfpsim.controlplane.qfp.hardware.HardwareCommands;
import org.qfpsim.controlplane.qfp.hardware.HardwareState;
import org.qfpsim.controlplane.qfp.ipsec.QfpIpsecCommands;
import org.qfpsim.controlplane.qfp.ipsec.QfpIpsecState;
import org.qfpsim.controlplane.qfp.load.CostTable;
import org.qfpsim.controlplane.qfp.load.Load;
import org.qfpsim.controlplane.qfp.load.LoadCommands;
import org.qfpsim.controlplane.qfp.load.TrafficHistory;
import org.qfpsim.controlplane.qfp.punt.PuntCommands;
import org.qfpsim.controlplane.qfp.punt.PuntSource;
import org.qfpsim.controlplane.show.ColumnSources;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.counters.DropCounters;

/** What a router with a control plane shows of its QFP beside the drop tables: all commands around it, and the timer of their samples. */
public final class QfpShow {
    private static final long INTERVAL = TrafficHistory.SECONDS * 1_000_000_000L;
    private static final int MOST_WORDS = 16;

    private final Timers timers;
    private final ClearedDrops drops;
    private final DropHistory history;
    private final TrafficHistory traffic;
    private final HardwareCommands hardware;
    private final LoadCommands loads;
    private final Runnable sampled;
    private final List<CommandNode> commands = new ArrayList<>();

    /**
     * What it shows.
     *
     * @param profile    the hardware.
     * @param release    what it runs.
     * @param timers     the control plane's.
     * @param clock      the time of day on the router's clock, as if its zone were UTC.
     * @param drops      drop counters since the start.
     * @param costs      what was sampled of the cost of features.
     * @param traffic    counters of traffic.
     * @param punts      counters of the way to the control plane.
     * @param hardware   what memories and engines hold.
     * @param ipsec      flows and SAs.
     * @param interfaces names of all interfaces.
     * @param thresholds text of {@code show qfp drops thresholds}.
     * @param sampled    is called with each sample.
     */
    public record Sources(PlatformProfile profile, Release release, Timers timers, Supplier<Instant> clock, DropCounters drops,
                          Supplier<CostLook> costs, TrafficHistory.Source traffic, PuntSource punts, HardwareState hardware,
                          QfpIpsecState ipsec, Supplier<List<String>> interfaces, Supplier<String> thresholds, Runnable sampled) {
    }

    /**
     * Starts sampling.
     *
     * @param from what it shows.
     */
    public QfpShow(final Sources from) {
        timers = from.timers;
        sampled = from.sampled;
        drops = new ClearedDrops(from.drops, from.clock);
        history = new DropHistory(from.drops);
        traffic = new TrafficHistory(from.profile.hardware().qfps(), from.traffic);
        loads = new LoadCommands(traffic, from.profile);
        hardware = new HardwareCommands(from.profile, from.hardware, loads);
        final Argument<List<String>> words = Argument.words(MOST_WORDS);
        final PuntCommands punts = new PuntCommands(from.punts);
        commands.addAll(new DropAdminCommands(from.profile, from.release, drops, history, new DropAdminCommands.Tables(from.thresholds,
            hardware::dropSummary, punts::perCause, punts::policerDrops)).commands());
        commands.addAll(loads.commands());
        commands.addAll(hardware.commands());
        commands.addAll(punts.commands());
        commands.addAll(new QfpIpsecCommands(from.ipsec, from.interfaces).commands());
        commands.add(CommandNode.group("show", "Show running system information",
            CommandNode.group("qfp-sim", "What no router shows",
                CommandNode.command("cost", "Nanoseconds that features and engines take", () -> CostTable.text(from.costs.get())),
                CommandNode.command("profile", "What is taken for the data sheet", () -> ProfileTable.text(from.profile)),
                CommandNode.command("sources", "What is measured, configured, modelled, fixed", () -> sources(List.of()),
                    CommandNode.argument(words, "First words of a command", input -> sources(input.get(words)))))));
        timers.after(INTERVAL, this::sample);
    }

    private String sources(final List<String> words) {
        return ColumnSources.text(words, traffic.isMeasured());
    }

    private void sample() {
        timers.after(INTERVAL, this::sample);
        history.sample();
        traffic.sample();
        hardware.sample();
        sampled.run();
    }

    /** Drop counters since they were last cleared. */
    public ClearedDrops drops() {
        return drops;
    }

    /** What the QFP had to do in the last five seconds. */
    public Load load() {
        return loads.now();
    }

    /** All commands, each from its first word on. */
    public List<CommandNode> commands() {
        return List.copyOf(commands);
    }
}
