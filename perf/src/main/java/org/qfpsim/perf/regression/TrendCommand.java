package org.qfpsim.perf.regression;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a history. */
@Command(name = "trend", mixinStandardHelpOptions = true, description = "Print what perf record has gathered, and draw it.")
final class TrendCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The history.")
    private Path file = Path.of("");

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw it into FILE.")
    private @Nullable Path svg;

    private TrendCommand() {
    }

    @Override
    public Integer call() {
        final List<Samples> history = Samples.read(file);
        final Trend trend = new Trend(history);
        if (svg != null) {
            try {
                Files.writeString(svg, trend.svg());
            } catch (final IOException e) {
                throw InputException.io("perf trend: --svg " + svg, "cannot be written", e);
            }
        }
        trend.lines().forEach(spec.commandLine().getOut()::println);
        return Main.OK;
    }
}
