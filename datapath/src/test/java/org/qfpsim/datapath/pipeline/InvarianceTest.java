package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.support.Crypto;
import org.qfpsim.datapath.support.Event;
import org.qfpsim.datapath.support.Outcome;
import org.qfpsim.datapath.support.PipelineFixture;

/** The same stream gives the same verdicts, counters, drop report, windows and output, however the work is shared out. */
class InvarianceTest {
    private static final long SEED = 0x494e5641L;
    private static final int SCALE = Integer.getInteger("qfp.test.scale", 1);
    private static final int[] PPES = {1, 2, 4, 7};
    private static final int[] BATCHES = {1, 7, 64, 256};

    private static PipelineConfig config(final int ppes, final DispatchPolicy policy, final int batch) {
        return PipelineFixture.config().ppes(ppes).dispatch(policy).batch(batch).reassembly(8, 16, 20_000_000);
    }

    private static Outcome run(final RandomStream stream, final PipelineConfig config, final String crypto, final boolean dedicated,
                               final boolean lent) {
        final PipelineFixture fixture = new PipelineFixture(config, crypto);
        return run(stream, lent ? fixture.lending() : fixture, config, dedicated);
    }

    private static Outcome run(final RandomStream stream, final PipelineFixture made, final PipelineConfig config,
                               final boolean dedicated) {
        try (PipelineFixture fixture = made) {
            RandomStream.prepare(fixture);
            if (dedicated) {
                fixture.dedicated();
            }
            for (int i = 0; i < stream.size(); i++) {
                stream.offer(fixture, i);
                if (i % 50 == 49) {
                    fixture.pipeline().dispatcher().flush();
                    if (!dedicated) {
                        fixture.pipeline().turn();
                    }
                }
            }
            fixture.drain().stopThreads().giveUpFragments();
            if (!dedicated && config.batch() == 256) {
                assertThat(fixture.counters().total(Total.ESP_REOPENED)).as("wraps within a batch").isPositive();
            }
            return Outcome.of(fixture);
        }
    }

    @Test
    void shouldNotDependOnHowTheWorkIsSharedOut() {
        for (int round = 0; round < SCALE; round++) {
            final long seed = SEED + round;
            final RandomStream stream = new RandomStream(seed, 3_000);
            final Outcome expected = run(stream, config(1, DispatchPolicy.ANY_IDLE, 64), Crypto.names().getFirst(), false, false);
            assertInteresting(stream, expected);
            for (final String crypto : Crypto.names()) {
                for (final int ppes : PPES) {
                    for (final DispatchPolicy policy : DispatchPolicy.values()) {
                        for (final int batch : BATCHES) {
                            for (final boolean dedicated : new boolean[] {false, true}) {
                                for (final boolean lent : new boolean[] {false, true}) {
                                    final String name = "seed %d, %s, %d PPEs, %s, batch %d, %s, %s".formatted(seed, crypto, ppes, policy,
                                        batch, dedicated ? "dedicated" : "invoker", lent ? "lent" : "copied");
                                    assertSame(name, run(stream, config(ppes, policy, batch), crypto, dedicated, lent), expected);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /** Losses in a row are counted together when nobody wants to see each of them. The report is so small that flows find no room. */
    @Test
    void shouldNotDependOnWhetherAnybodyLooks() {
        for (int round = 0; round < 10 * SCALE; round++) {
            final long seed = SEED + 1000 + round;
            final RandomStream stream = new RandomStream(seed, 2_000);
            for (final int ppes : PPES) {
                for (final int batch : BATCHES) {
                    final PipelineConfig config = config(ppes, DispatchPolicy.ANY_IDLE, batch).dropReportRows(16);
                    final String crypto = Crypto.names().getFirst();
                    final Outcome seen = run(stream, config, crypto, false, true);
                    final Outcome unseen = run(stream, PipelineFixture.unobserved(config, crypto), config, false);
                    final String name = "seed %d, %d PPEs, batch %d".formatted(seed, ppes, batch);
                    assertThat(unseen.events()).isEmpty();
                    assertThat(unseen.report()).as(name).isEqualTo(seen.report()).anyMatch(row -> !row.flow());
                    assertThat(unseen.counters()).as(name).isEqualTo(seen.counters());
                    assertThat(unseen.tops()).as(name).isEqualTo(seen.tops());
                    assertThat(unseen.sent().equals(seen.sent())).as(name + ": what left, in order").isTrue();
                }
            }
        }
    }

    private static void assertSame(final String name, final Outcome actual, final Outcome expected) {
        for (int i = 0; i < Math.min(actual.events().size(), expected.events().size()); i++) {
            assertThat(actual.events().get(i)).as("%s: verdict %d", name, i).isEqualTo(expected.events().get(i));
        }
        assertThat(actual.counters()).as(name).isEqualTo(expected.counters());
        assertThat(actual.report()).as(name).isEqualTo(expected.report());
        assertThat(actual.tops()).as(name).isEqualTo(expected.tops());
        assertThat(actual.sent().equals(expected.sent())).as(name + ": what left, in order").isTrue();
        assertThat(actual.events()).as(name).hasSameSizeAs(expected.events());
    }

    /** A stream in which nothing happens would prove nothing. */
    private static void assertInteresting(final RandomStream stream, final Outcome outcome) {
        final List<Event> events = outcome.events();
        assertThat(events).hasSize(stream.size());
        for (final int kind : new int[] {Verdict.FORWARD, Verdict.DROP_IPSEC, Verdict.DROP_GLOBAL, Verdict.PUNT, Verdict.CONSUME, Verdict.PROTECT}) {
            assertThat(events).anyMatch(event -> Verdict.kind(event.verdict()) == kind);
        }
        System.out.printf("stream of %d frames:%n", stream.size());
        Stream.of(Total.values()).forEach(total -> System.out.printf("  %s %d%n", total.label(), outcome.counters().getOrDefault(total.label(), 0L)));
        outcome.counters().forEach((name, value) -> {
            if (name.equals(name.toUpperCase(Locale.ROOT))) {
                System.out.printf("  %s %d%n", name, value);
            }
        });
        // Verdicts of frames that did not wait come in the order of arrival.
        final long[] committed = events.stream().filter(event -> event.packet() != null).mapToLong(Event::arrival).toArray();
        assertThat(committed).isSorted();
    }
}
