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
    private static final int CONTROL_RING = 1 << 18;
    private static final int NOTIFICATION_ROWS = 1024;

    private RouterSettings() {
    }

    /** Reads them; what is out of range is said with the file's name. */
    static PipelineConfig of(final RouterSpec spec) {
        final Map<String, String> settings = spec.settings();
        final int slots = number(spec, settings, SLOTS, DEFAULT_SLOTS);
        final PipelineConfig config = new PipelineConfig().ppes(number(spec, settings, PPES, 1)).ringSlots(slots)
            .slotBytes(number(spec, settings, SLOT_BYTES, DEFAULT_SLOT_BYTES))
            .batch(number(spec, settings, BATCH, Math.min(new PipelineConfig().batch(), slots)))
            .controlRingBytes(CONTROL_RING).notificationRows(NOTIFICATION_ROWS);
        try {
            return config.conclude();
        } catch (final IllegalArgumentException e) {
            throw new InputException("router " + spec.name() + ": " + e.getMessage(), e);
        }
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
