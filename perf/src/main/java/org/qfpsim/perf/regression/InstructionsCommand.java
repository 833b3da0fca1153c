package org.qfpsim.perf.regression;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.instructions.InstructionCount;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.Status;
import org.qfpsim.sim.EnvironmentReport;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A second opinion on a machine that cannot be trusted with time. */
@Command(name = "instructions", mixinStandardHelpOptions = true,
    description = "Count the instructions a packet takes, one by one, in one version or in two.",
    footer = {"", "A thread is stepped as by a debugger: no neighbour and no frequency changes the count, and no hardware counter is",
        "needed. What it says is work, not time: use it beside compare. Exit codes: 0 counted, 2 bad usage."})
final class InstructionsCommand implements Callable<Integer> {
    private static final int MOST_PROCESSES = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Target target = new Target();

    @Parameters(index = "0", paramLabel = "A", defaultValue = Sides.RUNNING,
        description = "A version: a commit, a folder with a qfp.jar, or . for this build (the default).")
    private String a = Sides.RUNNING;

    @Parameters(index = "1", paramLabel = "B", arity = "0..1", description = "Another one.")
    private @Nullable String b;

    @Option(names = "--processes", paramLabel = "N", defaultValue = "3",
        description = "Processes of each version; the compiler never does quite the same (default: ${DEFAULT-VALUE}).")
    private int processes = 3;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the counts and the environment to FILE, a JSON object a line.")
    private @Nullable Path json;

    private InstructionsCommand() {
    }

    @Override
    public Integer call() {
        target.check();
        if (processes < 1 || processes > MOST_PROCESSES) {
            throw new InputException("perf instructions: --processes " + processes + " is not within 1 to " + MOST_PROCESSES);
        }
        final PrintWriter err = spec.commandLine().getErr();
        final PrintWriter out = spec.commandLine().getOut();
        final Sides sides = target.sides(err, String.valueOf(InstructionCount.PACKETS));
        // Opened first: an unwritable file is known before anything is built.
        try (RawFile raw = new RawFile(json); Status status = new Status(err)) {
            final List<Build> builds = new ArrayList<>(List.of(sides.find(a)));
            if (b != null) {
                builds.add(sides.find(b));
            }
            final Map<String, Object> header = new LinkedHashMap<>();
            header.put("qfp_instructions", 1);
            header.put("suite", target.suite());
            header.put("backend", target.backend());
            header.put("packets", InstructionCount.PACKETS);
            header.put("environment", EnvironmentReport.current().toMap());
            raw.add(header);
            final List<InstructionCount> counts = new ArrayList<>();
            for (final Build build : builds) {
                final InstructionCount count = InstructionCount.of(build, processes, target.processor(), status);
                counts.add(count);
                count.metrics().forEach(metric -> raw.add(Map.of("build", build.label(), "metric", metric,
                    "instructions", count.of(metric))));
            }
            out.println("Instructions a packet: " + target.describe() + "; median (range) of " + processes
                + (processes == 1 ? " process" : " processes"));
            lines(builds.stream().map(Build::label).toList(), counts).forEach(out::println);
        }
        return Main.OK;
    }

    /** The table. */
    static List<String> lines(final List<String> labels, final List<InstructionCount> counts) {
        final List<String> lines = new ArrayList<>();
        final StringBuilder head = new StringBuilder("%-16s".formatted("metric"));
        labels.forEach(label -> head.append("  %28s".formatted(label)));
        lines.add(head.append(labels.size() > 1 ? "    change" : "").toString());
        for (final String metric : counts.getFirst().metrics()) {
            final StringBuilder line = new StringBuilder("%-16s".formatted(metric));
            for (final InstructionCount count : counts) {
                final double[] all = count.of(metric);
                line.append("  %10.1f %17s".formatted(count.median(metric), "(%.1f-%.1f)".formatted(all[0], all[all.length - 1])));
            }
            if (counts.size() > 1) {
                line.append("  %+6.2f %%".formatted(100 * (counts.getLast().median(metric) / counts.getFirst().median(metric) - 1)));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
