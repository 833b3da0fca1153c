package org.qfpsim.sim.throughput.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search against devices whose throughput is known. */
class MlrSearchTest {
    private static final Goal NDR = new Goal("NDR", 0, 1, 1, 21, 0.5, 0.005);
    private static final Goal PDR = new Goal("PDR", 0.005, 1, 1, 21, 0.5, 0.005);
    private static final Goal RFC2544 = new Goal("RFC2544", 0, 1, 60, 60, 0, 0.005);

    /** Loss ratio at a load. */
    private static MlrSearch run(final List<Goal> goals, final double most, final DoubleUnaryOperator loss) {
        final MlrSearch search = new MlrSearch(goals, 1000, most);
        for (MlrSearch.Request next = search.next(); next != null; next = search.next()) {
            assertThat(next.load()).isBetween(1000.0, most);
            search.add(new LoadTrial(next.load(), next.seconds(), loss.applyAsDouble(next.load())));
        }
        return search;
    }

    /** A device with a hard limit: what is more is lost. */
    private static DoubleUnaryOperator limit(final double capacity) {
        return load -> load <= capacity ? 0 : 1 - capacity / load;
    }

    private static double seconds(final MlrSearch search) {
        return search.trials().stream().mapToDouble(LoadTrial::seconds).sum();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1500, 20_000, 777_777, 5e6, 14.2e6, 29e6})
    void shouldFindAHardLimit(final double capacity) {
        final MlrSearch search = run(List.of(NDR, PDR), 30e6, limit(capacity));
        final List<GoalResult> results = search.results();
        assertThat(results).allMatch(GoalResult::regular);
        final Bounds ndr = results.get(0).bounds();
        assertThat(ndr.lower().orElseThrow()).isLessThanOrEqualTo(capacity);
        assertThat(ndr.upper().orElseThrow()).isGreaterThan(capacity);
        assertThat(ndr.width()).isLessThanOrEqualTo(0.005);
        assertThat(results.get(1).conditional().orElseThrow()).isCloseTo(capacity, Percentage.withPercentage(0.6));
        // RFC 9971 section 6: a hard limit is where PDR's load passes it and its conditional throughput does not.
        assertThat(results.get(1).bounds().lower().orElseThrow()).isLessThanOrEqualTo(capacity / 0.995);
        assertThat(seconds(search)).as("seconds of measuring").isLessThan(130);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldSeeThroughNoise(final long seed) {
        // One trial in five loses a little, whatever the load.
        final Random random = new Random(seed);
        final DoubleUnaryOperator noisy = load -> Math.max(limit(4e6).applyAsDouble(load), random.nextInt(5) == 0 ? 0.01 : 0);
        final MlrSearch search = run(List.of(NDR, PDR), 20e6, noisy);
        assertThat(search.results()).allSatisfy(result -> {
            assertThat(result.regular()).isTrue();
            assertThat(result.conditional().orElseThrow()).as("seed %d, %s", seed, result.goal().name())
                .isCloseTo(4e6, Percentage.withPercentage(1.2));
        });
    }

    @Test
    void shouldSeparateNdrAndPdrOfASoftDevice() {
        // Loss grows slowly from 1 M on: 0.5 % at 2 M.
        final MlrSearch search = run(List.of(NDR, PDR), 10e6, load -> load <= 1e6 ? 0 : (load - 1e6) * 0.005 / 1e6);
        assertThat(search.results().get(0).bounds().lower().orElseThrow()).isCloseTo(1e6, Percentage.withPercentage(0.6));
        assertThat(search.results().get(1).bounds().lower().orElseThrow()).isCloseTo(2e6, Percentage.withPercentage(0.6));
    }

    @Test
    void shouldFindTheThroughputOfRfc2544WithFewLongTrials() {
        final MlrSearch search = run(List.of(RFC2544), 10e6, limit(3e6));
        assertThat(search.results().getFirst().regular()).isTrue();
        assertThat(search.results().getFirst().bounds().lower().orElseThrow()).isCloseTo(3e6, Percentage.withPercentage(0.6));
        assertThat(search.trials().stream().filter(trial -> trial.seconds() >= 60).count()).isLessThanOrEqualTo(4);
    }

    @Test
    void shouldSayWhenTheDeviceIsFasterThanTheMaximum() {
        final GoalResult result = run(List.of(NDR), 1e6, limit(2e6)).results().getFirst();
        assertThat(result.regular()).isFalse();
        assertThat(result.bounds().lower()).hasValue(1e6);
        assertThat(result.bounds().upper()).isEmpty();
        assertThat(result.conditional()).hasValue(1e6);
    }

    @Test
    void shouldSayWhenEverythingIsLost() {
        final GoalResult result = run(List.of(NDR, PDR), 1e6, load -> 1).results().getFirst();
        assertThat(result.regular()).isFalse();
        assertThat(result.bounds().lower()).isEmpty();
        assertThat(result.bounds().upper()).hasValue(1000);
    }

    @Test
    void shouldEndWhateverTheDeviceDoes() {
        final Random random = new Random(7);
        assertThat(run(List.of(NDR, PDR), 1e6, load -> random.nextBoolean() ? 0 : random.nextDouble()).trials()).hasSizeLessThan(10_001);
    }

    @Test
    void shouldAskForTheSameTrialsGivenTheSameAnswers() {
        assertThat(run(List.of(NDR, PDR), 30e6, limit(5e6)).trials()).isEqualTo(run(List.of(NDR, PDR), 30e6, limit(5e6)).trials());
    }

    @Test
    void shouldTakeALowerMaximumWhenTheGeneratorCannotOfferMore() {
        final MlrSearch search = new MlrSearch(List.of(NDR), 1000, 10e6);
        search.limit(2e6);
        for (MlrSearch.Request next = search.next(); next != null; next = search.next()) {
            assertThat(next.load()).isLessThanOrEqualTo(2e6);
            search.add(new LoadTrial(next.load(), next.seconds(), 0));
        }
        assertThat(search.results().getFirst().bounds().lower()).hasValue(2e6);
    }

    @Test
    void shouldNameTheAttributeThatIsOutOfRange() {
        assertThatThrownBy(() -> new Goal("NDR", 0, 1, 1, 21, 1, 0.005)).hasMessage("NDR: exceed ratio 1 is not within 0 to 0.99");
        assertThatThrownBy(() -> new Goal("NDR", Double.NaN, 1, 1, 21, 0, 0.005)).hasMessageContaining("loss ratio");
        assertThatThrownBy(() -> new Goal("NDR", 0, 2, 1, 21, 0, 0.005)).hasMessageContaining("initial trial duration 2");
    }
}
