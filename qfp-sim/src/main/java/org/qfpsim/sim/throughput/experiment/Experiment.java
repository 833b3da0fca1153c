package org.qfpsim.sim.throughput.experiment;

import java.util.List;
import java.util.Map;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.report.Plot;

/**
 * A question to a device: which trials are made, and what they say. What they say is computed from trials alone, so it can be computed
 * with and without the discarded ones, and from a file.
 */
public interface Experiment {
    /** Its name on the command line. */
    String name();

    /** What is done, with every setting, a line each. */
    List<String> describe();

    /** The same for JSON. */
    Map<String, Object> settings();

    /**
     * Makes the trials of a point.
     *
     * @param trials where they are made.
     */
    void run(Trials trials);

    /**
     * What trials say.
     *
     * @param trials all that are to count.
     * @return results for JSON.
     */
    Map<String, Object> evaluate(List<TrialResult> trials);

    /** Titles of the table's columns behind those that name the point. */
    List<String> columns();

    /**
     * Rows of the table.
     *
     * @param point what was measured.
     * @return cells for {@link #columns}.
     */
    List<List<String>> rows(PointResult point);

    /**
     * What must be known to read the results of a point.
     *
     * @param trials of a point, that count.
     * @return lines, normally none.
     */
    default List<String> remarks(final List<TrialResult> trials) {
        return List.of();
    }

    /**
     * Plots over all points.
     *
     * @param points the points.
     * @return the plots.
     */
    List<Plot> plots(List<PointResult> points);
}
