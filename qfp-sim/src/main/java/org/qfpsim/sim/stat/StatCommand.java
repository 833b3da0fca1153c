package org.qfpsim.sim.stat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Json;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import org.qfpsim.sim.router.DatapathOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the counters file of a router that runs elsewhere. Only reads: the router does not notice. */
@Command(name = "stat", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Print the counters file of a running router.", "The router was started with --counters FILE, in another process."})
public final class StatCommand implements Callable<Integer> {
    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new StatCommand();
        }
    }

    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The counters file.")
    private String file = "";

    @Option(names = "--watch", description = "Refresh in place until the router ends or Ctrl-C.")
    private boolean watch;

    @Option(names = "--interval", paramLabel = "SECONDS", defaultValue = "1", description = "Between two looks, 0.1 to 3600 (default 1).")
    private double interval;

    @Option(names = "--platform", paramLabel = "PROFILE", defaultValue = "esp20",
        description = "Platform of the names, as the router was started with (default esp20).")
    private String platform = "";

    @Option(names = "--json", description = "A JSON object a look instead of a table.")
    private boolean json;

    private StatCommand() {
    }

    @Override
    public Integer call() {
        if (!(interval >= 0.1 && interval <= 3600)) {
            throw new InputException("--interval " + interval + " is not within 0.1 to 3600");
        }
        final CounterReader counters = open();
        final PrintWriter out = spec.commandLine().getOut();
        final EngineToken token = DatapathOptions.platform(platform).token();
        StatTable before = StatTable.read(counters, token);
        print(out, before, before, 0);
        while (watch && ProcessHandle.of(counters.pid()).isPresent()) {
            pause();
            final StatTable now = StatTable.read(counters, token);
            print(out, now, before, interval);
            before = now;
        }
        return Main.OK;
    }

    private CounterReader open() {
        final Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new InputException(file + ": no such counters file; start the router with --counters " + file);
        }
        try {
            return CounterReader.map(path);
        } catch (final IOException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        }
    }

    private void print(final PrintWriter out, final StatTable now, final StatTable before, final double seconds) {
        if (json) {
            out.println(Json.pretty(now.toMap()));
        } else {
            if (watch && System.console() != null) {
                out.print(HOME_AND_CLEAR);
            }
            now.lines(before, seconds).forEach(out::println);
        }
        out.flush();
    }

    private void pause() {
        try {
            Thread.sleep((long) (interval * 1000));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
