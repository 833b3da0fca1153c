package org.qfpsim.perf.regression;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import org.qfpsim.perf.side.Build;
import org.qfpsim.sim.EnvironmentReport;
import org.qfpsim.sim.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures one version and adds it to a history. */
@Command(name = "record", mixinStandardHelpOptions = true,
    description = "Measure one version for --minutes and add a line to a history file.")
final class RecordCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Measuring measuring = new Measuring();

    @Parameters(arity = "0..1", paramLabel = "VERSION", defaultValue = Sides.RUNNING,
        description = "A commit, a folder with a qfp.jar, or . for this build (default).")
    private String version = Sides.RUNNING;

    @Option(names = "--as", paramLabel = "NAME", defaultValue = "", description = "What the history calls it (default: VERSION).")
    private String name = "";

    @Option(names = "--to", required = true, paramLabel = "FILE",
        description = "The history; trend reads it, and check --baseline its last line.")
    private Path file = Path.of("");

    private RecordCommand() {
    }

    @Override
    public Integer call() {
        measuring.check();
        final PrintWriter err = spec.commandLine().getErr();
        final Build build = measuring.sides(err).find(version);
        final Samples samples = measure(measuring, build, name.isEmpty() ? build.label() : name, err);
        samples.appendTo(file);
        final PrintWriter out = spec.commandLine().getOut();
        out.printf("%-16s %9s %9s%n", "median", "ns", "of bare");
        samples.metrics().forEach(metric -> out.printf("%-16s %9.1f %9.3f%n", metric, samples.nanos(metric), samples.ratio(metric)));
        out.println("added to " + file + ": " + samples.processes() + " processes");
        return Main.OK;
    }

    static Samples measure(final Measuring measuring, final Build build, final String name, final PrintWriter err) {
        final Record record = measuring.comparison(err).alone(build, new Random());
        return Samples.of(name, measuring.suite(), measuring.backend(), EnvironmentReport.current(), record);
    }
}
