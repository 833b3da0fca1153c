package org.qfpsim.sim.scenario.router;

import java.util.Map;
import java.util.Set;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.scenario.RouterSpec;

/** What {@code scenario.yaml} may say about a router beside its configuration. */
final class RouterSettings {
    static final String PPES = "ppes";
    static final String SLOTS = "slots";
    static final String SLOT_BYTES = "slot-bytes";
    static final String BATCH = "batch";
    static final Set<String> KEYS = Set.of(PPES, SLOTS, SLOT_BYTES, BATCH);

    /** A scenario has many routers: each is small unless it says otherwise. */
    private static final int DEFAULT_SLOTS = 256;
    private static final int DEFAULT_SLOT_BYTES = 2048;
    /** Rings to and from the control plane, notifications and the drop report grow with the ring, so that a spoke needs little memory. */
    private static final int CONTROL_RING_PER_SLOT = 1024;
    private static final int LEAST_CONTROL_RING = 1 << 16;
    private static final int MOST_CONTROL_RING = 1 << 20;
    private static final int ROWS_PER_SLOT = 4;
    private static final int MOST_ROWS = 1024;

    private RouterSettings() {
    }

    /** Reads them; what is out of range is said with the file's name. */
    static PipelineConfig of(final RouterSpec spec) {
        final Map<String, String> settings = spec.settings();
        final int slots = number(spec, settings, SLOTS, DEFAULT_SLOTS);
        final PipelineConfig config = new PipelineConfig().ppes(number(spec, settings, PPES, 1)).ringSlots(slots)
            .slotBytes(number(spec, settings, SLOT_BYTES, DEFAULT_SLOT_BYTES))
            .batch(number(spec, settings, BATCH, Math.min(new PipelineConfig().batch(), slots)))
            .controlRingBytes(Math.clamp((long) slots * CONTROL_RING_PER_SLOT, LEAST_CONTROL_RING, MOST_CONTROL_RING))
            .notificationRows(rows(slots)).dropReportRows(rows(slots));
        try {
            return config.conclude();
        } catch (final IllegalArgumentException e) {
            throw new InputException("router " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    private static int rows(final int slots) {
        return (int) Math.min((long) slots * ROWS_PER_SLOT, MOST_ROWS);
    }

    private static int number(final RouterSpec spec, final Map<String, String> settings, final String key, final int otherwise) {
        final String text = settings.get(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw new InputException("router " + spec.name() + ": " + key + ": " + text + " is not a whole number");
        }
        return Integer.parseInt(text);
    }
}
