package org.qfpsim.controlplane.show;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code show qfp drops thresholds} (qfp-reference 1.4): the configured rates, by drop id. */
public final class DropThresholds {
    private static final String RULE = "-".repeat(31) + "\n";

    private DropThresholds() {
    }

    /**
     * The text.
     *
     * @param total    packets a second of all drops together, or null.
     * @param perCause packets a second, by drop id.
     * @return whole lines.
     */
    public static String text(final @Nullable Integer total, final Map<Integer, Integer> perCause) {
        final StringBuilder text = new StringBuilder(RULE).append(" Drop ID             Threshold\n").append(RULE);
        if (total != null) {
            text.append("%-21s%d%n".formatted("   total", total));
        }
        new TreeMap<>(perCause).forEach((id, rate) -> text.append("%-21s%d%n".formatted("    " + id, rate)));
        return text.toString();
    }
}
