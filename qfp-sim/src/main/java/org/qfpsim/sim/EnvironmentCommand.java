package org.qfpsim.sim;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the environment that measurements depend on. */
@Command(name = "env", mixinStandardHelpOptions = true,
    description = {"Print JDK, processor, JVM flags and crypto libraries.", "And memory; as every report names them."})
public final class EnvironmentCommand implements Callable<Integer> {
    /** Registers the command. */
    public static final class Service implements Subcommand {
        /** Called by the service loader. */
        public Service() {
        }

        @Override
        public Callable<Integer> command() {
            return new EnvironmentCommand();
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print a JSON object instead of a table.")
    private boolean json;

    private EnvironmentCommand() {
    }

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final Environment environment = EnvironmentReport.current();
        if (json) {
            out.println(Json.pretty(environment.toMap()));
        } else {
            EnvironmentReport.table(environment).forEach(out::println);
        }
        return Main.OK;
    }
}
