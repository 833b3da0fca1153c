package org.qfpsim.datapath.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.datapath.counters.Cost;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.counters.CostSum;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.support.Crypto;
import org.qfpsim.datapath.support.Outcome;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;
import org.qfpsim.datapath.trace.CostMeter;
import org.qfpsim.datapath.trace.TraceClock;

/** Sampling the cost of a batch changes nothing about its packets, and misses no batch. */
class CostSamplingTest {
    private static final long SEED = 0x434f5354L;
    private static final int TICK = 10;

    private long clock;

    private Outcome run(final RandomStream stream, final int ppes, final int batch, final String crypto, final int interval) {
        final PipelineConfig config = PipelineFixture.config().ppes(ppes).batch(batch).reassembly(8, 16, 20_000_000)
            .cost(interval, () -> clock += TICK);
        try (PipelineFixture fixture = new PipelineFixture(config, crypto)) {
            RandomStream.prepare(fixture);
            for (int i = 0; i < stream.size(); i++) {
                stream.offer(fixture, i);
                if (i % 50 == 49) {
                    fixture.pipeline().dispatcher().flush();
                    fixture.pipeline().turn();
                }
            }
            fixture.drain().giveUpFragments();
            final CostLook look = CostLook.read(fixture.counters());
            if (interval == CostMeter.NEVER) {
                assertThat(look.rows()).isEmpty();
            } else {
                assertCounted(look, fixture, interval);
            }
            return Outcome.of(fixture);
        }
    }

    private static void assertCounted(final CostLook look, final PipelineFixture fixture, final int interval) {
        final long received = fixture.counters().total(Total.RECEIVED);
        if (interval == 1) {
            assertThat(look.batches().packets()).as("packets of engines' batches").isEqualTo(received);
            for (final Cost clock : List.of(Cost.DISPATCH_CLOCK, Cost.GATHER_CLOCK)) {
                assertThat(sum(look, clock).packets()).as("packets at %s", clock).isEqualTo(received);
            }
            assertThat(sum(look, Cost.INPUT).packets()).isEqualTo(received);
            assertThat(look.rows()).extracting(CostLook.Row::cost).contains(Cost.DISPATCH, Cost.INPUT, Cost.SA_LOOKUP, Cost.DECRYPT,
                Cost.DECAPSULATION, Cost.OUTPUT, Cost.JUDGE, Cost.ENCRYPT, Cost.REASSEMBLY, Cost.PUNT, Cost.DROP);
        }
        for (final Cost cost : Cost.values()) {
            // Readings of the clock are all that makes it go on, so each interval is a tick, and none is of two.
            assertThat(sum(look, cost).nanos()).as(cost.label()).isEqualTo(TICK * sum(look, cost).intervals());
        }
        assertThat(CostLook.total(look.rows())).as("what is left of intervals of a tick, without it").isZero();
    }

    private static CostSum sum(final CostLook look, final Cost cost) {
        return look.blocks().stream().map(block -> block.getOrDefault(cost, CostSum.NONE)).reduce(CostSum.NONE, CostSum::plus);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 256})
    void shouldChangeNothingAboutThePackets(final int batch) {
        final RandomStream stream = new RandomStream(SEED, 3_000);
        for (final String crypto : Crypto.names()) {
            for (final int ppes : new int[] {1, 3}) {
                final Outcome expected = run(stream, ppes, batch, crypto, CostMeter.NEVER);
                for (final int interval : new int[] {1, 3}) {
                    final Outcome actual = run(stream, ppes, batch, crypto, interval);
                    assertThat(actual.events().equals(expected.events())).as("%s, %d PPEs, one batch in %d", crypto, ppes, interval).isTrue();
                    assertThat(actual).usingRecursiveComparison().ignoringFields("events").isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void shouldGiveTimeToTheFeatureThatTakesIt() {
        // A clock that only the crypto library moves.
        final TraceClock reading = () -> clock;
        final PipelineConfig config = PipelineFixture.config().cost(1, reading);
        try (PipelineFixture fixture = new PipelineFixture(config, Crypto.names().getFirst(), backend -> slowed(CryptoBackend.class, backend))) {
            final Sender sender = fixture.install(Sa.spi(1).build());
            for (int i = 0; i < 20; i++) {
                fixture.offer(sender.wrap(Packets.ipv4("10.1.0.1", "10.2.0.1", 17, new byte[100])));
            }
            fixture.drain();
            final CostLook look = CostLook.read(fixture.counters());
            assertThat(sum(look, Cost.DECRYPT)).isEqualTo(new CostSum(100, 20, 1, 0));
            assertThat(CostLook.total(look.rows())).isCloseTo(5, within(1e-9));
            assertThat(look.rows(0).stream().filter(row -> row.cost() == Cost.DECRYPT).findFirst().orElseThrow().perPacket())
                .isCloseTo(5, within(1e-9));
        }
    }

    @Test
    void shouldLeaveOutABatchThatWasInterrupted() {
        try (CounterStore store = CounterStore.inMemory(1)) {
            final CostMeter meter = new CostMeter(() -> clock, 1, 0);
            for (final long nanos : new long[] {900, CostMeter.LEAST_LIMIT_NANOS + 2 * CostMeter.PACKET_LIMIT_NANOS + 1}) {
                meter.begin(store.ppe(0), Cost.Stage.ENGINE, 0);
                clock += nanos;
                meter.lap(Cost.INPUT, 2);
                meter.end(2);
            }
            // Nothing was offered.
            meter.begin(store.ppe(0), Cost.Stage.ENGINE, 0);
            meter.end(0);
            assertThat(store.reader().cost(0, Cost.INPUT)).isEqualTo(new CostSum(900, 2, 1, 0));
            assertThat(store.reader().cost(0, Cost.ENGINE_CLOCK)).isEqualTo(new CostSum(0, 2, 1, 1));
        }
    }

    /** It is taken off every interval: one interruption there would hide all that follows. */
    @Test
    void shouldLeaveOutABatchWhoseClockWasInterrupted() {
        final int[] readings = new int[1];
        try (CounterStore store = CounterStore.inMemory(1)) {
            final CostMeter meter = new CostMeter(() -> ++readings[0] < 3 ? 0 : CostMeter.LEAST_LIMIT_NANOS * 10, 1, 0);
            meter.begin(store.ppe(0), Cost.Stage.ENGINE, 0);
            meter.lap(Cost.INPUT, 1);
            meter.end(1);
            assertThat(store.reader().cost(0, Cost.ENGINE_CLOCK)).isEqualTo(new CostSum(0, 0, 0, 1));
        }
    }

    @Test
    void shouldForgetTheWarmUp() {
        try (CounterStore store = CounterStore.inMemory(2)) {
            final CostMeter meter = new CostMeter(() -> clock, 128, 0);
            for (int i = 1; i <= CostMeter.WARM_UP + 1; i++) {
                for (int ppe = 0; ppe < 2; ppe++) {
                    if (ppe == 0) {
                        untilDue(meter);
                    }
                    meter.begin(store.ppe(ppe), Cost.Stage.GATHER, ppe);
                    meter.lap(Cost.OUTPUT, 3);
                    meter.end(3);
                    assertThat(store.reader().cost(ppe, Cost.OUTPUT).intervals()).isEqualTo(i % CostMeter.WARM_UP + i / CostMeter.WARM_UP);
                }
            }
        }
    }

    private static int untilDue(final CostMeter meter) {
        int asked = 1;
        while (!meter.due()) {
            asked++;
        }
        return asked;
    }

    /** A crypto library, or a part of it, in which opening a batch takes 100. */
    private <T> T slowed(final Class<T> type, final T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            clock += method.getName().equals("open") ? 100 : 0;
            final Object result = method.invoke(real, arguments);
            return switch (result) {
                case final CryptoLane lane -> slowed(CryptoLane.class, lane);
                case final EspTransform transform -> slowed(EspTransform.class, transform);
                case null, default -> result;
            };
        }));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 128})
    void shouldSampleAtRandomDistancesOneInSoMany(final int interval) {
        final int batches = 200_000;
        long warmUp = 0;
        for (int number = -2; number < 64; number++) {
            final CostMeter meter = new CostMeter(() -> 0, interval, number);
            for (int i = 0; interval > CostMeter.WARM_UP_INTERVAL && i < CostMeter.WARM_UP; i++) {
                warmUp += untilDue(meter);
            }
            int sampled = 0;
            int distance = 0;
            for (int i = 0; i < batches; i++) {
                distance++;
                if (meter.due()) {
                    assertThat(distance).isLessThan(2 * interval);
                    distance = 0;
                    sampled++;
                }
            }
            assertThat((double) sampled * interval / batches).as("meter %d", number).isCloseTo(1, within(0.06));
        }
        if (interval > CostMeter.WARM_UP_INTERVAL) {
            assertThat((double) warmUp / CostMeter.WARM_UP / CostMeter.WARM_UP_INTERVAL / 66).isCloseTo(1, within(0.05));
        }
    }
}
