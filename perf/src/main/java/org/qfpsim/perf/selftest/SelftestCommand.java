package org.qfpsim.perf.selftest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.perf.probe.JsonLine;
import org.qfpsim.perf.probe.Suite;
import org.qfpsim.perf.side.Processor;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.Status;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what the verdicts can see. */
@Command(name = "selftest", mixinStandardHelpOptions = true,
    description = "How often planted slow-downs are found: comparisons drawn from a pool of real blocks.")
public final class SelftestCommand implements Callable<Integer> {
    private static final double MARGIN = 0.02;
    private static final double ERROR = 0.01;
    private static final Path FLAGS = Path.of(System.getProperty("qfp.root", "."), "jvm.flags");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--pool", paramLabel = "FILE", description = "Recorded blocks (default: those that come with the program).")
    private @Nullable Path pool;

    @Option(names = "--comparisons", paramLabel = "N", defaultValue = "2000",
        description = "Comparisons of each level (default: ${DEFAULT-VALUE}).")
    private int comparisons = 2000;

    @Option(names = "--blocks", paramLabel = "N", defaultValue = "60",
        description = "Blocks of a whole comparison: as many as there are in --minutes of compare (default: ${DEFAULT-VALUE}).")
    private int blocks = 60;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the drawing (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--record", paramLabel = "MIN",
        description = "Record blocks of a test build for so many minutes and add them to --pool.")
    private @Nullable Double record;

    @Option(names = "--plant", paramLabel = "DIR",
        description = "Make a test build in DIR that is --percent slower, for perf compare.")
    private @Nullable Path plant;

    @Option(names = "--percent", paramLabel = "N", defaultValue = "2",
        description = "How much slower good packets of 64 octets are, about: 0, 1, 2, 3, 5 or 10 (default: ${DEFAULT-VALUE}).")
    private int percent = 2;

    private SelftestCommand() {
    }

    @Override
    public Integer call() {
        if (comparisons < 1 || comparisons > 1_000_000 || blocks < 4 || blocks > 1000) {
            throw new InputException("perf selftest: --comparisons must be within 1 to 1000000 and --blocks within 4 to 1000");
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (plant != null) {
            if (!PoolRecorder.LEVELS.contains(percent)) {
                throw new InputException("perf selftest: --percent " + percent + " is not one of " + PoolRecorder.LEVELS);
            }
            Plant.build(plant, FLAGS, PoolRecorder.parts(percent));
            out.println("./qfp perf compare . " + plant);
            return Main.OK;
        }
        if (record != null) {
            record(record, out);
            return Main.OK;
        }
        final Pool read = new Pool(pool);
        final int all = Suite.PATH.names().size();
        out.printf("%d blocks of each level recorded; %d comparisons of at most %d blocks each, drawn from them; error rate 1 %%"
            + " over %d metrics, margin 2 %%%n", read.size(), comparisons, blocks, all);
        // The suite has more metrics than were planted in: these get no more than their part of the error rate.
        final Judge judge = new Judge(Math.log1p(MARGIN), ERROR * read.metrics().size() / all);
        new PowerTable(read, judge, blocks, comparisons).lines(new Random(seed)).forEach(out::println);
        return Main.OK;
    }

    private void record(final double minutes, final PrintWriter out) {
        if (pool == null) {
            throw new InputException("perf selftest: --record needs --pool FILE to add blocks to");
        }
        final PoolRecorder recorder = new PoolRecorder(Build.running("the test build", FLAGS), CryptoBackends.available().getFirst(),
            Processor.last());
        final Random coin = new Random();
        final long end = System.nanoTime() + (long) (minutes * 60e9);
        int count = 0;
        try (Status status = new Status(spec.commandLine().getErr())) {
            while (System.nanoTime() - end < 0) {
                append(pool, JsonLine.of(recorder.block(coin).toMap()));
                count++;
                status.say("recorded " + count + " blocks");
            }
        }
        out.println(count + " blocks added to " + pool);
    }

    /** Compressed by itself, so that an interruption spoils nothing: a gzip file may have many parts. */
    private static void append(final Path pool, final String line) {
        try (BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(new GZIPOutputStream(
            Files.newOutputStream(pool, StandardOpenOption.CREATE, StandardOpenOption.APPEND)), StandardCharsets.UTF_8))) {
            writer.write(line);
            writer.newLine();
        } catch (final IOException e) {
            throw InputException.io("perf selftest: " + pool, "cannot be written", e);
        }
    }
}
