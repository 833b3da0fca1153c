package org.qfpsim.perf.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Synthetic blocks with known answers: seven metrics, noise of processes with outliers, four looks. */
class JudgeTest {
    private static final int METRICS = 7;
    private static final int BLOCKS = 60;
    private static final int RUNS = 1500;
    private static final double NOISE = 0.018;
    private static final Judge JUDGE = new Judge(Math.log1p(0.02), 0.01);

    @Test
    void shouldGiveFalseAlarmsNoMoreOftenThanPromised() {
        // 15 are expected at most; more than 25 have a probability below 1 % at that rate.
        final Map<Verdict, Integer> verdicts = run(0, 20261126);
        assertThat(verdicts.getOrDefault(Verdict.SLOWER, 0)).isLessThanOrEqualTo(25);
        assertThat(verdicts.getOrDefault(Verdict.FASTER, 0)).isLessThanOrEqualTo(25);
    }

    @Test
    void shouldFindTwoPercentInNineOfTen() {
        assertThat(run(Math.log1p(0.02), 20261127).getOrDefault(Verdict.SLOWER, 0)).isGreaterThan(RUNS * 9 / 10);
    }

    @Test
    void shouldCallSmallDifferencesTheSame() {
        final Map<String, double[]> differences = Map.of("path", tenths(30, 0.002));
        assertThat(JUDGE.judge(differences, 1)).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.SAME);
            assertThat(finding.visible()).isBetween(1e-5, 1e-3);
        });
    }

    @Test
    void shouldNameTheDirectionOfLargeOnes() {
        final Map<String, double[]> differences = new LinkedHashMap<>();
        differences.put("slow", tenths(30, 0.05));
        differences.put("fast", tenths(30, -0.05));
        differences.put("few", tenths(30, 0.021));
        assertThat(JUDGE.judge(differences, 1)).extracting(Finding::metric, Finding::verdict).containsExactly(
            tuple("slow", Verdict.SLOWER), tuple("fast", Verdict.FASTER),
            tuple("few", Verdict.SLOWER));
    }

    @Test
    void shouldHoldTheStrongestToTheStrictestLevel() {
        final Map<String, double[]> differences = new LinkedHashMap<>();
        differences.put("none", alternating(30));
        differences.put("clear", tenths(30, 0.05));
        differences.put("nor this", alternating(30));
        final List<Finding> findings = JUDGE.judge(differences, 0.5);

        assertThat(findings).extracting(Finding::level).containsExactly(0.005 / 2, 0.005 / 3, 0.005 / 2);
        assertThat(findings).allSatisfy(finding -> assertThat(finding.samples()).isEqualTo(30));
    }

    @Test
    void shouldNotDecideWithTooFewBlocks() {
        assertThat(JUDGE.judge(Map.of("path", tenths(5, 0.5)), 1)).extracting(Finding::verdict).containsExactly(Verdict.UNDECIDED);
    }

    /** Around a centre, a little apart. */
    private static double[] tenths(final int count, final double centre) {
        final double[] values = new double[count];
        Arrays.setAll(values, i -> centre + (i - count / 2.0) * 1e-5);
        return values;
    }

    private static double[] alternating(final int count) {
        final double[] values = new double[count];
        Arrays.setAll(values, i -> (i % 2 == 0 ? 1 : -1) * (0.01 + i * 1e-5));
        return values;
    }

    private static Map<Verdict, Integer> run(final double planted, final long seed) {
        final Random random = new Random(seed);
        final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (int i = 0; i < RUNS; i++) {
            verdicts.merge(compare(planted, random), 1, Integer::sum);
        }
        return verdicts;
    }

    private static Verdict compare(final double planted, final Random random) {
        final double[][] all = new double[METRICS][BLOCKS];
        for (int block = 0; block < BLOCKS; block++) {
            // A coin says which side came first; the second one is 0.5 % slower for it, whatever the build.
            final double order = random.nextBoolean() ? 0.005 : -0.005;
            for (int metric = 0; metric < METRICS; metric++) {
                final double noise = random.nextInt(10) == 0 ? 10 * NOISE : NOISE;
                all[metric][block] = planted + order + noise * random.nextGaussian();
            }
        }
        final Looks looks = new Looks();
        for (int n = 1;; n++) {
            if (looks.due((double) n / BLOCKS)) {
                final Map<String, double[]> sofar = new LinkedHashMap<>();
                for (int metric = 0; metric < METRICS; metric++) {
                    sofar.put("metric " + metric, Arrays.copyOf(all[metric], n));
                }
                final List<Verdict> found = JUDGE.judge(sofar, looks.share()).stream().map(Finding::verdict).toList();
                if (looks.isOver() || !found.contains(Verdict.UNDECIDED)) {
                    return Verdict.of(found);
                }
            }
        }
    }
}
