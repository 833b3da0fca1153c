package org.qfpsim.controlplane.config.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.PuntCause;

/**
 * Settings of the QFP.
 *
 * @param dropThresholds {@code platform qfp drops threshold per-cause}: packets a second, by drop id.
 * @param totalThreshold {@code platform qfp drops threshold total}: packets a second, or null.
 * @param punt           {@code platform punt-policer}: packets a second, where they are not the platform's.
 * @param puntHigh       the same, high-priority queue.
 */
public record PlatformConfig(Map<Integer, Integer> dropThresholds, @Nullable Integer totalThreshold, Map<PuntCause, Integer> punt,
                             Map<PuntCause, Integer> puntHigh) {
    /** Copies the maps. */
    public PlatformConfig {
        dropThresholds = Map.copyOf(dropThresholds);
        punt = Map.copyOf(punt);
        puntHigh = Map.copyOf(puntHigh);
    }
}
