package org.qfpsim.perf.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qfpsim.perf.probe.JsonLine;
import org.qfpsim.perf.side.Block;
import org.qfpsim.perf.side.Slice;
import org.qfpsim.perf.verdict.Judge;

class PowerTableTest {
    private static final Judge JUDGE = new Judge(Math.log1p(0.02), 0.01);

    @TempDir
    private Path folder;

    @Test
    void shouldFindWhatIsPlantedAndNothingElse() throws IOException {
        final Pool pool = synthetic(0.01);
        assertThat(pool.size()).isEqualTo(100);
        assertThat(pool.planted("path 64", 5)).isBetween(0.048, 0.050);
        final List<String> lines = new PowerTable(pool, JUDGE, 60, 300).lines(new Random(1));

        assertThat(lines).hasSize(1 + 2 * PoolRecorder.LEVELS.size());
        assertThat(lines.get(1)).matches(" +0 % +path 64 +0\\.00 % +[0-2]\\.. % .*");
        assertThat(lines.get(5)).matches(" +2 % +path 64 +2\\.0. % +(9|10)..?.? % .*");
        assertThat(lines.getLast()).matches(" +10 % +any of them +100\\.0 % \\(98\\.8 to 100\\.0\\) .* 15");
    }

    @Test
    void shouldFindTheGoalReachedInTheRecordedBlocks() {
        final Pool pool = new Pool(null);
        assertThat(pool.metrics()).contains("path 64", "unknown SPI 64");
        assertThat(pool.size()).isGreaterThanOrEqualTo(50);
        final List<String> lines = new PowerTable(pool, JUDGE, 72, 200).lines(new Random(1));
        assertThat(lines.getLast()).contains("10 %").contains("100.0 %");
    }

    private Pool synthetic(final double noise) throws IOException {
        final Random random = new Random(4);
        final Path file = folder.resolve("pool.jsonl.gz");
        try (Writer writer = new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            for (int i = 0; i < 100; i++) {
                final double a = 70 * (1 + noise * random.nextGaussian());
                final double b = 70 * (1 + noise * random.nextGaussian());
                final Map<String, Block.Pair> pairs = new LinkedHashMap<>();
                for (final int level : PoolRecorder.LEVELS) {
                    pairs.put("path 64 +" + level, new Block.Pair(slices(a), slices(b * (1 + level / 100.0))));
                }
                writer.write(JsonLine.of(new Block(random.nextBoolean(), pairs).toMap()) + "\n");
            }
        }
        return new Pool(file);
    }

    private static List<Slice> slices(final double time) {
        final List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            slices.add(new Slice(time, time, time));
        }
        return slices;
    }
}
