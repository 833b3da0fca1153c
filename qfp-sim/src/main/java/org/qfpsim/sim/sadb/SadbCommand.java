package org.qfpsim.sim.sadb;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.qfpsim.controlplane.sadb.SaDatabaseException;
import org.qfpsim.controlplane.sadb.SaDatabaseReader;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Json;
import org.qfpsim.sim.Main;
import org.qfpsim.sim.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the SA database of a router that may be running elsewhere. Only reads: the router does not notice. */
@Command(name = "sadb", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Print the SA database of a router, running or not.", "It is read from another process than the router's."})
public final class SadbCommand implements Callable<Integer> {
    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new SadbCommand();
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "STATE_DIR", description = "The router's state directory.")
    private String directory = "";

    @Option(names = "--keys", description = "Show the keys too.")
    private boolean keys;

    @Option(names = "--json", description = "A JSON object instead of a table.")
    private boolean json;

    private SadbCommand() {
    }

    @Override
    public Integer call() {
        final SaDatabaseReader.Snapshot read;
        try {
            read = SaDatabaseReader.read(Path.of(directory));
        } catch (final SaDatabaseException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(map(read)));
        } else {
            out.println(owner(read));
            SaTable.lines(read.records(), keys).forEach(out::println);
        }
        return Main.OK;
    }

    private static String owner(final SaDatabaseReader.Snapshot read) {
        final String state = switch (read.owner()) {
            case RUNNING -> "router is running (process " + read.pid() + ")";
            case STOPPED -> "router is stopped";
            case CRASHED -> "router was killed (process " + read.pid() + "); its next start recovers the database";
            case RECOVERING -> "recovering: a router (process " + read.pid() + ") checks the database; ask again";
        };
        final String counted = read.owner() == SaDatabaseReader.Owner.RECOVERING ? "" : ", SAs: " + read.records().size();
        return state + counted + (read.stable() ? "" : ", changing: some that were written just now may be missing");
    }

    private Map<String, Object> map(final SaDatabaseReader.Snapshot read) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("router", read.owner().name().toLowerCase(Locale.ROOT));
        map.put("pid", read.pid());
        map.put("stable", read.stable());
        map.put("sas", read.records().stream().map(sa -> SaTable.map(sa, keys)).toList());
        return map;
    }
}
