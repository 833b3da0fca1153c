package org.qfpsim.sim.console;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.show.ColumnSources;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Json;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import org.qfpsim.sim.TimeOption;
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

    @Option(names = "--json", description = "An object for each command: its output, and which columns are measured or modelled.")
    private boolean json;

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
            scenario.run(at == null ? scenario.durationNanos() : TimeOption.nanos("--at", at));
            boolean accepted = true;
            for (final Iterator<String> lines = lines(); lines.hasNext();) {
                accepted &= json ? object(scenario, router, lines.next(), out) : run(scenario, router, lines.next(), new ScriptOutput(out));
                out.flush();
            }
            return accepted ? Main.OK : Main.FAILED;
        } catch (final UncheckedIOException e) {
            throw InputException.io("standard input", "cannot be read", Objects.requireNonNull(e.getCause()));
        }
    }

    /** Runs a command, and time until it has ended and what comes of it has happened. */
    private static boolean run(final LiveScenario scenario, final String router, final String line, final ScriptOutput text) {
        final boolean accepted = scenario.command(router, line, text);
        do {
            text.flush();
            scenario.run(scenario.nanos() + BETWEEN);
        } while (text.isHeld());
        return accepted;
    }

    /** The same, as an object of JSON with where the columns of the output come from. */
    private static boolean object(final LiveScenario scenario, final String router, final String line, final PrintWriter out) {
        final Map<String, Object> object = new LinkedHashMap<>();
        object.put("router", router);
        object.put("time_ns", scenario.nanos());
        object.put("command", line);
        // Asked before: the command may lead to another mode.
        final List<Map<String, String>> sources = scenario.sources(router, line).stream()
            .map(ExecCommand::object).toList();
        final StringWriter text = new StringWriter();
        final boolean accepted = run(scenario, router, line, new ScriptOutput(new PrintWriter(text)));
        object.put("accepted", accepted);
        object.put("output", text.toString());
        object.put("sources", sources);
        out.println(Json.pretty(object));
        return accepted;
    }

    private static Map<String, String> object(final ColumnSources.Row row) {
        final Map<String, String> object = new LinkedHashMap<>();
        object.put("columns", row.columns());
        object.put("source", row.source());
        return object;
    }

    /** Waits for the end of a command that goes on, {@code ping}. */
    private static final class ScriptOutput implements Output {
        private final PrintWriter out;
        private boolean held;

        ScriptOutput(final PrintWriter out) {
            this.out = out;
        }

        boolean isHeld() {
            return held;
        }

        void flush() {
            out.flush();
        }

        @Override
        public void print(final String text) {
            out.print(text);
        }

        @Override
        public boolean hold() {
            held = true;
            return true;
        }

        @Override
        public void release() {
            held = false;
        }
    }

    private Iterator<String> lines() {
        return commands.isEmpty() ? new BoundedLines(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))
            : commands.iterator();
    }
}
