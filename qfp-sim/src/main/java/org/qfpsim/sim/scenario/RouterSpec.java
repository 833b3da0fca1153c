package org.qfpsim.sim.scenario;

import java.util.Map;

/**
 * A router of a scenario, as a {@link NodeFactory} needs it.
 *
 * @param name          unique in its scenario.
 * @param configuration its configuration file's text.
 * @param file          what to call that file in messages.
 * @param settings      what the scenario says beside the configuration, by key: {@code ppes}, {@code slots}, {@code slot-bytes},
 *                      {@code release}, {@code platform} and what else the factory knows; the values are as written.
 * @param seed          of everything random in it; {@link #UNPREDICTABLE}: of nothing that can be known.
 * @param epochNanos    what time 0 is, in nanoseconds since 1970.
 */
public record RouterSpec(String name, String configuration, String file, Map<String, String> settings, long seed, long epochNanos) {
    /** For routers with real interfaces: nobody may guess their keys, and no start may repeat the SPIs of another. */
    public static final long UNPREDICTABLE = Long.MIN_VALUE;

    /** Copies the settings. */
    public RouterSpec {
        settings = Map.copyOf(settings);
    }
}
