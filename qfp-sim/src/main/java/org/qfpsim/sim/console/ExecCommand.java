package org.qfpsim.sim.console;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import org.qfpsim.sim.scenario.LiveScenario;
import org.qfpsim.sim.scenario.ScenarioRunner;
import org.qfpsim.sim.scenario.router.KeyExport;
import org.qfpsim.sim.scenario.router.RouterFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a scenario to a moment on virtual time, and commands on one of its routers; for scripts. */
@Command(name = "exec", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Runs commands on a router of a scenario, prints what they print.",
        "Without --cmd they are read from standard input, one a line. The router is in privileged exec mode; a mode that a command",
        "leads to stays for the next one. Ends with 1 if a command was refused; the others are run all the same."})
public final class ExecCommand implements Callable<Integer> {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Map<String, Long> UNITS = Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h",
        3_600_000_000_000L);
    /** What comes of a command has this long to happen before the next one. */
    private static final long BETWEEN = 1_000_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RouterSource source = new RouterSource();

    @Option(names = "--cmd", paramLabel = "COMMAND", description = "A command; may be given more than once.")
    private List<String> commands = new ArrayList<>();

    @Option(names = "--at", paramLabel = "TIME", description = "When, in the scenario's time: 90s, 5m (default: at its end).")
    private @Nullable String at;

    @Option(names = "--seed", paramLabel = "N", description = "Instead of the scenario's own.")
    private @Nullable Long seed;

    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new ExecCommand();
        }

        @Override
        public List<Example> examples() {
            return List.of(new Example(Use.DROP_COUNTERS, "exec --router r2 --at 90s --cmd 'show crypto isakmp sa'"));
        }
    }

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final ScenarioRunner.Settings normal = ScenarioRunner.Settings.DEFAULT;
        try (LiveScenario scenario = LiveScenario.build(source.folder(), new RouterFactory(new KeyExport()),
            new ScenarioRunner.Settings(normal.mode(), normal.clock(), null, seed))) {
            final String router = scenario.router(source.router());
            scenario.run(at == null ? scenario.durationNanos() : nanos(at));
            boolean accepted = true;
            for (final Iterator<String> lines = lines(); lines.hasNext();) {
                accepted &= scenario.command(router, lines.next(), out::print);
                out.flush();
                scenario.run(scenario.nanos() + BETWEEN);
            }
            return accepted ? Main.OK : Main.FAILED;
        } catch (final UncheckedIOException e) {
            throw InputException.io("standard input", "cannot be read", Objects.requireNonNull(e.getCause()));
        }
    }

    private Iterator<String> lines() {
        return commands.isEmpty() ? new BoundedLines(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))
            : commands.iterator();
    }

    private static long nanos(final String text) {
        final Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new InputException("--at " + text + " is not a time; write it with its unit: 500ms, 90s, 5m, 1h");
        }
        return Long.parseLong(matcher.group(1)) * UNITS.getOrDefault(matcher.group(2), 1L);
    }
}
