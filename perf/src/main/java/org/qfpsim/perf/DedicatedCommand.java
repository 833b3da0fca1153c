package org.qfpsim.perf;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.side.Status;
import org.qfpsim.sim.Environment;
import org.qfpsim.sim.EnvironmentReport;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One elephant flow over all engines, in order: what limits it, and how many engines reach that limit. */
@Command(name = "dedicated", mixinStandardHelpOptions = true,
    description = {"One flow, one SA, spread over all engines in order: what each stage costs a packet,",
        "the ceiling that the serial ones set, packets a second with a thread for each engine as far as there are cores,",
        "and what eight engines would give (a projection)."})
final class DedicatedCommand implements Callable<Integer> {
    private static final int SMALL = 64;
    private static final int LARGE = 1400;
    private static final int PROJECTED_PPES = 8;
    private static final Goal STAGE = Goal.atMost(25);
    private static final Goal SPEED_UP = Goal.atLeast(4.5);
    /** Besides the engines: the source with dispatch, and gather. */
    private static final int OTHER_THREADS = 2;
    private static final double GIGA = 1e3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--crypto", paramLabel = "NAME", description = "ipsec-mb, libcrypto or jce (default: the best one here).")
    private @Nullable String crypto;

    @Option(names = "--passes", paramLabel = "N", defaultValue = "200",
        description = "Samples of each figure, of 4,096 packets (default: ${DEFAULT-VALUE}).")
    private int passes = 200;

    @Option(names = "--json", paramLabel = "FILE", description = "Write environment and all samples to FILE.")
    private @Nullable Path json;

    private final Map<String, Object> raw = new LinkedHashMap<>();

    @Override
    public Integer call() {
        if (passes < 1 || passes > 100_000) {
            throw new InputException("perf-table dedicated: --passes " + passes + " is not within 1 to 100000");
        }
        final String backend = PerfTableCommand.backend("perf-table dedicated", crypto);
        final Environment environment = EnvironmentReport.current();
        if (json == null) {
            report(environment, backend);
        } else {
            try (BenchJson file = new BenchJson("perf-table dedicated", json)) {
                report(environment, backend);
                file.write(environment, raw);
            }
        }
        return Main.OK;
    }

    private void report(final Environment environment, final String backend) {
        final PrintWriter out = spec.commandLine().getOut();
        EnvironmentReport.table(environment).forEach(out::println);
        out.println();
        out.println("one elephant flow: one SA, AES-128-GCM, IPv4 tunnel, window 64, " + backend + "; " + passes
            + " passes, median (quartiles) and the fastest");
        final int cores = Runtime.getRuntime().availableProcessors();
        raw.put("backend", backend);
        raw.put("cores", cores);
        try (Status status = new Status(spec.commandLine().getErr())) {
            for (final int octets : new int[] {SMALL, LARGE}) {
                status.say("stages, " + octets + " octets");
                final DedicatedStages stages = new DedicatedStages(backend, octets, cores > 1);
                stages.measure(passes);
                stages(out, octets, stages);
                projection(out, octets, stages);
            }
            for (final int octets : new int[] {SMALL, LARGE}) {
                threads(out, status, backend, octets, cores);
            }
        }
    }

    private void stages(final PrintWriter out, final int octets, final DedicatedStages measured) {
        out.println();
        out.println(PerfTableCommand.format("%-44s %9s %16s %7s   %s", "stage, " + octets + " octets", "ns/packet", "", "best", "goal"));
        measured.stages().forEach((name, stage) -> {
            // The goals are for the stages that no second engine makes faster, and for short packets.
            final boolean judged = octets == SMALL && !name.equals("engine") && !name.equals(DedicatedStages.Copy.ALL.stage(false))
                && !name.equals(DedicatedStages.Copy.ALL.stage(true));
            out.println(PerfTableCommand.format("%-44s %9.1f %16s %7.1f%s", name, stage.median(), stage.quartiles("%.1f"), stage.least(),
                judged ? "   " + STAGE.verdict(stage.median()) : ""));
            raw.put(name + ", " + octets + " octets", stage.samples());
        });
        out.flush();
    }

    private void projection(final PrintWriter out, final int octets, final DedicatedStages stages) {
        for (final DedicatedStages.Copy copy : DedicatedStages.Copy.values()) {
            out.println(PerfTableCommand.format("ceiling of %s and gather: %.1f Mpps, reached with %s (by the best passes: %.1f, %s)",
                copy.stage(false), GIGA / stages.slowest(copy, Measured::median), reachedWith(stages, copy, Measured::median),
                GIGA / stages.slowest(copy, Measured::least), reachedWith(stages, copy, Measured::least)));
        }
        if (octets == LARGE) {
            for (final DedicatedStages.Copy copy : DedicatedStages.Copy.values()) {
                final double gain = stages.gain(PROJECTED_PPES, copy, Measured::median);
                out.println(PerfTableCommand.format(
                    "PROJECTION, not measured: %d PPEs are %.2f times one PPE (by the best passes: %.2f), %s   %s", PROJECTED_PPES, gain,
                    stages.gain(PROJECTED_PPES, copy, Measured::least), copy.stage(false), SPEED_UP.verdict(gain)));
                raw.put("projection, " + copy.stage(false), gain);
            }
        }
        out.flush();
    }

    private static String reachedWith(final DedicatedStages stages, final DedicatedStages.Copy copy,
                                      final ToDoubleFunction<Measured> of) {
        return ppes(Math.max(1, (int) Math.ceil(stages.engine(of) / stages.slowest(copy, of))));
    }

    private static String ppes(final int count) {
        return count == 1 ? "1 PPE" : count + " PPEs";
    }

    private void threads(final PrintWriter out, final Status status, final String backend, final int octets, final int cores) {
        out.println();
        out.println(PerfTableCommand.format("%-44s %9s %16s %7s   %s", "a thread for each engine, " + octets + " octets", "Mpps", "",
            "best", "of one PPE"));
        double one = 0;
        for (int ppes = 1; ppes == 1 || ppes <= Math.max(2, cores - OTHER_THREADS) && ppes <= PROJECTED_PPES * 2; ppes *= 2) {
            status.say(ppes(ppes) + ", " + octets + " octets");
            final Measured nanos = DedicatedStages.threads(backend, octets, ppes, Math.max(1, passes / 4));
            one = ppes == 1 ? nanos.median() : one;
            final int threads = ppes + OTHER_THREADS;
            out.println(PerfTableCommand.format("%-44s %9.2f %16s %7.2f   %.2f%s", ppes(ppes) + ", " + threads + " threads",
                GIGA / nanos.median(), "", GIGA / nanos.least(), one / nanos.median(),
                threads > cores ? "   oversubscribed: " + threads + " threads on " + cores + " cores" : ""));
            raw.put(ppes(ppes) + ", " + octets + " octets", nanos.samples());
            out.flush();
        }
    }
}
