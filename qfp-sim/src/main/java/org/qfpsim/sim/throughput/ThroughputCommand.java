package org.qfpsim.sim.throughput;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.sim.EnvironmentReport;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Interruption;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import org.qfpsim.sim.capture.OutputFile;
import org.qfpsim.sim.throughput.experiment.BackToBack;
import org.qfpsim.sim.throughput.experiment.DiscardRule;
import org.qfpsim.sim.throughput.experiment.Experiment;
import org.qfpsim.sim.throughput.experiment.Flood;
import org.qfpsim.sim.throughput.experiment.Point;
import org.qfpsim.sim.throughput.experiment.PointResult;
import org.qfpsim.sim.throughput.experiment.Soak;
import org.qfpsim.sim.throughput.experiment.Trials;
import org.qfpsim.sim.throughput.load.Device;
import org.qfpsim.sim.throughput.load.PipelineDevice;
import org.qfpsim.sim.throughput.model.ModelDevice;
import org.qfpsim.sim.throughput.report.CsvReport;
import org.qfpsim.sim.throughput.report.HtmlReport;
import org.qfpsim.sim.throughput.report.Resumed;
import org.qfpsim.sim.throughput.report.Run;
import org.qfpsim.sim.throughput.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Throughput experiments: measures every point of a sweep and reports. */
@Command(name = "throughput", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Searches for the rates without loss; loss curves, latency, floods.")
public final class ThroughputCommand implements Callable<Integer> {
    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new ThroughputCommand();
        }

        @Override
        public List<Example> examples() {
            return List.of(new Example(Use.THROUGHPUT, "throughput --quick --size 64,IMIX,1400 --html report.html"));
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ExperimentOptions experiments = new ExperimentOptions();

    @Mixin
    private PointOptions sweep = new PointOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Everything, all trials and the environment; written after every point.")
    private @Nullable String json;

    @Option(names = "--csv", paramLabel = "FILE", description = "A line a trial.")
    private @Nullable String csv;

    @Option(names = "--html", paramLabel = "FILE", description = "One file with table and plots.")
    private @Nullable String html;

    @Option(names = "--resume", paramLabel = "FILE", description = "Go on with a run that was stopped: the FILE that its --json has left.")
    private @Nullable String resume;

    private final Function<Point, Device> devices;
    private final BooleanSupplier stop;

    private ThroughputCommand() {
        this(ThroughputCommand::device, () -> false);
    }

    /**
     * With other devices, for tests.
     *
     * @param devices makes the device of a point.
     * @param stop    stops the run beside the user.
     */
    ThroughputCommand(final Function<Point, Device> devices, final BooleanSupplier stop) {
        this.devices = devices;
        this.stop = stop;
    }

    private static Device device(final Point point) {
        final PlatformProfile platform = point.device().platform();
        return platform == null ? new PipelineDevice(point.traffic(), point.device())
            : new ModelDevice(point.traffic(), point.device(), platform);
    }

    @Override
    public Integer call() {
        final Experiment experiment = experiments.experiment(sweep.platform() != null);
        final DiscardRule rule = experiments.rule();
        final List<Point> points = sweep.points();
        check(experiment, points);
        final @Nullable Resumed earlier = resume == null ? null : Resumed.read(resume, experiment, rule);
        final Run run = new Run(command(), experiment, rule,
            EnvironmentReport.current().toMap());
        // Before the first trial: a typing error should not cost a run.
        Stream.of(json, csv, html).filter(Objects::nonNull).forEach(file -> OutputFile.create(file).close());
        final PrintWriter out = spec.commandLine().getOut();
        try (Interruption interruption = new Interruption()) {
            experiment.describe().forEach(out::println);
            out.println("rule: " + (sweep.platform() == null ? rule.text() : DiscardRule.VIRTUAL));
            out.flush();
            try (LiveProgress progress = new LiveProgress(spec.commandLine().getErr())) {
                measure(run, points, earlier, progress, () -> interruption.requested() || stop.getAsBoolean());
            }
            // Files first: who reads standard output may have been interrupted too. The table even if a disk is full.
            try {
                writeFiles(run);
            } finally {
                report(run, out);
            }
        }
        return run.faults().isEmpty() ? Main.OK : Main.FAILED;
    }

    /** The command line, from the command's name on. */
    private List<String> command() {
        return spec.commandLine().getParseResult().originalArgs();
    }

    private static void check(final Experiment experiment, final List<Point> points) {
        if (experiment instanceof Flood && points.stream().anyMatch(point -> !point.traffic().mix().name().equals("good"))) {
            throw new InputException("throughput flood makes its own mix: leave --mix away");
        }
        if (experiment.name().equals("rekey") && points.stream().anyMatch(point -> !point.traffic().mix().name().equals("good")
            || point.traffic().window() == 0)) {
            throw new InputException("throughput rekey is for good packets, each sent once: leave --mix and --replay-window 0 away");
        }
        if (experiment instanceof BackToBack && points.stream().anyMatch(point -> point.traffic().bursts().packets() > 1)) {
            throw new InputException("throughput back-to-back makes its own bursts: leave --burst away");
        }
        if (experiment instanceof final Soak soak) {
            for (final Point point : points) {
                if (!point.traffic().esn() && soak.packets() / point.traffic().sas() > 0xffff_ffffL) {
                    throw new InputException("a soak of " + soak.packets() + " packets needs more than the 2^32 sequence numbers of "
                        + point.traffic().sas() + " SAs: use --esn, or more --sas");
                }
            }
        }
    }

    private void measure(final Run run, final List<Point> points, final @Nullable Resumed earlier, final LiveProgress progress,
                         final BooleanSupplier stopped) {
        int number = 0;
        for (final Point point : points) {
            progress.point(++number, points.size(), point.label());
            final Trials.Begun begun = earlier == null ? Trials.Begun.NOTHING : earlier.point(point);
            boolean whole = false;
            try (Trials trials = new Trials(() -> devices.apply(point), experiments.rule(), begun, stopped, progress)) {
                try {
                    run.experiment().run(trials);
                    whole = true;
                } catch (final Trials.StoppedException e) {
                    // What there is is kept.
                    whole = false;
                }
                run.add(new PointResult(point, trials.facts(), trials.most(), trials.all(), whole));
            }
            if (!whole) {
                return;
            }
            if (json != null && !OutputFile.isStandardOutput(json) && number < points.size()) {
                writeJson(run, json);
            }
        }
        run.complete();
    }

    private static void report(final Run run, final PrintWriter out) {
        run.notes().forEach(out::println);
        out.println();
        TextTable.of(run.columns().size(), run.table()).forEach(out::println);
        out.println();
        run.remarks().forEach(out::println);
        run.disturbances().forEach(out::println);
        run.faults().forEach(fault -> out.println("NOT ACCOUNTED FOR: " + fault));
        if (run.faults().isEmpty()) {
            out.println("every frame of every trial was accounted for");
        }
        if (!run.isComplete()) {
            out.println("stopped before the end; --resume goes on with what --json has kept");
        }
        out.flush();
    }

    private void writeFiles(final Run run) {
        if (json != null) {
            writeJson(run, json);
        }
        if (csv != null) {
            CsvReport.write(run, csv);
        }
        if (html != null) {
            HtmlReport.write(run, html);
        }
    }

    private static void writeJson(final Run run, final String file) {
        try (OutputFile out = OutputFile.create(file)) {
            out.writeJson(run.toMap());
            out.commit();
        }
    }
}
