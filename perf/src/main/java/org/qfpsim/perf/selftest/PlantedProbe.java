package org.qfpsim.perf.selftest;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.qfpsim.perf.probe.PathSubject;
import org.qfpsim.perf.probe.Probe;
import org.qfpsim.perf.probe.Suite;

/**
 * The probe of a test build, which has each metric once for every amount of planted work: one rig, and the amount is set before each pass.
 *
 * <pre>
 *   PlantedProbe BACKEND METRIC=PARTS[,PARTS]...          metrics are then called "path 64 0", "path 64 1", ...
 * </pre>
 */
public final class PlantedProbe {
    private PlantedProbe() {
    }

    /** A subject that sets the planted work before each pass. */
    private record Planted(PathSubject subject, int parts, boolean last) implements PathSubject {
        @Override
        public int packets() {
            return subject.packets();
        }

        @Override
        public void prepare() {
            Burn.set(parts);
            subject.prepare();
        }

        @Override
        public void run() {
            subject.run();
        }

        @Override
        public void close() {
            if (last) {
                subject.close();
            }
        }
    }

    /**
     * Opens and obeys.
     *
     * @param args as above.
     * @throws IOException if the input cannot be read.
     */
    public static void main(final String[] args) throws IOException {
        final Map<String, Supplier<PathSubject>> openers = Suite.PATH.openers(args[0], PathSubject.BUFFERS);
        final Map<String, Supplier<PathSubject>> planted = new LinkedHashMap<>();
        for (int i = 1; i < args.length; i++) {
            final int equals = args[i].indexOf('=');
            final String name = args[i].substring(0, equals);
            final Supplier<PathSubject> opener = openers.get(name);
            if (opener == null) {
                throw new IllegalArgumentException("no metric is called '" + name + "'");
            }
            final PathSubject subject = opener.get();
            final String[] parts = args[i].substring(equals + 1).split(",", -1);
            for (int level = 0; level < parts.length; level++) {
                final int amount = Integer.parseInt(parts[level]);
                final boolean last = level == parts.length - 1;
                planted.put(name + " " + level, () -> new Planted(subject, amount, last));
            }
        }
        Probe.serve(planted);
    }
}
