package org.qfpsim.perf.regression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.qfpsim.perf.verdict.Judge;
import org.qfpsim.perf.verdict.Verdict;

class BisectionTest {
    private static final List<String> COMMITS = IntStream.range(0, 20).mapToObj(i -> "c" + i).toList();

    @Test
    void shouldFindEveryCulprit() {
        for (int culprit = 0; culprit < COMMITS.size(); culprit++) {
            final List<String> tried = new ArrayList<>();
            final int slowSince = culprit;
            final Bisection.Result result = Bisection.find(COMMITS, commit -> {
                tried.add(commit);
                return COMMITS.indexOf(commit) >= slowSince ? Verdict.SLOWER : COMMITS.indexOf(commit) % 2 == 0 ? Verdict.SAME
                    : Verdict.FASTER;
            });
            assertThat(result.suspects()).containsExactly("c" + culprit);
            assertThat(result.undecided()).isNull();
            assertThat(tried).hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void shouldNameAllSuspectsWhenATrialIsUndecided() {
        final Bisection.Result result = Bisection.find(COMMITS, commit -> switch (commit) {
            case "c9" -> Verdict.SLOWER;
            case "c4" -> Verdict.UNDECIDED;
            default -> Verdict.SAME;
        });
        assertThat(result.undecided()).isEqualTo("c4");
        assertThat(result.suspects()).containsExactlyElementsOf(COMMITS.subList(0, 10));
    }

    /** With a margin as large as what is looked for, the commit that brought it would be as good as those before it. */
    @Test
    void shouldNotCallTheWholeSlowDownTheSame() {
        final Random random = new Random(1);
        final double[] slower = random.doubles(40, 0.038, 0.044).toArray();
        final double[] alike = random.doubles(40, -0.003, 0.003).toArray();
        final Judge asAsked = new Judge(0.05, 0.01);
        assertThat(verdict(asAsked, slower)).isEqualTo(Verdict.SAME);
        final Judge step = new Judge(Bisection.margin(0.041), 0.01);
        assertThat(verdict(step, slower)).isEqualTo(Verdict.SLOWER);
        assertThat(verdict(step, alike)).isEqualTo(Verdict.SAME);
    }

    private static Verdict verdict(final Judge judge, final double[] differences) {
        return judge.judge(Map.of("path 64", differences), 1).getFirst().verdict();
    }

    @Test
    void shouldNeedNoTrialForASingleCommit() {
        assertThat(Bisection.find(List.of("only"), _ -> Verdict.UNDECIDED).suspects()).containsExactly("only");
    }
}
