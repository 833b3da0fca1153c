package org.qfpsim.controlplane.qfp.punt;

import java.util.Locale;
import org.qfpsim.datapath.drop.PuntCause;

/** {@code show platform software punt-policer} (qfp-reference 3.4): two queues of every cause that has a policer. */
final class PuntPolicerTable {
    private static final String TITLE = "Per Punt-Cause Policer Configuration and Packet Counters\n\n\n";
    private static final String HEADER = "%-37s%-18s%-34s%-34s%-19s%s%n%-7s%-30s%-9s%-9s%-17s%-17s%-17s%-17s%-9s%-9s%-9s%s%n";
    private static final String ROW = "%3d    %-30s%-9s%-9s%-17s%-17s%-17s%-17s%-9s%-9s%-9s%s%n";
    private static final String RULE = "-".repeat(157) + "\n";
    private static final String NORMAL = "Normal";
    private static final String HIGH = "High";

    private final PuntSource counts;

    PuntPolicerTable(final PuntSource counts) {
        this.counts = counts;
    }

    /**
     * Prints the table.
     *
     * @param dropsOnly without causes that have lost nothing.
     */
    String text(final boolean dropsOnly) {
        final StringBuilder text = new StringBuilder(TITLE).append(String.format(Locale.ROOT, HEADER, "Punt", "Config Rate(pps)",
            "Conform Packets", "Dropped Packets", "Config Burst(pkts)", "Config Alert", "Cause", "Description", NORMAL, HIGH, NORMAL, HIGH,
            NORMAL, HIGH, NORMAL, HIGH, NORMAL, HIGH)).append(RULE);
        for (final PuntCause cause : PuntCause.values()) {
            final PuntSource.Policer normal = counts.policer(cause, false);
            final PuntSource.Policer high = counts.policer(cause, true);
            if (normal.rate() + high.rate() > 0 && (!dropsOnly || (normal.dropped() | high.dropped()) != 0)) {
                text.append(String.format(Locale.ROOT, ROW, cause.id(), cause.cliName(), normal.rate(), high.rate(),
                    apart(normal.conform()), apart(high.conform()), apart(normal.dropped()), apart(high.dropped()), normal.burst(),
                    high.burst(), "Off", "Off"));
            }
        }
        return text.toString();
    }

    /** A count that fills its column still has a blank behind it. */
    private static String apart(final long count) {
        return Long.toUnsignedString(count) + " ";
    }
}
