package org.qfpsim.perf;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.qfpsim.sim.Environment;
import org.qfpsim.sim.EnvironmentReport;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs JMH benchmarks in fresh JVMs. JMH starts them with the flags of this JVM, which are those of {@code jvm.flags}, because a manifest's
 * are not seen by forks. One benchmark runs at a time so that each result is printed as soon as it exists.
 */
@Command(name = "bench", mixinStandardHelpOptions = true,
    description = {"Run micro-benchmarks: median and spread of each.", "The environment comes first."})
public final class BenchCommand implements Callable<Integer> {
    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new BenchCommand();
        }

        @Override
        public List<Example> examples() {
            return List.of(new Example(Use.REGRESSION, "bench --json today.json"));
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "REGEX", defaultValue = ".*",
        description = "Which benchmarks, found anywhere in Class.method (default: all).")
    private String regex = ".*";

    @Option(names = "--list", description = "Only name them.")
    private boolean list;

    @Option(names = "--json", paramLabel = "FILE", description = "Write environment and all raw iterations to FILE.")
    private @Nullable Path json;

    @Option(names = "--forks", paramLabel = "N", description = "JVMs per benchmark; 0 runs inside this one, for debugging.")
    private @Nullable Integer forks;

    @Option(names = "--warmup", paramLabel = "N", description = "Iterations before measuring.")
    private @Nullable Integer warmup;

    @Option(names = "--iterations", paramLabel = "N", description = "Measured iterations per JVM.")
    private @Nullable Integer iterations;

    @Option(names = "--millis", paramLabel = "MS", description = "Length of one iteration.")
    private @Nullable Integer millis;

    @Option(names = "--param", paramLabel = "NAME=V[,V]", description = "Only these values of a benchmark's parameter; repeatable.")
    private List<String> params = new ArrayList<>();

    private BenchCommand() {
    }

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final SortedSet<String> names = names();
        if (list) {
            names.forEach(name -> out.println(BenchReport.shortName(name)));
            return Main.OK;
        }
        final List<Options> plan = names.stream().map(name -> options(name).build()).toList();
        final Environment environment = EnvironmentReport.current();
        if (json == null) {
            measure(plan, environment, out);
        } else {
            // Opened first: an unwritable file is known before the minutes are spent.
            try (BenchJson file = new BenchJson("bench", json)) {
                file.write(environment, measure(plan, environment, out));
            }
        }
        return Main.OK;
    }

    private SortedSet<String> names() {
        final Pattern wanted;
        try {
            wanted = Pattern.compile(regex);
        } catch (final PatternSyntaxException e) {
            throw new InputException("bench: '" + regex + "' is not a regular expression: " + e.getDescription(), e);
        }
        final SortedSet<String> names = new TreeSet<>();
        for (final BenchmarkListEntry entry
            : BenchmarkList.defaultList().getAll(OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), List.of())) {
            if (wanted.matcher(entry.getUsername()).find()) {
                names.add(entry.getUsername());
            }
        }
        if (names.isEmpty()) {
            throw new InputException("bench: no benchmark matches '" + regex + "'; ./qfp bench --list names them all");
        }
        return names;
    }

    private static Collection<RunResult> measure(final List<Options> plan, final Environment environment, final PrintWriter out) {
        EnvironmentReport.table(environment).forEach(out::println);
        out.println();
        out.println(BenchReport.HEADING);
        final List<RunResult> results = new ArrayList<>();
        for (final Options benchmark : plan) {
            out.flush();
            try {
                final Collection<RunResult> measured = new Runner(benchmark).run();
                measured.forEach(result -> out.println(BenchReport.row(result)));
                results.addAll(measured);
            } catch (final RunnerException e) {
                throw new IllegalStateException("benchmark " + benchmark.getIncludes() + " failed: " + e.getMessage(), e);
            }
        }
        return results;
    }

    private ChainedOptionsBuilder options(final String name) {
        final ChainedOptionsBuilder options = new OptionsBuilder()
            .include("^" + Pattern.quote(name) + "$")
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
        if (forks != null) {
            options.forks(atLeast(0, "--forks", forks));
        }
        if (warmup != null) {
            options.warmupIterations(atLeast(0, "--warmup", warmup));
        }
        if (iterations != null) {
            options.measurementIterations(atLeast(1, "--iterations", iterations));
        }
        if (millis != null) {
            final TimeValue time = TimeValue.milliseconds(atLeast(1, "--millis", millis));
            options.warmupTime(time).measurementTime(time);
        }
        for (final String param : params) {
            final int equals = param.indexOf('=');
            if (equals < 1) {
                throw new InputException("bench: --param '" + param + "' is not NAME=VALUE[,VALUE]");
            }
            options.param(param.substring(0, equals), param.substring(equals + 1).split(",", -1));
        }
        return options;
    }

    private static int atLeast(final int minimum, final String option, final int value) {
        if (value < minimum) {
            throw new InputException("bench: " + option + " " + value + " is less than " + minimum);
        }
        return value;
    }
}
