package org.qfpsim.sim.throughput.load;

import java.util.Map;
import java.util.function.BooleanSupplier;

/** A device under test with its generator: makes a trial when asked. */
public interface Device extends AutoCloseable {
    /** The fact that is a list of lines for people. */
    String NOTES = "notes";
    /** The fact that is what each feature takes, as {@code CostTable} has it for JSON; only where it is measured. */
    String COST = "cost";

    /**
     * Makes a trial.
     *
     * @param spec what.
     * @param stop asked now and then; true ends the trial early.
     * @return what came of it; its {@code discarded} is empty.
     */
    TrialResult run(TrialSpec spec, BooleanSupplier stop);

    /**
     * The highest load that can be offered.
     *
     * @param seconds for how long.
     * @return packets a second.
     */
    double most(double seconds);

    /** What is true of all trials, for JSON: threads, crypto library, what the generator can do; in {@link #NOTES} for people. */
    Map<String, Object> facts();

    @Override
    void close();
}
