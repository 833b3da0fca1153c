package org.qfpsim.sim.scenario;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.capture.OutputFile;
import org.qfpsim.sim.net.NetworkClock;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.router.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs scenarios: one with its story, or all of them with a line for each. */
@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Tell a scenario on its time line, and check what was expected.",
        "Routers, links and traffic from a folder; without a name: the story of an invalid SPI."})
public final class ScenarioCommand implements Callable<Integer> {
    private final NodeFactory factory;
    private final @Nullable String standard;
    private final Consumer<String> keyWriter;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "A scenario of --list, or a folder with scenario.yaml.")
    private @Nullable String name;

    @Option(names = "--list", description = "List the scenarios that come with the program.")
    private boolean list;

    @Option(names = "--all", description = "Run all of them; the last line is 'N passed, M failed'.")
    private boolean all;

    @Option(names = "--mode", paramLabel = "MODE", defaultValue = "invoker",
        description = "invoker: one thread; dedicated: routers have threads of their own (default invoker).")
    private String mode = "";

    @Option(names = "--clock", paramLabel = "CLOCK",
        description = "virtual: an hour in seconds, the same in every run; real: as long as it takes, with tolerances (default virtual; "
            + "with interfaces of this machine: real).")
    private @Nullable String clock;

    @Option(names = "--attach", paramLabel = "INTERFACE=PORT",
        description = {"An interface of this machine instead of a link: [ROUTER:]GigabitEthernet0/0/0=eth:veth0.",
            "docs/interop.md lists the kinds of ports. May be given more than once."})
    private List<String> attach = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "Instead of the scenario's own.")
    private @Nullable Long seed;

    @Option(names = "--capture", paramLabel = "FILE", description = "Write what is put on the links to a pcapng file.")
    private @Nullable String capture;

    @Option(names = "--json", paramLabel = "FILE", description = "Expectations and what was seen as JSON.")
    private @Nullable String json;

    @Option(names = "--export-keys", paramLabel = "DIR",
        description = "Write the keys of IKE to an existing folder, as Wireshark's decryption tables. Keys are shown nowhere else.")
    private @Nullable String exportKeys;

    /**
     * With the routers of a factory.
     *
     * @param factory   makes the routers.
     * @param standard  the scenario that runs when none is named; null: one must be named.
     * @param keyWriter writes the keys that the routers have made into a folder.
     */
    public ScenarioCommand(final NodeFactory factory, final @Nullable String standard, final Consumer<String> keyWriter) {
        this.factory = factory;
        this.standard = standard;
        this.keyWriter = keyWriter;
    }

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final String one = name == null ? standard : name;
        if (list) {
            list(out);
            return Main.OK;
        }
        if (all && (name != null || capture != null || !attach.isEmpty())) {
            throw new InputException("--all goes with neither a name nor --capture nor --attach; leave them out");
        }
        if (!all && one == null) {
            throw new InputException("name a scenario, or use --all; --list lists them");
        }
        try (OutputFile file = json == null ? null : OutputFile.create(json)) {
            final List<ScenarioResult> results = all || one == null ? all(out) : List.of(run(ScenarioFolder.find(one), out));
            if (file != null) {
                file.writeJson(all ? Map.of("scenarios", results.stream().map(ScenarioResult::toMap).toList())
                    : results.getFirst().toMap());
                file.commit();
            }
            if (exportKeys != null) {
                keyWriter.accept(exportKeys);
            }
            results.stream().filter(result -> !result.passed())
                .forEach(result -> spec.commandLine().getErr().println("qfp: " + result.name() + ": " + result.failure()));
            return results.stream().allMatch(ScenarioResult::passed) ? Main.OK : Main.FAILED;
        }
    }

    private static void list(final PrintWriter out) {
        final List<String> known = new ArrayList<>(ScenarioFolder.shipped());
        known.addAll(ScenarioFolder.real());
        final String form = "%-" + longest(known) + "s  %s%n";
        known.forEach(shipped -> out.printf(form, shipped, ScenarioReader.title(ScenarioFolder.find(shipped))));
    }

    private static int longest(final List<String> names) {
        return names.stream().mapToInt(String::length).max().orElse(1);
    }

    private List<ScenarioResult> all(final PrintWriter out) {
        final List<ScenarioResult> results = new ArrayList<>();
        final String form = "%-6s  %-" + longest(ScenarioFolder.shipped()) + "s  %s";
        for (final String shipped : ScenarioFolder.shipped()) {
            String line;
            try {
                final ScenarioResult result = run(ScenarioFolder.find(shipped), new PrintWriter(Writer.nullWriter()));
                results.add(result);
                line = form.formatted(result.passed() ? "ok" : "FAILED", shipped, result.failure());
            } catch (final TooLongException e) {
                line = form.formatted("longer", shipped, e.getMessage());
            }
            out.println(line.stripTrailing());
            out.flush();
        }
        final long passed = results.stream().filter(ScenarioResult::passed).count();
        out.printf("%d passed, %d failed%n", passed, results.size() - passed);
        return results;
    }

    private ScenarioResult run(final ScenarioFolder folder, final PrintWriter out) {
        final ScenarioRunner runner = new ScenarioRunner(factory, new ScenarioRunner.Settings(mode(), clock(), capture, seed,
            attach.stream().map(Attachment::parse).toList()));
        try (Progress progress = new Progress(spec.commandLine().getErr(), folder.name(), "ms of its time")) {
            final ScenarioResult result = runner.run(folder, out, nanos -> progress.at(nanos / 1_000_000));
            result.warnings().forEach(warning -> spec.commandLine().getErr().println("qfp: " + folder.name() + ": warning: " + warning));
            return result;
        }
    }

    private Mode mode() {
        return switch (mode) {
            case "invoker" -> Mode.INVOKER;
            case "dedicated" -> Mode.DEDICATED;
            default -> throw new InputException("--mode " + mode + " is neither invoker nor dedicated");
        };
    }

    private ScenarioRunner.ClockSource clock() {
        return switch (clock) {
            case null -> ScenarioRunner.Settings.BY_SCENARIO;
            case "virtual" -> () -> NetworkClock.VIRTUAL;
            case "real" -> () -> NetworkClock.real(System::nanoTime);
            default -> throw new InputException("--clock " + clock + " is neither virtual nor real");
        };
    }
}
