package org.qfpsim.sim.scenario.router;

import java.util.Map;
import java.util.Set;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.scenario.RouterSpec;

/**
 * What {@code scenario.yaml} may say about a router beside its configuration.
 *
 * @param pipeline  of its datapath.
 * @param workNanos how long its control plane is busy with one thing (a packet or message from the datapath, a timer, an SA to free), on
 *                  the scenario's time; 0: no time passes.
 */
record RouterSettings(PipelineConfig pipeline, long workNanos) {
    static final String PPES = "ppes";
    static final String SLOTS = "slots";
    static final String SLOT_BYTES = "slot-bytes";
    static final String BATCH = "batch";
    static final String CONTROL_WORK = "control-work";
    static final Set<String> KEYS = Set.of(PPES, SLOTS, SLOT_BYTES, BATCH, CONTROL_WORK);

    /** A scenario has many routers: each is small unless it says otherwise. */
    private static final int DEFAULT_SLOTS = 256;
    private static final int DEFAULT_SLOT_BYTES = 2048;
    /** Rings to and from the control plane, notifications and the drop report grow with the ring, so that a spoke needs little memory. */
    private static final int CONTROL_RING_PER_SLOT = 1024;
    private static final int LEAST_CONTROL_RING = 1 << 16;
    private static final int MOST_CONTROL_RING = 1 << 20;
    private static final int ROWS_PER_SLOT = 4;
    private static final int MOST_ROWS = 1024;

    /** Reads them; what is out of range is said with the file's name. */
    static RouterSettings of(final RouterSpec spec) {
        final Map<String, String> settings = spec.settings();
        final int slots = number(spec, settings, SLOTS, DEFAULT_SLOTS);
        final PipelineConfig config = new PipelineConfig().ppes(number(spec, settings, PPES, 1)).ringSlots(slots)
            .slotBytes(number(spec, settings, SLOT_BYTES, DEFAULT_SLOT_BYTES))
            .batch(number(spec, settings, BATCH, Math.min(new PipelineConfig().batch(), slots)))
            .controlRingBytes(Math.clamp((long) slots * CONTROL_RING_PER_SLOT, LEAST_CONTROL_RING, MOST_CONTROL_RING))
            .notificationRows(rows(slots)).dropReportRows(rows(slots));
        try {
            return new RouterSettings(config.conclude(), work(spec, settings.getOrDefault(CONTROL_WORK, "0us")));
        } catch (final IllegalArgumentException e) {
            throw new InputException("router " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    private static long work(final RouterSpec spec, final String text) {
        if (!text.matches("[0-9]{1,5}us")) {
            throw new InputException("router " + spec.name() + ": " + CONTROL_WORK + ": " + text
                + " is not a time in microseconds; write it as 50us, up to 99999us");
        }
        return Long.parseLong(text.substring(0, text.length() - 2)) * 1_000;
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
