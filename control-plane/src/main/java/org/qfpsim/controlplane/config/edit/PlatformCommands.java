package org.qfpsim.controlplane.config.edit;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.config.model.PlatformConfig;
import org.qfpsim.datapath.drop.PuntCause;

/** {@code platform qfp drops threshold} and {@code platform punt-policer}. */
final class PlatformCommands {
    /** Drop ids of the newest release. */
    private static final Argument<Long> DROP = Argument.number(1, 531);
    private static final Argument<Long> THRESHOLD = Argument.number(1, 2_147_483_647);
    private static final Argument<PuntCause> CAUSE = Argument.of("<1-200>", PuntCause.class,
        text -> Arrays.stream(PuntCause.values()).filter(each -> String.valueOf(each.id()).equals(text)).findFirst().orElse(null));
    /** The upper end is the platform's policer of all causes together. */
    private static final Argument<Long> RATE = Argument.number(10, 146_484);

    private final Map<Integer, Integer> thresholds = new TreeMap<>();
    private @Nullable Integer total;
    private final Map<PuntCause, Integer> punt = new EnumMap<>(PuntCause.class);
    private final Map<PuntCause, Integer> puntHigh = new EnumMap<>(PuntCause.class);

    PlatformCommands(final Mode global) {
        final Branch platform = global.commands().on("platform", "platform specific configuration");
        final Branch threshold = platform.on("qfp", "Quantum Flow Processor").on("drops", "Drop statistics")
            .on("threshold", "Drop threshold");
        threshold.on("per-cause", "Threshold of one drop cause").arg(DROP, "Drop id")
            .undo(in -> thresholds.remove(Arguments.integer(in, DROP)))
            .arg(THRESHOLD, "Packets per second")
            .does(in -> thresholds.put(Arguments.integer(in, DROP), Arguments.integer(in, THRESHOLD)));
        threshold.on("total", "Threshold of all drops together").undo(in -> total = null)
            .arg(THRESHOLD, "Packets per second").does(in -> total = Arguments.integer(in, THRESHOLD));
        final Branch rate = platform.on("punt-policer", "Configure punt policer").arg(CAUSE, "Punt cause")
            .undo(in -> (in.has("high") ? puntHigh : punt).remove(in.get(CAUSE)))
            .arg(RATE, "Packets per second").does(in -> punt.put(in.get(CAUSE), Arguments.integer(in, RATE)));
        rate.on("high", "High priority queue").does(in -> puntHigh.put(in.get(CAUSE), Arguments.integer(in, RATE)));
    }

    PlatformConfig build() {
        return new PlatformConfig(thresholds, total, punt, puntHigh);
    }
}
