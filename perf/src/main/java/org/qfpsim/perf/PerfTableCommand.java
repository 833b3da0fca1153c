package org.qfpsim.perf;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.qfp.load.CostTable;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.sim.Environment;
import org.qfpsim.sim.EnvironmentReport;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The cost of the inbound path as ratios. Every cell is measured for a moment, then all again, round after round, in one JVM: so that
 * numerator and denominator see the same neighbours, clock and compiler. The printed ratio is the median over the rounds of the ratio
 * within a round.
 */
@Command(name = "perf-table", mixinStandardHelpOptions = true,
    description = {"Compare the whole inbound path with the bare decrypt.", "All rows are measured interleaved, in this run."})
public final class PerfTableCommand implements Callable<Integer> {
    private static final int MOST_ROUNDS = 1000;

    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new PerfTableCommand();
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--crypto", paramLabel = "NAME", description = "ipsec-mb, libcrypto or jce (default: the best one here).")
    private @Nullable String crypto;

    @Option(names = "--only", paramLabel = "REGEX", defaultValue = ".*",
        description = "Only rows whose name matches; what they are compared with is measured anyway.")
    private String only = ".*";

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "25", description = "Rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 25;

    @Option(names = "--millis", paramLabel = "MS", defaultValue = "20",
        description = "Measured time of a cell in a round (default: ${DEFAULT-VALUE}).")
    private int millis = 20;

    @Option(names = "--json", paramLabel = "FILE", description = "Write environment and all raw rounds to FILE.")
    private @Nullable Path json;

    private PerfTableCommand() {
    }

    @Override
    public Integer call() {
        within("--rounds", rounds, MOST_ROUNDS);
        within("--millis", millis, 1000);
        final String backend = backend();
        final List<PathCell> cells = PathCell.plan(backend, pattern());
        if (cells.isEmpty()) {
            throw new InputException("perf-table: no row matches '" + only + "'");
        }
        final Environment environment = EnvironmentReport.current();
        if (json == null) {
            report(environment, backend, cells);
        } else {
            // Opened first: an unwritable file is known before the minutes are spent.
            try (BenchJson file = new BenchJson("perf-table", json)) {
                report(environment, backend, cells);
                file.write(environment, Map.of("backend", backend, "rounds", rounds, "millis", millis, "ns_per_packet", raw(cells),
                    "best_ns_per_packet", best(cells), "cost", costs(cells)));
            }
        }
        return Main.OK;
    }

    private String backend() {
        final String wanted = crypto == null ? CryptoBackends.available().getFirst() : crypto;
        if (!CryptoBackends.available().contains(wanted)) {
            throw new InputException("perf-table: --crypto " + wanted + " is not one of those that work here: "
                + String.join(", ", CryptoBackends.available()));
        }
        return wanted;
    }

    private Pattern pattern() {
        try {
            return Pattern.compile(only);
        } catch (final PatternSyntaxException e) {
            throw new InputException("perf-table: --only '" + only + "' is not a regular expression: " + e.getDescription(), e);
        }
    }

    private static void within(final String option, final int value, final int most) {
        if (value < 1 || value > most) {
            throw new InputException("perf-table: " + option + " " + value + " is not within 1 to " + most);
        }
    }

    private void report(final Environment environment, final String backend, final List<PathCell> cells) {
        final PrintWriter out = spec.commandLine().getOut();
        EnvironmentReport.table(environment).forEach(out::println);
        out.println();
        out.flush();
        measure(cells);
        out.println("AES-128-GCM, IPv4 tunnel, window 64, one thread, " + backend + ", " + rounds + " rounds of " + millis
            + " ms; median (quartiles), and the fastest pass of all");
        out.println(PathCell.HEADING);
        cells.forEach(cell -> out.println(cell.row()));
        // One table of it is enough for people; the file has all.
        cells.stream().filter(cell -> !cell.costs().rows().isEmpty()).findFirst().ifPresent(cell ->
            out.printf("%nWhere the time of '%s' goes%n%s", cell.name(), CostTable.text(cell.costs())));
        out.flush();
    }

    private void measure(final List<PathCell> cells) {
        final long nanos = millis * 1_000_000L;
        try {
            cells.forEach(PathCell::open);
            cells.forEach(cell -> cell.warmUp(nanos));
            for (int round = 0; round < rounds; round++) {
                cells.forEach(cell -> cell.measure(nanos));
            }
        } finally {
            cells.forEach(PathCell::close);
        }
    }

    private static Map<String, List<Double>> raw(final List<PathCell> cells) {
        final Map<String, List<Double>> map = new LinkedHashMap<>();
        cells.forEach(cell -> map.put(cell.name(), new ArrayList<>(cell.samples())));
        return map;
    }

    private static Map<String, Double> best(final List<PathCell> cells) {
        final Map<String, Double> map = new LinkedHashMap<>();
        cells.forEach(cell -> map.put(cell.name(), cell.best()));
        return map;
    }

    private static Map<String, Object> costs(final List<PathCell> cells) {
        final Map<String, Object> map = new LinkedHashMap<>();
        cells.stream().filter(cell -> !cell.costs().rows().isEmpty()).forEach(cell -> map.put(cell.name(), CostTable.toMap(cell.costs())));
        return map;
    }

    static String format(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
