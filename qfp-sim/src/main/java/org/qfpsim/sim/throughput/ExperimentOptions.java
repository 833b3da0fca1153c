package org.qfpsim.sim.throughput;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.throughput.experiment.BackToBack;
import org.qfpsim.sim.throughput.experiment.Basis;
import org.qfpsim.sim.throughput.experiment.ChangesUnderLoad;
import org.qfpsim.sim.throughput.experiment.DiscardRule;
import org.qfpsim.sim.throughput.experiment.Experiment;
import org.qfpsim.sim.throughput.experiment.Flood;
import org.qfpsim.sim.throughput.experiment.LatencyUnderLoad;
import org.qfpsim.sim.throughput.experiment.LossCurve;
import org.qfpsim.sim.throughput.experiment.SearchExperiment;
import org.qfpsim.sim.throughput.experiment.Soak;
import org.qfpsim.sim.throughput.load.TrialSpec;
import org.qfpsim.sim.throughput.search.Goal;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which experiment, with which numbers. */
final class ExperimentOptions {
    private static final double MOST_LOAD = TrialSpec.FLAT_OUT;
    private static final double MOST_RATE = 10_000;
    private static final double MOST_REKEYS = 1e6;
    private static final double MOST_SECONDS = 86_400;
    private static final String NAMES = "search, soak, loss-curve, back-to-back, latency, flood, churn, rekey";

    @Parameters(index = "0", arity = "0..1", paramLabel = "EXPERIMENT", defaultValue = "search",
        description = "search (default), soak, loss-curve, back-to-back, latency, flood, churn (SAs come and go), "
            + "rekey (peers move to new ones).")
    private String name = "search";

    @Option(names = "--goal", paramLabel = "GOAL",
        description = "NDR, PDR (both are the default), RFC2544, TST009, or NAME:loss=%%,initial=s,trial=s,sum=s,exceed=%%,width=%%; "
            + "repeatable. Experiments that start with a search take the last one.")
    private List<String> goals = List.of("NDR", "PDR");

    @Option(names = "--quick", description = "Goals of 0.1 s trials, 1.1 s in all, 2 %% width, unless they say otherwise: a first look.")
    private boolean quick;

    @Option(names = "--load", paramLabel = "PPS", description = "Packets a second of a soak.")
    private @Nullable Double load;

    @Option(names = "--duration", paramLabel = "S",
        description = "Seconds of a soak, or of a trial of the other experiments (default: 10 of a soak, otherwise 1, "
            + "0.1 with --quick, 0.02 of a modelled platform).")
    private @Nullable Double duration;

    @Option(names = "--min-load", paramLabel = "PPS", defaultValue = "10000", description = "Lowest load of a search (default 10000).")
    private double minLoad = 10_000;

    @Option(names = "--max-load", paramLabel = "PPS",
        description = "Highest load of a search, 100 %% of a loss curve, rate of bursts (default: what the generator can offer).")
    private @Nullable Double maxLoad;

    @Option(names = "--step", paramLabel = "PERCENT", defaultValue = "10", description = "Step of a loss curve, 1 to 10 (default 10).")
    private int step = 10;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "50",
        description = "Repetitions of back-to-back, 1 to 1000 (default 50).")
    private int repeats = 50;

    @Option(names = "--rekeys", paramLabel = "LIST", split = ",", defaultValue = "0,10,100,1000",
        description = "Rekeys a second of rekey, each 0 to 10000 (default ${DEFAULT-VALUE}).")
    private List<Integer> rekeys = List.of();

    @Option(names = "--late-micros", paramLabel = "US", defaultValue = "1000",
        description = "A trial is discarded if a frame was sent later than this (default 1000).")
    private long lateMicros = 1000;

    @Option(names = "--steal-percent", paramLabel = "PERCENT", defaultValue = "1",
        description = "A trial is discarded if the hypervisor took more of a processor (default 1).")
    private double stealPercent = 1;

    @Option(names = "--clock-millis", paramLabel = "MS", defaultValue = "10",
        description = "A trial is discarded if the wall clock was moved by more (default 10).")
    private long clockMillis = 10;

    /** The rule for discarding trials. */
    DiscardRule rule() {
        within("--late-micros", lateMicros, 1, 1e9);
        within("--steal-percent", stealPercent, 0, 100);
        within("--clock-millis", clockMillis, 0, 1e9);
        return new DiscardRule(lateMicros, stealPercent, clockMillis);
    }

    /**
     * The experiment.
     *
     * @param virtual whether a platform is modelled.
     * @return the experiment, all its settings checked.
     */
    Experiment experiment(final boolean virtual) {
        final GoalOption.Style style = GoalOption.Style.of(quick, virtual);
        within("--min-load", minLoad, 1, MOST_LOAD);
        final double top = maxLoad == null ? Double.POSITIVE_INFINITY : within("--max-load", maxLoad, 1, MOST_LOAD);
        if (top <= minLoad) {
            throw new InputException("--max-load " + number(top) + " is not above --min-load " + number(minLoad));
        }
        final List<Goal> wanted = goals.stream().map(text -> GoalOption.parse(text, style)).toList();
        if (wanted.stream().map(Goal::name).distinct().count() != wanted.size()) {
            throw new InputException("--goal: two goals have the same name");
        }
        final double seconds = duration == null ? style.seconds() : within("--duration", duration, 0.001, MOST_SECONDS);
        within("--step", step, 1, 10);
        within("--repeats", repeats, 1, 1000);
        final Basis basis = new Basis(wanted.getLast(), minLoad, top, seconds);
        return switch (name) {
            case "search" -> new SearchExperiment(wanted, minLoad, top);
            case "soak" -> soak();
            case "loss-curve" -> new LossCurve(top, step, seconds);
            case "back-to-back" -> new BackToBack(basis, repeats);
            case "latency" -> new LatencyUnderLoad(basis);
            case "flood" -> new Flood(basis);
            case "churn" -> real(virtual, ChangesUnderLoad.churn(basis));
            case "rekey" -> real(virtual, ChangesUnderLoad.rekeys(basis, rekeys(seconds)));
            default -> throw new InputException("throughput: there is no experiment '" + name + "'; use one of " + NAMES);
        };
    }

    private Experiment real(final boolean virtual, final Experiment experiment) {
        if (virtual) {
            throw new InputException("throughput " + name + ": a modelled --platform has no control plane; leave it away");
        }
        return experiment;
    }

    private List<Integer> rekeys(final double seconds) {
        rekeys.forEach(rate -> {
            within("--rekeys", rate, 0, MOST_RATE);
            if (rate * seconds > MOST_REKEYS) {
                throw new InputException("--rekeys " + rate + " for " + number(seconds) + " s are more than " + number(MOST_REKEYS)
                    + " rekeys; choose less, or a shorter --duration");
            }
        });
        return rekeys;
    }

    private Soak soak() {
        if (load == null) {
            throw new InputException("throughput soak: --load PPS is missing");
        }
        return new Soak(within("--load", load, 1, MOST_LOAD),
            duration == null ? 10 : within("--duration", duration, 0.001, MOST_SECONDS));
    }

    private static double within(final String option, final double value, final double least, final double most) {
        if (!(value >= least && value <= most)) {
            throw new InputException(option + " " + number(value) + " is not within " + number(least) + " to " + number(most));
        }
        return value;
    }

    private static String number(final double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value) : String.valueOf(value);
    }
}
