package org.qfpsim.sim.flame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import org.qfpsim.sim.capture.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs another command of this program, and draws where its time went: all threads, Java and native code, those that wait left out. */
@Command(name = "flame", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Run a command and draw a flame graph of its time.", "By async-profiler, which comes along for Linux and macOS."})
public final class FlameCommand implements Callable<Integer> {
    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new FlameCommand();
        }
    }

    private static final int MOST_MICROS = 1_000_000;

    private @Nullable CommandSpec spec;

    @Option(names = "--interval", paramLabel = "MICROS", defaultValue = "1000",
        description = "Processor time of a thread between two looks at it, 100 to 1000000 (default 1000).")
    private int micros;

    @Parameters(index = "0", paramLabel = "FILE", description = "Where the graph goes, HTML.")
    private String file = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "The command and its own options.")
    private List<String> command = new ArrayList<>();

    private FlameCommand() {
    }

    /** What follows the file's name is another command's, also what looks like an option. */
    @Spec
    void spec(final CommandSpec of) {
        of.parser().stopAtPositional(true);
        spec = of;
    }

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not made by the command line");
        }
        if (micros < 100 || micros > MOST_MICROS) {
            throw new InputException("--interval " + micros + " is not within 100 to " + MOST_MICROS);
        }
        if (OutputFile.isStandardOutput(file)) {
            throw new InputException("flame: the graph cannot go to standard output, which is the command's; name a file");
        }
        if (command.getFirst().equals("flame")) {
            throw new InputException("flame: one graph at a time; name another command");
        }
        final int code;
        // The file first: an unwritable one is known before the time is spent.
        try (OutputFile out = OutputFile.create(file); Profile profile = Profile.start(micros)) {
            code = Main.run(spec.commandLine().getOut(), spec.commandLine().getErr(), command.toArray(String[]::new));
            if (code != Main.BAD_INPUT) {
                profile.write(out.stream(), "./qfp " + String.join(" ", command));
                out.commit();
            }
        }
        return code;
    }
}
