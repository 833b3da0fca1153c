package org.qfpsim.sim.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.qfpsim.sim.Main;

/** Runs of {@code replay} in a process of its own, with real file descriptors. */
final class ReplayProcess {
    private ReplayProcess() {
    }

    /** The command line of a JVM with our flags. */
    static List<String> command(final Object... arguments) {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("qfp.root", ".."), "jvm.flags"), "-cp", System.getProperty("java.class.path"),
            Main.class.getName(), "replay"));
        for (final Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** Runs it in a shell: {@code "$@"} is the command. */
    static Replay inShell(final Path directory, final String script, final Object... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
        command.addAll(command(arguments));
        final Path out = Files.createTempFile(directory, "out", ".txt");
        final Path err = Files.createTempFile(directory, "err", ".txt");
        final Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("does not end: " + command);
        }
        return new Replay(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
