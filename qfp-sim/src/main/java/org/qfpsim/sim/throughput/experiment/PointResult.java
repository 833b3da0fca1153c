package org.qfpsim.sim.throughput.experiment;

import java.util.List;
import java.util.Map;
import org.qfpsim.sim.throughput.load.TrialResult;

/**
 * What was measured at a point.
 *
 * @param point    the point.
 * @param facts    about device and generator.
 * @param most     highest load that the generator can offer, packets a second, by seconds of a trial.
 * @param trials   all of them.
 * @param complete whether the experiment came to its end.
 */
public record PointResult(Point point, Map<String, Object> facts, Map<String, Double> most, List<TrialResult> trials, boolean complete) {
    /** Those that count. */
    public List<TrialResult> counting() {
        return trials.stream().filter(TrialResult::counts).toList();
    }
}
