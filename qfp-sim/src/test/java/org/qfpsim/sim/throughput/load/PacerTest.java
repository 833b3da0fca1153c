package org.qfpsim.sim.throughput.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.pipeline.PipelineConfig;

/** Pacing and loss accounting on a clock of the test's own, with a device that is as slow as the test wants. */
class PacerTest {
    private static final int RING = 64;
    private static final long LOOK_NANOS = 50;

    private CryptoBackends crypto;
    private CounterStore counters;
    private Pipeline pipeline;
    private Accounts accounts;
    private LatencySink sink;
    private FrameStore store;
    private FrameMaker maker;
    private long now;

    @BeforeEach
    void build() throws Exception {
        crypto = CryptoBackends.open("jce");
    }

    private Pacer pacer(final String mix, final int window) {
        final TrafficSpec traffic = new TrafficSpec(Sizes.of(64), Mix.parse(mix), EspSuite.AES_GCM_128_16, 3, window, false, 1600, 1);
        counters = CounterStore.inMemory(1);
        sink = new LatencySink(() -> now);
        pipeline = new Pipeline(new PipelineConfig().ringSlots(RING).dropWhenFull(true), crypto.all(), counters, sink, CommitObserver.NONE);
        pipeline.configure(List.of(Peers.ROUTER), List.of(), true);
        maker = new FrameMaker(traffic, pipeline, crypto.forSuite(traffic.suite()));
        store = new FrameStore(1 << 20, maker.leastFrame());
        accounts = new Accounts(counters.reader(), EngineToken.OCT);
        accounts.begin();
        return new Pacer(store, maker, window == 0, traffic.bursts(), () -> now += LOOK_NANOS);
    }

    @AfterEach
    void close() {
        if (maker != null) {
            maker.close();
            pipeline.close();
            counters.close();
        }
        crypto.close();
    }

    /** The real pipeline, which gets a turn (up to 64 packets) every so many nanoseconds. */
    private Pacer.Target device(final long turnNanos) {
        return new Pacer.Target() {
            private long next = turnNanos;

            @Override
            public void offer(final int from, final int to) {
                pipeline.dispatcher().offer(store.vector(), from, to);
                pipeline.dispatcher().flush();
                work();
            }

            @Override
            public void idle() {
                work();
            }

            private void work() {
                while (now >= next) {
                    pipeline.turn();
                    next += turnNanos;
                }
            }
        };
    }

    @Test
    void shouldOfferTheRateThatWasAskedFor() {
        final Pacer pacer = pacer("good", 64);
        final TrialSpec trial = new TrialSpec("test", 1e6, 0.01, 1);
        pacer.prepare(trial.packets());
        sink.begin(1);
        pacer.run(trial, device(1000), () -> false);
        pipeline.drain();
        assertThat(pacer.offered()).isEqualTo(10_000);
        assertThat(pacer.offeredSeconds()).isCloseTo(0.01, Percentage.withPercentage(1));
        assertThat(pacer.latest()).isLessThan(200);
        assertThat(accounts.total(Total.FORWARDED)).isEqualTo(10_000);
        assertThat(accounts.dropped()).isZero();
        assertThat(accounts.check(pacer.offered(), pacer.sent(), false)).isEmpty();
    }

    @Test
    void shouldCountWhatASlowDeviceLoses() {
        // 64 packets every 128 us are half a million a second; a million is offered.
        final Pacer pacer = pacer("good", 64);
        final TrialSpec trial = new TrialSpec("test", 1e6, 0.01, 0);
        pacer.prepare(trial.packets());
        pacer.run(trial, device(128_000), () -> false);
        pipeline.drain();
        final long lost = accounts.dropped() - accounts.intended(pacer.sent());
        assertThat(pacer.offered()).isEqualTo(10_000);
        assertThat(accounts.total(Total.FORWARDED) + lost).isEqualTo(10_000);
        assertThat((double) lost / pacer.offered()).isCloseTo(0.5, Offset.offset(0.02));
        assertThat(accounts.drops()).containsOnlyKeys("TailDrop").containsEntry("TailDrop", lost);
        assertThat(accounts.check(pacer.offered(), pacer.sent(), false)).isEmpty();
    }

    @Test
    void shouldMeasureLatencyFromTheTimeAPacketWasMeantToBeSent() {
        // Nothing is worked on for a millisecond: what was due at its beginning waited all of it (no coordinated omission).
        final Pacer pacer = pacer("good", 64);
        final TrialSpec trial = new TrialSpec("test", 60_000, 0.001, 1);
        pacer.prepare(trial.packets());
        sink.begin(1);
        pacer.run(trial, device(1_000_000), () -> false);
        pipeline.drain();
        final Latency latency = sink.latency();
        assertThat(latency).isNotNull();
        assertThat(latency.packets()).isEqualTo(60);
        assertThat(latency.at("100")).isBetween(900_000L, 1_100_000L);
        assertThat(latency.at("50")).isBetween(400_000L, 600_000L);
    }

    @Test
    void shouldEncryptInTheGapsWhenTheStoreIsTooSmall() {
        final Pacer pacer = pacer("good", 64);
        store = new FrameStore(16_384, maker.leastFrame());
        final Pacer small = new Pacer(store, maker, false, Bursts.NONE, () -> now += LOOK_NANOS);
        final TrialSpec trial = new TrialSpec("test", 1e6, 0.005, 0);
        small.prepare(trial.packets());
        assertThat(store.count()).isLessThan(200);
        small.run(trial, device(1000), () -> false);
        pipeline.drain();
        assertThat(pacer.offered()).isZero();
        assertThat(small.starved()).isZero();
        // Fresh sequence numbers: a repeated one would be a replay.
        assertThat(accounts.total(Total.FORWARDED)).isEqualTo(5000);
    }

    @Test
    void shouldSayHowOftenAFrameWasNotReady() {
        final Pacer pacer = pacer("good", 64);
        pacer.prepare(10);
        pacer.run(new TrialSpec("test", TrialSpec.FLAT_OUT, 0.00001, 0), device(1000), () -> false);
        pipeline.drain();
        assertThat(pacer.starved()).isPositive().isEqualTo(pacer.offered() - 10);
    }

    @Test
    void shouldRepeatFramesWithoutAReplayWindow() {
        final Pacer pacer = pacer("good", 0);
        final TrialSpec trial = new TrialSpec("test", 1e6, 0.02, 0);
        pacer.prepare(1);
        final int ready = store.count();
        pacer.run(trial, device(1000), () -> false);
        pipeline.drain();
        assertThat(ready).isLessThan(20_000);
        assertThat(accounts.total(Total.FORWARDED)).isEqualTo(20_000);
    }

    @Test
    void shouldMakeEveryKindThatTheRouterCountsAsSuch() {
        final Pacer pacer = pacer("unknown-spi=10+bad-icv=10+replayed=10+late=10+clear=10+fragments=10", 64);
        final TrialSpec trial = new TrialSpec("test", 1e5, 0.1, 0);
        pacer.prepare(trial.packets());
        pacer.run(trial, device(10_000), () -> false);
        pipeline.drain();
        pipeline.expire(Long.MAX_VALUE);
        assertThat(pacer.sent()).containsOnlyKeys("good", "unknown-spi", "bad-icv", "replayed", "late", "clear", "fragments");
        assertThat(accounts.check(pacer.offered(), pacer.sent(), false)).isEmpty();
        assertThat(accounts.drops()).containsEntry("IpsecInput/IN_US_V4_PKT_SA_NOT_FOUND_SPI", pacer.sent().get("unknown-spi"))
            .containsEntry("IpsecInput/IN_OCT_MAC_EXCEPTION", pacer.sent().get("bad-icv"))
            .containsEntry("IpsecInput/IN_OCT_ANTI_REPLAY_FAIL", pacer.sent().get("replayed") + pacer.sent().get("late"))
            .containsEntry("IpsecInput/IN_TRANS_CL_V4_PKT_FAILED_POLICY", pacer.sent().get("clear"));
        // The last fragment of the trial may wait for one that was not sent any more.
        assertThat(accounts.dropped() - accounts.intended(pacer.sent())).isLessThanOrEqualTo(1);
        assertThat(accounts.total(Total.FORWARDED)).isEqualTo(pacer.sent().get("good") + pacer.sent().get("fragments") / 2);
    }

    @Test
    void shouldStopWhenAsked() {
        final Pacer pacer = pacer("good", 64);
        pacer.prepare(1000);
        pacer.run(new TrialSpec("test", 1e6, 1, 0), device(1000), () -> now > 100_000);
        pipeline.drain();
        assertThat(pacer.offered()).isBetween(90L, 110L);
    }
}
