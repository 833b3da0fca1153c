package org.qfpsim.sim.portbench;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import org.qfpsim.sim.outside.FrameSender;
import org.qfpsim.sim.peer.NetworkNamespace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures ports that are real interfaces. */
@Command(name = "bench-port", mixinStandardHelpOptions = true,
    description = {"Measure what a frame costs on a port that is an interface of this machine (eth:NAME).",
        "Makes two network namespaces with a veth pair each, and removes them; needs root."})
public final class BenchPortCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 60;
    private static final int MOST_ROUNDS = 100;
    private static final long MOST_FRAMES = 100_000_000;

    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new BenchPortCommand();
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "3", description = "Seconds of a round (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3",
        description = "Rounds of each measurement; that of the least CPU counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "" + FrameSender.UNLIMITED,
        description = "Frames a second to send (default: 0, as many as the sender can).")
    private long rate;

    private BenchPortCommand() {
    }

    @Override
    public Integer call() {
        within("--seconds", seconds, 1, MOST_SECONDS);
        within("--rounds", rounds, 1, MOST_ROUNDS);
        within("--rate", rate, 0, MOST_FRAMES);
        NetworkNamespace.missing().ifPresent(reason -> {
            throw new InputException("bench-port " + reason);
        });
        final PrintWriter out = spec.commandLine().getOut();
        try (PortBench bench = new PortBench(out, seconds, rounds, rate)) {
            bench.run();
        }
        return Main.OK;
    }

    private static void within(final String option, final long value, final long least, final long most) {
        if (value < least || value > most) {
            throw new InputException(option + " " + value + " is not within " + least + " to " + most);
        }
    }
}
