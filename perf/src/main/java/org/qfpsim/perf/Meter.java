package org.qfpsim.perf;

import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.perf.probe.Metric;
import org.qfpsim.perf.side.ProbeProcess;
import org.qfpsim.perf.side.Sample;

/** Measures one row, wherever that is. */
interface Meter {
    /** Repeats the pass for at least so many milliseconds. */
    Sample slice(int millis);

    /** What was sampled of the cost of features until now. */
    CostLook costs();

    /** In this process. */
    record Here(Metric metric) implements Meter {
        private static final long MILLI = 1_000_000;

        @Override
        public Sample slice(final int millis) {
            return Sample.of(metric.slice(millis * MILLI));
        }

        @Override
        public CostLook costs() {
            return metric.costs();
        }
    }

    /** In another process. */
    record Apart(ProbeProcess process, int metric) implements Meter {
        @Override
        public Sample slice(final int millis) {
            return process.sample(metric, millis);
        }

        @Override
        public CostLook costs() {
            return process.costs(metric);
        }
    }
}
