package org.qfpsim.controlplane.qfp.load;

import java.util.List;
import java.util.Locale;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.platform.PlatformProfile;

/** {@code datapath utilization} and {@code crypto-device utilization}. */
public final class LoadCommands {
    private static final List<Integer> MINUTES = List.of(1, 5, 15);
    private static final int SAMPLES_A_MINUTE = 60 / TrafficHistory.SECONDS;

    private final TrafficHistory history;
    private final LoadModel model;
    private final UtilizationTable table;

    /**
     * The commands of one router.
     *
     * @param history of its traffic.
     * @param profile the hardware.
     */
    public LoadCommands(final TrafficHistory history, final PlatformProfile profile) {
        this.history = history;
        model = new LoadModel(profile);
        table = new UtilizationTable(history, profile);
    }

    /** All of them, each from its first word on. */
    public List<CommandNode> commands() {
        return List.of(CommandNode.group("show", "Show running system information",
            CommandNode.group("platform", "Show platform information",
                CommandNode.group("hardware", "Show platform hardware information",
                    CommandNode.group("crypto-device", "Crypto device",
                        CommandNode.command("utilization", "Utilization of the crypto device", this::crypto)),
                    CommandNode.group("qfp", "Quantum Flow Processor",
                        CommandNode.group("active", "Active instance",
                            CommandNode.group("datapath", "QFP datapath information",
                                CommandNode.command("utilization", "QFP utilization", table::text,
                                    CommandNode.command("summary", "Totals only", table::summary)))))))));
    }

    /** The layout of qfp-reference 3.6. */
    String crypto() {
        final StringBuilder text = new StringBuilder("Past crypto device utilization:\n");
        for (final int minutes : MINUTES) {
            final int samples = minutes * SAMPLES_A_MINUTE;
            text.append(String.format(Locale.ROOT, "%2d min (percentage) : %d%%%n       (decrypt pkt): %d%n       (encrypt pkt): %d%n",
                minutes, Math.round(model.crypto(history.cryptoPerSecond(samples))), history.decrypted(samples),
                history.encrypted(samples)));
        }
        return text.toString();
    }

    /** Percent of the crypto engine's rate in the last five seconds. */
    public long cryptoNow() {
        return Math.round(model.crypto(history.cryptoPerSecond(1)));
    }

    /** Percent of each core's time since the start, of the last hour at most. */
    public CoreLoads cores() {
        return new CoreLoads(history, model);
    }

    /** Percent of the engines' rate in the last five seconds, of the busiest QFP. */
    public long processingNow() {
        return table.busiest();
    }
}
