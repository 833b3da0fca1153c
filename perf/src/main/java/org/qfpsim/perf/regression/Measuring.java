package org.qfpsim.perf.regression;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.qfpsim.perf.side.Turns;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.sim.EnvironmentReport;
import org.qfpsim.sim.InputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all commands that measure. */
final class Measuring {
    private static final int WARM_UP = 1000;
    private static final int QUADS = 4;
    private static final int MILLIS = 8;

    @Mixin
    private Target target = new Target();

    @Option(names = "--minutes", paramLabel = "MIN", defaultValue = "18",
        description = "Measure at most so long, builds not counted (default: ${DEFAULT-VALUE}).")
    private double minutes = 18;

    @Option(names = "--margin", paramLabel = "PERCENT", defaultValue = "2",
        description = "A change smaller than this is the SAME (default: ${DEFAULT-VALUE}).")
    private double margin = 2;

    @Option(names = "--error", paramLabel = "PERCENT", defaultValue = "1",
        description = "Probability that anything is called SLOWER when nothing is (default: ${DEFAULT-VALUE}).")
    private double error = 1;

    Measuring() {
    }

    /** Refuses what cannot be measured. */
    void check() {
        within("--minutes", minutes, 0.01, 24 * 60);
        within("--margin", margin, 0.1, 50);
        within("--error", error, 0.001, 20);
        target.check();
    }

    private static void within(final String option, final double value, final double least, final double most) {
        if (!(value >= least && value <= most)) {
            throw new InputException("perf: " + option + " " + value + " is not within " + least + " to " + most);
        }
    }

    String suite() {
        return target.suite();
    }

    String backend() {
        return target.backend();
    }

    Sides sides(final PrintWriter err) {
        return target.sides(err);
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
        final Turns turns = new Turns(target.processor(), WARM_UP, QUADS, MILLIS);
        return new Comparison((a, b, bFirst) -> turns.block(a, b, bFirst, Turns::common), judge, minutes, System::nanoTime, err);
    }

    /** One line that says what is measured and how. */
    String describe() {
        return String.format("%s; margin %.3g %%, error %.3g %%, at most %.3g minutes", target.describe(), margin, error, minutes);
    }

    /** The first line of a raw file. */
    Map<String, Object> header(final String a, final String b) {
        final Map<String, Object> header = new LinkedHashMap<>();
        header.put("qfp_comparison", 1);
        header.put("a", a);
        header.put("b", b);
        header.put("suite", target.suite());
        header.put("backend", target.backend());
        header.put("minutes", minutes);
        header.put("margin_percent", margin);
        header.put("error_percent", error);
        header.put("processor", target.processor());
        header.put("environment", EnvironmentReport.current().toMap());
        return header;
    }
}
