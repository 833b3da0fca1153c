package org.qfpsim.perf;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.qfp.load.CostTable;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.Status;
import org.qfpsim.sim.Environment;
import org.qfpsim.sim.EnvironmentReport;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Interruption;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The cost of the inbound path as ratios. Every cell is measured for a moment, then all again, round after round: so that numerator and
 * denominator see the same neighbours and clock. The printed ratio is the median over the rounds of the ratio within a round. Each row has
 * a process of its own, since what a compiler makes of a loop depends on all that the process has seen before, and after some of the rounds
 * another one, since no two processes are alike. {@link PathSection} has the rows and the goals.
 */
@Command(name = "perf-table", mixinStandardHelpOptions = true, subcommands = DedicatedCommand.class,
    description = {"Compare the whole packet path with the bare decrypt.",
        "The rows of a section are measured interleaved, in this run, each in processes of its own."})
public final class PerfTableCommand implements Callable<Integer> {
    private static final int MOST_ROUNDS = 1000;
    private static final int MOST_FORKS = 100;
    private static final double PERCENT = 100;
    /** The quiet machine of performance log 69 had 4 %. */
    private static final double QUIET = 0.1;
    private static final int MOST_SAS = 2_000_000;
    /** Sender and receiver of an SA keep about 700 octets in Java's heap (measured with 200,000), and there must be room to work. */
    private static final long HEAP_OF_AN_SA = 1000;

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

    @Option(names = "--sas", paramLabel = "N,N...", split = ",", defaultValue = "1000,10000,65536",
        description = "Numbers of SAs that are taken in turn (default: ${DEFAULT-VALUE}); 1000000 needs two minutes and 3 GB.")
    private List<Integer> sas = List.of();

    @Option(names = "--dpdk", negatable = true, description = {"Measure dpdk-test-crypto-perf beside bare, or do not.",
        "Default: if it is here, and the library is ipsec-mb."})
    private @Nullable Boolean dpdk;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "25", description = "Rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 25;

    @Option(names = "--millis", paramLabel = "MS", defaultValue = "20",
        description = "Measured time of a cell in a round (default: ${DEFAULT-VALUE}).")
    private int millis = 20;

    @Option(names = "--forks", paramLabel = "N", defaultValue = "3", description = {
        "Processes of a row, one after the other; no more than rounds (default: ${DEFAULT-VALUE}).",
        "0: all rows in this process, which runs what its compiler made of all of them."})
    private int forks = 3;

    @Option(names = "--json", paramLabel = "FILE", description = "Write environment and all raw rounds to FILE.")
    private @Nullable Path json;

    private final Build running = Build.running("perf-table", Path.of(System.getProperty("qfp.root", "."), "jvm.flags"));

    private PerfTableCommand() {
    }

    @Override
    public Integer call() {
        within("--rounds", rounds, 1, MOST_ROUNDS);
        within("--millis", millis, 1, 1000);
        within("--forks", forks, 0, MOST_FORKS);
        sas.forEach(number -> within("--sas", number, 1, MOST_SAS));
        final String backend = backend("perf-table", crypto);
        final Pattern wanted = pattern();
        final Environment environment = EnvironmentReport.current();
        if (json == null) {
            report(environment, backend, sections(backend, wanted), cells -> { });
        } else {
            // Opened first: an unwritable file is known before the minutes are spent.
            try (BenchJson file = new BenchJson("perf-table", json)) {
                report(environment, backend, sections(backend, wanted), cells -> file.write(environment, table(backend, cells)));
            }
        }
        return Main.OK;
    }

    private List<PathSection> sections(final String backend, final Pattern wanted) {
        final List<String> others = crypto == null
            ? CryptoBackends.available().stream().filter(other -> !other.equals(backend)).toList() : List.of();
        final List<PathSection> sections = PathSection.plan(backend, others, sas, withDpdk(backend, wanted), wanted);
        if (sections.isEmpty()) {
            throw new InputException("perf-table: no row matches '" + only + "'");
        }
        sections.stream().flatMap(section -> section.cells().stream()).forEach(cell -> sas.stream()
            .filter(number -> cell.name().equals(PathSection.manySas(number))).forEach(PerfTableCommand::requireRoom));
        return sections;
    }

    private static void requireRoom(final int number) {
        final long most = Runtime.getRuntime().maxMemory();
        if (number * HEAP_OF_AN_SA > most) {
            throw new InputException("perf-table: --sas " + number + " needs a heap of about " + (number * HEAP_OF_AN_SA >> 20)
                + " MB, and the JVM may have " + (most >> 20) + "; QFP_JAVA_OPTS=-Xmx"
                + ((number * HEAP_OF_AN_SA >> 30) + 1) + "g gives it more");
        }
    }

    /** Whether DPDK is measured; where it was not asked for and cannot be, that is said. */
    private boolean withDpdk(final String backend, final Pattern wanted) {
        if (Boolean.FALSE.equals(dpdk) || dpdk == null && !backend.equals(PathSection.IPSEC_MB)
            || !PathSection.wantsBare(backend, wanted)) {
            return false;
        }
        final String missing = backend.equals(PathSection.IPSEC_MB) ? DpdkDecrypt.missing()
            : "what is measured is " + PathSection.IPSEC_MB + "'s decrypt, not that of " + backend;
        if (missing != null && Boolean.TRUE.equals(dpdk)) {
            throw new InputException("perf-table: --dpdk: " + missing);
        }
        if (missing != null) {
            spec.commandLine().getErr().println("perf-table: bare is compared with nothing: " + missing);
        }
        return missing == null;
    }

    /**
     * The crypto library.
     *
     * @param command whose messages these are.
     * @param crypto  what was asked for; null for the best one.
     * @return one that works here.
     */
    static String backend(final String command, final @Nullable String crypto) {
        final String wanted = crypto == null ? CryptoBackends.available().getFirst() : crypto;
        if (!CryptoBackends.available().contains(wanted)) {
            throw new InputException(command + ": --crypto " + wanted + " is not one of those that work here: "
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

    private static void within(final String option, final int value, final int least, final int most) {
        if (value < least || value > most) {
            throw new InputException("perf-table: " + option + " " + value + " is not within " + least + " to " + most);
        }
    }

    private void report(final Environment environment, final String backend, final List<PathSection> sections,
                        final Consumer<List<PathCell>> file) {
        final PrintWriter out = spec.commandLine().getOut();
        EnvironmentReport.table(environment).forEach(out::println);
        out.println();
        final int processes = Math.min(forks, rounds);
        out.println("IPv4 tunnel, window 64, one thread, " + backend + ", " + rounds + " rounds of " + millis + " ms, "
            + (processes == 0 ? "all in one process" : "each row in processes of its own: " + processes)
            + "; median (quartiles), and the fastest pass of all; goals are for the median");
        out.println(PathCell.HEADING);
        out.flush();
        final PathSection.Plan plan = new PathSection.Plan(rounds, millis, Math.max(1, processes),
            processes == 0 ? null : process -> RowProbe.build(running, backend, sas, process));
        final List<PathCell> measured = new ArrayList<>();
        try (Interruption interruption = new Interruption(); Status status = new Status(spec.commandLine().getErr())) {
            for (final PathSection section : sections) {
                if (!interruption.requested()
                    && section.measure(plan, status::say, interruption::requested)) {
                    out.println(section.title());
                    section.cells().forEach(cell -> out.println(cell.row()));
                    out.flush();
                    measured.addAll(section.cells());
                }
            }
            // One table of it is enough for people; the file has all.
            measured.stream().filter(cell -> !cell.costs().rows().isEmpty()).findFirst()
                .ifPresent(cell -> out.printf("%nWhere the time of '%s' goes%n%s", cell.name(), CostTable.text(cell.costs())));
            if (!measured.isEmpty()) {
                out.println(format("%nThe rows' medians are %.0f %% above their fastest passes: %s", PERCENT * disturbance(measured),
                    disturbance(measured) > QUIET ? "neighbours were loud" : "quiet"));
            }
            if (interruption.requested()) {
                out.println("interrupted: what had been measured");
            }
            out.flush();
            file.accept(measured);
        }
    }

    /** How much longer the median round of a row took than its fastest pass, as a share; the median over the rows. */
    private static double disturbance(final List<PathCell> cells) {
        return Measured.statistics(cells.stream()
            .map(cell -> Measured.statistics(cell.samples()).getPercentile(50) / cell.best() - 1).toList()).getPercentile(50);
    }

    private Map<String, Object> table(final String backend, final List<PathCell> cells) {
        final Map<String, Object> table = new LinkedHashMap<>();
        table.put("backend", backend);
        table.put("rounds", rounds);
        table.put("millis", millis);
        table.put("processes_of_a_row", Math.min(forks, rounds));
        table.put("medians_above_best_passes", cells.isEmpty() ? 0 : disturbance(cells));
        table.put("ns_per_packet", byName(cells, PathCell::samples));
        table.put("best_ns_per_packet", byName(cells, PathCell::best));
        table.put("ratios", byName(cells.stream().filter(cell -> !cell.comparison().isEmpty()).toList(), PathCell::comparison));
        table.put("cost", byName(cells.stream().filter(cell -> !cell.costs().rows().isEmpty()).toList(),
            cell -> CostTable.toMap(cell.costs())));
        return table;
    }

    private static <T> Map<String, T> byName(final List<PathCell> cells, final Function<PathCell, T> value) {
        final Map<String, T> map = new LinkedHashMap<>();
        cells.forEach(cell -> map.put(cell.name(), value.apply(cell)));
        return map;
    }

    static String format(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
