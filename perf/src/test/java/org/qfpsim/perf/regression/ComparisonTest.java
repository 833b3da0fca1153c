package org.qfpsim.perf.regression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.perf.side.Block;
import org.qfpsim.perf.side.Build;
import org.qfpsim.perf.side.Slice;
import org.qfpsim.perf.verdict.Finding;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.perf.verdict.Verdict;
import org.qfpsim.sim.Main;

/** Whole comparisons in virtual time, over synthetic machines: drift, neighbours that come and go, and processes that differ. */
class ComparisonTest {
    private static final double MINUTES = 18;
    private static final double BLOCK_MINUTES = 0.25;
    private static final Build A = Build.of("aaa", Path.of("a"));
    private static final Build B = Build.of("bbb", Path.of("b"));

    @TempDir
    private Path folder;

    /** A machine whose speed drifts by half, with a neighbour that takes a third away in half of the slices. */
    private static final class Machine implements Comparison.Source {
        private final Random random;
        private final double slowdown;
        private long nanos;

        Machine(final long seed, final double slowdown) {
            random = new Random(seed);
            this.slowdown = slowdown;
        }

        @Override
        public Block block(final Build a, final Build b, final boolean bFirst) {
            nanos += (long) (BLOCK_MINUTES * 60e9);
            final double drift = 1 + 0.5 * nanos / (MINUTES * 60e9);
            final Map<String, Block.Pair> pairs = new LinkedHashMap<>();
            pairs.put("bare 64", new Block.Pair(slices(35 * drift), slices(35 * drift)));
            pairs.put("path 64", new Block.Pair(slices(70 * drift), slices(70 * drift * (b == B ? slowdown : 1))));
            return new Block(bFirst, pairs);
        }

        private List<Slice> slices(final double nanosAPacket) {
            final double process = nanosAPacket * (1 + 0.012 * random.nextGaussian());
            return random.doubles(8).mapToObj(u -> {
                final double time = process * (u < 0.5 ? 1.5 : 1) * (1 + 0.002 * random.nextDouble());
                return new Slice(time, time * 1.01, time * 1.02);
            }).toList();
        }
    }

    private Comparison.Outcome compare(final double slowdown, final RawFile raw) {
        final Machine machine = new Machine(7, slowdown);
        return new Comparison(machine, new Judge(Math.log1p(0.02), 0.01), MINUTES, () -> machine.nanos,
            new PrintWriter(new StringWriter())).run(A, B, raw, new Random(1));
    }

    @Test
    void shouldFindTwoPercentThroughDriftAndNeighbours() {
        final Comparison.Outcome outcome = compare(1.02, new RawFile(null));

        assertThat(outcome.verdict()).isEqualTo(Verdict.SLOWER);
        assertThat(outcome.findings()).extracting(Finding::metric).containsExactly("bare 64", "path 64");
        assertThat(outcome.findings().getLast().interval().percent()).isBetween(1.0, 3.0);
        assertThat(String.join("\n", Report.lines(outcome.record(), outcome.findings(), Math.log1p(0.02)))).contains("SLOWER: path 64")
            .contains("ruler (bare decrypt of A, 64 octets): ");
    }

    @Test
    void shouldStopAtTheFirstLookThatDecidesAll() {
        final Comparison.Outcome outcome = compare(1, new RawFile(null));

        assertThat(outcome.verdict()).isEqualTo(Verdict.SAME);
        assertThat(outcome.record().size()).isLessThan((int) (MINUTES / BLOCK_MINUTES));
        assertThat(compare(1.3, new RawFile(null)).findings().getLast().verdict()).isEqualTo(Verdict.SLOWER);
        assertThat(compare(0.9, new RawFile(null)).findings().getLast().verdict()).isEqualTo(Verdict.FASTER);
    }

    @Test
    void shouldJudgeTheFileAsItJudgedTheMeasurement() throws IOException {
        final Path file = file("whole.jsonl");
        final StringWriter out = new StringWriter();

        assertThat(Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), "perf", "judge", file.toString())).isEqualTo(1);
        final Comparison.Outcome outcome = compare(1.02, new RawFile(null));
        assertThat(out.toString().lines().skip(1).toList()).isEqualTo(Report.lines(outcome.record(), outcome.findings(), Math.log1p(0.02)));
        assertThat(out.toString()).doesNotContain("interrupted");
    }

    @Test
    void shouldWriteBothSidesForToolsOfJmh() throws IOException {
        final Path prefix = folder.resolve("jmh");
        final StringWriter out = new StringWriter();

        Main.run(new PrintWriter(out), new PrintWriter(out), "perf", "judge", file("raw.jsonl").toString(), "--jmh", prefix.toString());
        // Read as two unrelated runs it says the same of the metrics, with a wider interval.
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(out), "perf", "compare", prefix + "-a.json", prefix + "-b.json"))
            .isIn(0, 1, 3);
        assertThat(out.toString()).containsPattern("(?m)^bare 64 +36 ").containsPattern("(?m)^path 64 +36 ");
    }

    @Test
    void shouldJudgeWhatAnInterruptedMeasurementKept() throws IOException {
        final Path file = file("cut.jsonl");
        final List<String> lines = Files.readAllLines(file);
        // Header, thirty blocks, and a line that was being written.
        Files.writeString(file, String.join("\n", lines.subList(0, 31)) + "\n" + lines.get(31).substring(0, 100));
        final StringWriter out = new StringWriter();

        assertThat(Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), "perf", "judge", file.toString())).isIn(1, 3);
        assertThat(out.toString()).contains("30 blocks of a measurement that was interrupted");
    }

    private Path file(final String name) {
        final Path file = folder.resolve(name);
        try (RawFile raw = new RawFile(file)) {
            raw.add(Map.of("qfp_comparison", 1, "a", "aaa", "b", "bbb", "suite", "quick", "backend", "none", "minutes", MINUTES,
                "margin_percent", 2,
                "error_percent", 1));
            compare(1.02, raw);
        }
        return file;
    }
}
