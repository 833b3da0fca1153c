package org.qfpsim.sim;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program: finds the {@link Subcommand}s of all modules, runs the one that was asked for and turns what goes wrong into one line and an
 * exit code.
 */
@Command(name = "qfp", mixinStandardHelpOptions = true, versionProvider = Main.Version.class)
public final class Main {
    /** Everything went well. */
    public static final int OK = 0;
    /** A fault of the program, or a check that did not hold. */
    public static final int FAILED = 1;
    /** The user gave something that cannot be used. */
    public static final int BAD_INPUT = 2;

    private Main() {
    }

    /** What {@code --version} prints. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {program()};
        }
    }

    /**
     * Runs the program and ends the process.
     *
     * @param args the command line.
     */
    public static void main(final String[] args) {
        // The same text everywhere: numbers are grouped by commas whatever the user's language.
        Locale.setDefault(Locale.ROOT);
        System.exit(run(StandardOutput.writer(), new PrintWriter(System.err, true, StandardCharsets.UTF_8), args));
    }

    /**
     * Runs the program within this process.
     *
     * @param out  receives what the command prints, flushed.
     * @param err  receives errors.
     * @param args the command line.
     * @return the exit code: {@link #OK}, {@link #FAILED}, {@link #BAD_INPUT} or one of the command's own.
     */
    public static int run(final PrintWriter out, final PrintWriter err, final String... args) {
        try {
            final int code = execute(out, err, args);
            out.flush();
            return code;
        } catch (final Throwable e) {
            return report(e, out, err);
        }
    }

    /** The program's name and version. */
    static String program() {
        final @Nullable String version = Main.class.getPackage().getImplementationVersion();
        return "qfp-sim " + (version == null ? "(not packaged)" : version);
    }

    private static int execute(final PrintWriter out, final PrintWriter err, final String... args) throws Exception {
        final CommandLine commandLine = commandLine().setOut(out).setErr(err);
        final ParseResult parsed = commandLine.parseArgs(args);
        final @Nullable Integer helpShown = CommandLine.executeHelpRequest(parsed);
        if (helpShown != null) {
            return helpShown;
        }
        final CommandLine asked = parsed.asCommandLineList().getLast();
        if (asked.getCommand() instanceof final Callable<?> command) {
            return command.call() instanceof final Integer code ? code : OK;
        }
        asked.usage(out);
        return OK;
    }

    /** The root command with every module's subcommands, by name. */
    static CommandLine commandLine() {
        final List<Subcommand.Example> examples = new ArrayList<>();
        final List<CommandLine> subcommands = new ArrayList<>();
        for (final Subcommand subcommand : ServiceLoader.load(Subcommand.class)) {
            examples.addAll(subcommand.examples());
            subcommands.add(new CommandLine(subcommand.command()));
        }
        subcommands.sort(Comparator.comparing(CommandLine::getCommandName));
        final CommandLine root = new CommandLine(new Main());
        for (final CommandLine subcommand : subcommands) {
            subcommand.getCommandSpec().versionProvider(new Version());
            root.addSubcommand(subcommand.getCommandName(), subcommand);
        }
        root.getCommandSpec().usageMessage()
            .header(program() + ": a software Cisco ASR 1000 datapath.",
                "Real ESP packets through any number of packet processing engines,", "and every packet accounted for.", "")
            .description(uses(examples))
            .optionListHeading("%n")
            .commandListHeading("%nCommands:%n")
            .footer("", "./qfp COMMAND --help explains a command.");
        return root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    }

    private static String[] uses(final List<Subcommand.Example> examples) {
        final List<String> lines = new ArrayList<>();
        lines.add("%nThree uses:");
        for (final Subcommand.Use use : Subcommand.Use.values()) {
            lines.add("  " + use.title());
            examples.stream()
                .filter(example -> example.use() == use)
                .map(example -> "      ./qfp " + example.arguments().replace("%", "%%"))
                .sorted()
                .forEach(lines::add);
        }
        return lines.toArray(String[]::new);
    }

    private static int report(final Throwable problem, final PrintWriter out, final PrintWriter err) {
        try {
            out.flush();
        } catch (final InputException e) {
            // The problem itself matters more than that its output could not be written.
            problem.addSuppressed(e);
        }
        return switch (problem) {
            case final UnmatchedArgumentException e -> usageError(unmatched(e), e, err);
            case final ParameterException e -> usageError(String.valueOf(e.getMessage()), e, err);
            case final InputException e -> {
                err.println("qfp: " + e.getMessage());
                yield BAD_INPUT;
            }
            // An argument that the file system's character set has no name for.
            case final InvalidPathException e -> {
                err.println("qfp: '" + e.getInput() + "' is not a file name: " + e.getReason()
                    + "; choose another, or a UTF-8 locale (LC_ALL=C.UTF-8)");
                yield BAD_INPUT;
            }
            default -> {
                err.println("qfp: internal error: " + problem + " (" + saveTrace(problem) + ")");
                yield FAILED;
            }
        };
    }

    private static int usageError(final String message, final ParameterException e, final PrintWriter err) {
        err.println("qfp: " + message + " (./" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help explains)");
        return BAD_INPUT;
    }

    private static String unmatched(final UnmatchedArgumentException e) {
        final String first = e.getUnmatched().getFirst();
        final boolean atRoot = e.getCommandLine().getCommandSpec().parent() == null;
        final String kind = e.isUnknownOption() ? "unknown option" : atRoot ? "unknown command" : "unexpected argument";
        final List<String> suggestions = e.getSuggestions();
        return kind + " '" + first + "'" + (suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?");
    }

    private static String saveTrace(final Throwable problem) {
        final StringWriter trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace, true));
        final Path file = Path.of(System.getProperty("java.io.tmpdir"), "qfp-error-" + ProcessHandle.current().pid() + ".log");
        try {
            Files.writeString(file, trace.toString());
            return "stack trace: " + file;
        } catch (final IOException e) {
            return "its stack trace could not be written to " + file + ": " + e.getMessage();
        }
    }
}
