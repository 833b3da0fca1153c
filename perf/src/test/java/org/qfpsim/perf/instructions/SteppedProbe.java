package org.qfpsim.perf.instructions;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.qfpsim.perf.probe.PathSubject;
import org.qfpsim.perf.probe.Probe;

/** The real probe with metrics whose work is known: {@code SteppedProbe TURNS...}. */
public final class SteppedProbe {
    private SteppedProbe() {
    }

    /** So many turns of a loop for each of ten packets; doubles are compared, since the JVM then restores the flags of the processor. */
    private static final class Turns implements PathSubject {
        private final int turns;
        private double sum;

        Turns(final int turns) {
            this.turns = turns;
        }

        @Override
        public int packets() {
            return 10;
        }

        @Override
        public void prepare() {
            sum = 0;
        }

        @Override
        public void run() {
            for (int i = 0; i < turns * packets(); i++) {
                sum = sum > i ? sum - 1 : sum + i;
            }
        }

        @Override
        public void close() {
            if (Double.isNaN(sum)) {
                throw new IllegalStateException("not a number");
            }
        }
    }

    /** Obeys. */
    public static void main(final String[] args) throws IOException {
        final Map<String, Supplier<PathSubject>> openers = new LinkedHashMap<>();
        for (final String turns : args) {
            openers.put(turns, () -> new Turns(Integer.parseInt(turns)));
        }
        Probe.serve(openers);
    }
}
