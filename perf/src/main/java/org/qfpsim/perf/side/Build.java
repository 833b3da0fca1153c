package org.qfpsim.perf.side;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A built program.
 *
 * @param label     what reports call it.
 * @param classPath its jar, perhaps with something in front.
 * @param flags     file of JVM flags.
 * @param main      the probe's class.
 * @param arguments of the probe before those of the suite.
 */
public record Build(String label, String classPath, Path flags, String main, List<String> arguments) {
    /** The probe of a build. */
    public static final String PROBE = "org.qfpsim.perf.probe.Probe";

    /**
     * A folder as {@code CONTRIBUTING.md} installs it: {@code qfp.jar}, {@code lib} and {@code jvm.flags}.
     *
     * @param label  what reports call it.
     * @param folder where.
     * @param suite  arguments of the probe.
     * @return the build.
     */
    public static Build of(final String label, final Path folder, final String... suite) {
        return of(label, folder.resolve("qfp.jar"), folder.resolve("jvm.flags"), suite);
    }

    /**
     * A jar.
     *
     * @param label what reports call it.
     * @param jar   whose manifest names its libraries.
     * @param flags file of JVM flags; none if it does not exist.
     * @param suite arguments of the probe.
     * @return the build.
     */
    public static Build of(final String label, final Path jar, final Path flags, final String... suite) {
        return new Build(label, jar.toString(), flags, PROBE, Arrays.asList(suite));
    }

    /**
     * The program that is running.
     *
     * @param label what reports call it.
     * @param flags file of JVM flags.
     * @param suite arguments of the probe.
     * @return the build.
     */
    public static Build running(final String label, final Path flags, final String... suite) {
        return new Build(label, System.getProperty("java.class.path"), flags, PROBE, Arrays.asList(suite));
    }

    /**
     * The same with other classes in front.
     *
     * @param front a folder.
     * @param start the probe's class.
     * @param words its arguments.
     * @return the build.
     */
    public Build behind(final Path front, final String start, final List<String> words) {
        return new Build(label, front + File.pathSeparator + classPath, flags, start, words);
    }

    /**
     * The same with another class to start.
     *
     * @param name  what reports call it.
     * @param start the probe's class.
     * @param words its arguments.
     * @return the build.
     */
    public Build starting(final String name, final String start, final List<String> words) {
        return new Build(name, classPath, flags, start, words);
    }

    /**
     * How its probe is started.
     *
     * @param cpu the processor to run on, or -1 for any.
     * @return the command line.
     */
    List<String> command(final int cpu) {
        final List<String> command = new ArrayList<>();
        if (cpu >= 0) {
            command.addAll(List.of("taskset", "-c", String.valueOf(cpu)));
        }
        command.addAll(program(main, arguments));
        return command;
    }

    /**
     * How a class of it is started.
     *
     * @param start the class.
     * @param words its arguments.
     * @return the command line.
     */
    public List<String> program(final String start, final List<String> words) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Files.exists(flags)) {
            command.add("@" + flags);
        }
        command.addAll(more(System.getenv("QFP_JAVA_OPTS")));
        command.addAll(List.of("-cp", classPath, start));
        command.addAll(words);
        return command;
    }

    /** Flags of the user, split as the launcher does. */
    static List<String> more(final @Nullable String flags) {
        return flags == null || flags.isBlank() ? List.of() : List.of(flags.strip().split("[ \\t\\n]+"));
    }
}
