package org.qfpsim.perf.regression;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.BuildStore;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends one capture through two builds and compares every counter. */
@Command(name = "counters", mixinStandardHelpOptions = true,
    description = "Replay a capture with two versions: every counter that differs, and the first packet that made a difference.")
final class CountersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "A", description = "The version before: a commit, a folder with a qfp.jar, or . for this build.")
    private String a = "";

    @Parameters(index = "1", paramLabel = "B", description = "The version behind.")
    private String b = "";

    @Parameters(index = "2", paramLabel = "CAPTURE", description = "A pcap or pcapng file.")
    private Path capture = Path.of("");

    @Option(names = "--device", paramLabel = "FILE", description = "As for replay.")
    private @Nullable Path device;

    @Option(names = "--esp-sa", paramLabel = "FILE", description = "As for replay.")
    private @Nullable Path espSa;

    @Option(names = "--cache", paramLabel = "DIR", description = "Where builds of commits are kept (default: ~/.cache/qfp-sim/builds).")
    private @Nullable Path cache;

    private CountersCommand() {
    }

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final Sides sides = new Sides(cache == null ? BuildStore.home() : cache, spec.commandLine().getErr());
        final Build before = sides.find(a);
        final Build behind = sides.find(b);
        try {
            final Path folder = Files.createTempDirectory("qfp-counters");
            try {
                replay(before, folder.resolve("a"));
                replay(behind, folder.resolve("b"));
                final List<String> counters = CounterDiff.counters(folder.resolve("a.json"), folder.resolve("b.json"));
                final String packet = CounterDiff.firstPacket(folder.resolve("a.jsonl"), folder.resolve("b.jsonl"));
                out.println(counters.isEmpty() ? "every counter is the same" : counters.size() + " differences, " + a + " -> " + b + ":");
                counters.forEach(line -> out.println("  " + line));
                out.println(packet == null ? "every packet met the same end" : "the first packet that met another end:\n" + packet);
                return counters.isEmpty() && packet == null ? Main.OK : Main.FAILED;
            } finally {
                for (final String name : List.of("a.json", "b.json", "a.jsonl", "b.jsonl")) {
                    Files.deleteIfExists(folder.resolve(name));
                }
                Files.delete(folder);
            }
        } catch (final IOException e) {
            throw InputException.io("perf counters: the temporary folder", "cannot be used", e);
        }
    }

    private void replay(final Build build, final Path target) throws IOException {
        final List<String> words = new ArrayList<>(List.of("replay", capture.toString(), "--json", target + ".json", "--verdicts",
            target + ".jsonl"));
        if (device != null) {
            words.addAll(List.of("--device", device.toString()));
        }
        if (espSa != null) {
            words.addAll(List.of("--esp-sa", espSa.toString()));
        }
        final Process process = new ProcessBuilder(build.program(Main.class.getName(), words)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (var said = process.inputReader()) {
            final List<String> lines = said.lines().toList();
            if (process.waitFor() != Main.OK) {
                throw new InputException("perf counters: " + build.label() + ": replay failed: "
                    + lines.stream().filter(line -> line.startsWith("qfp: ")).findFirst().orElse(lines.isEmpty() ? "no message"
                    : lines.getLast()));
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
