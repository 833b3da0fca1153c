package org.qfpsim.perf.regression;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.perf.probe.Suite;
import org.qfpsim.perf.side.BuildStore;
import org.qfpsim.perf.side.Processor;
import org.qfpsim.perf.side.Turns;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.sim.EnvironmentReport;
import org.qfpsim.sim.InputException;
import picocli.CommandLine.Option;

/** The options of all commands that measure. */
final class Measuring {
    private static final int WARM_UP = 1000;
    private static final int QUADS = 4;
    private static final int MILLIS = 8;

    @Option(names = "--suite", paramLabel = "NAME", defaultValue = "path",
        description = "What is measured: path or quick (default: ${DEFAULT-VALUE}).")
    private String suite = "path";

    @Option(names = "--crypto", paramLabel = "NAME", description = "ipsec-mb, libcrypto or jce (default: the best one here).")
    private @Nullable String crypto;

    @Option(names = "--minutes", paramLabel = "MIN", defaultValue = "18",
        description = "Measure at most so long, builds not counted (default: ${DEFAULT-VALUE}).")
    private double minutes = 18;

    @Option(names = "--margin", paramLabel = "PERCENT", defaultValue = "2",
        description = "A change smaller than this is the SAME (default: ${DEFAULT-VALUE}).")
    private double margin = 2;

    @Option(names = "--error", paramLabel = "PERCENT", defaultValue = "1",
        description = "Probability that anything is called SLOWER when nothing is (default: ${DEFAULT-VALUE}).")
    private double error = 1;

    @Option(names = "--cpu", paramLabel = "N",
        description = "Pin the measuring processes to this processor; -1 pins nothing (default: the last one).")
    private @Nullable Integer cpu;

    @Option(names = "--cache", paramLabel = "DIR", description = "Where builds of commits are kept (default: ~/.cache/qfp-sim/builds).")
    private @Nullable Path cache;

    Measuring() {
    }

    /** Refuses what cannot be measured. */
    void check() {
        within("--minutes", minutes, 0.01, 24 * 60);
        within("--margin", margin, 0.1, 50);
        within("--error", error, 0.001, 20);
        if (!Suite.labels().contains(suite)) {
            throw new InputException("perf: --suite " + suite + " is not one of " + String.join(", ", Suite.labels()));
        }
        if (crypto != null && !CryptoBackends.available().contains(crypto)) {
            throw new InputException("perf: --crypto " + crypto + " is not one of those that work here: "
                + String.join(", ", CryptoBackends.available()));
        }
        if (cpu != null && (cpu < -1 || cpu >= 4096)) {
            throw new InputException("perf: --cpu " + cpu + " is not a processor; -1 pins nothing");
        }
    }

    private static void within(final String option, final double value, final double least, final double most) {
        if (!(value >= least && value <= most)) {
            throw new InputException("perf: " + option + " " + value + " is not within " + least + " to " + most);
        }
    }

    String suite() {
        return suite;
    }

    String backend() {
        return crypto == null ? CryptoBackends.available().getFirst() : crypto;
    }

    Sides sides(final PrintWriter err) {
        return new Sides(cache == null ? BuildStore.home() : cache, err, suite, backend());
    }

    Judge judge() {
        return judge(Math.log1p(margin / 100));
    }

    /** One with another margin, as a logarithm. */
    Judge judge(final double logMargin) {
        return new Judge(logMargin, error / 100);
    }

    Comparison comparison(final PrintWriter err) {
        return comparison(err, judge());
    }

    Comparison comparison(final PrintWriter err, final Judge judge) {
        final Turns turns = new Turns(processor(), WARM_UP, QUADS, MILLIS);
        return new Comparison((a, b, bFirst) -> turns.block(a, b, bFirst, Turns::common), judge, minutes, System::nanoTime, err);
    }

    private int processor() {
        return cpu == null ? Processor.last() : cpu;
    }

    /** One line that says what is measured and how. */
    String describe() {
        final int processor = processor();
        return String.format("suite %s, AES-128-GCM, %s, %s; margin %.3g %%, error %.3g %%, at most %.3g minutes", suite, backend(),
            processor < 0 ? "not pinned" : "pinned to processor " + processor, margin, error, minutes);
    }

    /** The first line of a raw file. */
    Map<String, Object> header(final String a, final String b) {
        final Map<String, Object> header = new LinkedHashMap<>();
        header.put("qfp_comparison", 1);
        header.put("a", a);
        header.put("b", b);
        header.put("suite", suite);
        header.put("backend", backend());
        header.put("minutes", minutes);
        header.put("margin_percent", margin);
        header.put("error_percent", error);
        header.put("processor", processor());
        header.put("environment", EnvironmentReport.current().toMap());
        return header;
    }
}
