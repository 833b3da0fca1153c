package org.qfpsim.controlplane.qfp.load;

import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.datapath.route.PortCounters.Column;

/** {@code datapath utilization [summary]} (qfp-reference 3.1): a label of 22 columns and four numbers of 13. */
public final class UtilizationTable {
    private static final String HEADER = "%-22s%13s%13s%13s%13s%n";
    private static final String ROW = "%22s%13s%13s%13s%13s%n";
    private static final String BPS = "(bps)";
    private static final long ALL = 100;

    private final TrafficHistory history;
    private final LoadModel model;
    private final boolean software;

    /**
     * The table of one router.
     *
     * @param history of its traffic.
     * @param profile the hardware.
     */
    public UtilizationTable(final TrafficHistory history, final PlatformProfile profile) {
        this.history = history;
        model = new LoadModel(profile);
        software = profile.software();
    }

    /** Block by block of each QFP. */
    public String text() {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < history.qfps(); i++) {
            final int qfp = i;
            header(text, "  CPP 0: Subdev " + qfp);
            direction(text, qfp, "Input: ", Column.RX_PACKETS, Column.RX_OCTETS, Column.RX_PRIORITY_PACKETS, Column.RX_PRIORITY_OCTETS);
            direction(text, qfp, "Output:", Column.TX_PACKETS, Column.TX_OCTETS, Column.TX_PRIORITY_PACKETS, Column.TX_PRIORITY_OCTETS);
            row(text, "Processing: Load (pct)", samples -> load(qfp, samples));
        }
        if (software) {
            text.append("\nCrypto/IO\n");
            row(text, "Crypto: Load (pct)", this::crypto);
            row(text, "RX: Load (pct)", this::receiving);
            row(text, "TX: Load (pct)", this::sending);
            row(text, "Idle (pct)", samples -> Math.max(0, ALL - crypto(samples) - receiving(samples) - sending(samples)));
        }
        return text.toString();
    }

    /** The totals of all QFPs. */
    public String summary() {
        final StringBuilder text = new StringBuilder();
        header(text, "  CPP 0:");
        rates(text, "Input:     Total (pps)", samples -> sum(Column.RX_PACKETS, samples), samples -> sum(Column.RX_OCTETS, samples));
        rates(text, "Output:    Total (pps)", samples -> sum(Column.TX_PACKETS, samples), samples -> sum(Column.TX_OCTETS, samples));
        row(text, "Processing: Load (pct)", samples -> {
            long load = 0;
            for (int qfp = 0; qfp < history.qfps(); qfp++) {
                load += load(qfp, samples);
            }
            return load / history.qfps();
        });
        return text.toString();
    }

    private void direction(final StringBuilder text, final int qfp, final String name, final Column packets, final Column octets,
                           final Column priorityPackets, final Column priorityOctets) {
        rates(text, name + " Priority (pps)", samples -> history.perSecond(qfp, priorityPackets, samples),
            samples -> history.perSecond(qfp, priorityOctets, samples));
        rates(text, "Non-Priority (pps)",
            samples -> history.perSecond(qfp, packets, samples) - history.perSecond(qfp, priorityPackets, samples),
            samples -> history.perSecond(qfp, octets, samples) - history.perSecond(qfp, priorityOctets, samples));
        rates(text, "Total (pps)", samples -> history.perSecond(qfp, packets, samples),
            samples -> history.perSecond(qfp, octets, samples));
    }

    private double sum(final Column column, final int samples) {
        double sum = 0;
        for (int qfp = 0; qfp < history.qfps(); qfp++) {
            sum += history.perSecond(qfp, column, samples);
        }
        return sum;
    }

    /** The last five seconds. */
    Load now() {
        return new Load(sum(Column.RX_PACKETS, 1), sum(Column.RX_OCTETS, 1) * Byte.SIZE, sum(Column.TX_PACKETS, 1),
            sum(Column.TX_OCTETS, 1) * Byte.SIZE, busiest(), history.isMeasured(), crypto(1));
    }

    /** Load of the busiest QFP in the last five seconds. */
    long busiest() {
        long most = 0;
        for (int qfp = 0; qfp < history.qfps(); qfp++) {
            most = Math.max(most, load(qfp, 1));
        }
        return most;
    }

    /** Measured where time is real. In the model, ESP packets are shared out to the QFPs as packets are. */
    private long load(final int qfp, final int samples) {
        if (history.isMeasured()) {
            return Math.round(history.busyPercent(samples));
        }
        final double packets = history.perSecond(qfp, Column.RX_PACKETS, samples);
        final double all = sum(Column.RX_PACKETS, samples);
        return Math.round(model.processing(packets, all == 0 ? 0 : history.cryptoPerSecond(samples) * packets / all));
    }

    private long crypto(final int samples) {
        return Math.round(model.crypto(history.cryptoPerSecond(samples)));
    }

    private long receiving(final int samples) {
        return Math.round(model.inputOutput(sum(Column.RX_PACKETS, samples)));
    }

    private long sending(final int samples) {
        return Math.round(model.inputOutput(sum(Column.TX_PACKETS, samples)));
    }

    private static void header(final StringBuilder text, final String name) {
        text.append(String.format(Locale.ROOT, HEADER, name, "5 secs", "1 min", "5 min", "60 min"));
    }

    private static void rates(final StringBuilder text, final String name, final IntToDoubleFunction packets,
                              final IntToDoubleFunction octets) {
        row(text, name, samples -> Math.round(packets.applyAsDouble(samples)));
        row(text, BPS, samples -> Math.round(octets.applyAsDouble(samples) * Byte.SIZE));
    }

    private static void row(final StringBuilder text, final String name, final IntToLongFunction value) {
        final Object[] numbers = TrafficHistory.WINDOWS.stream().map(samples -> value.applyAsLong(samples)).toArray();
        text.append(String.format(Locale.ROOT, ROW, name, numbers[0], numbers[1], numbers[2], numbers[3]));
    }
}
