package org.qfpsim.perf;

import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.perf.probe.PathSubject;
import org.qfpsim.perf.side.ProbeProcess;
import org.qfpsim.perf.side.Sample;

/** Measures one row, wherever that is. */
interface Meter {
    /** Repeats the pass for at least so many milliseconds. */
    Sample slice(int millis);

    /** What was sampled of the cost of features until now. */
    CostLook costs();

    /** In this process. */
    record Here(PathSubject subject) implements Meter {
        private static final long MILLI = 1_000_000;

        @Override
        public Sample slice(final int millis) {
            long spent = 0;
            long best = Long.MAX_VALUE;
            int passes = 0;
            for (; spent < millis * MILLI; passes++) {
                final long pass = subject.timedPass();
                best = Math.min(best, pass);
                spent += pass;
            }
            return new Sample((double) spent / passes / subject.packets(), (double) best / subject.packets());
        }

        @Override
        public CostLook costs() {
            return subject.costs();
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
