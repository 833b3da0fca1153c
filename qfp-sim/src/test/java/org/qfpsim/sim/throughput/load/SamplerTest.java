package org.qfpsim.sim.throughput.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.GlobalDrop;

/** Samples of a long trial. */
class SamplerTest {
    private long now;

    @Test
    void shouldSampleEverySecondAndNotTooOften() {
        try (CounterStore counters = CounterStore.inMemory(1)) {
            final Accounts accounts = new Accounts(counters.reader(), EngineToken.OCT);
            accounts.begin();
            final Sampler sampler = new Sampler(accounts, () -> now);
            sampler.begin(5);
            for (int i = 0; i < 5000; i++) {
                now += 1_000_000;
                counters.ppe(0).add(Total.FORWARDED, 2);
                counters.dispatcher().dropGlobal(GlobalDrop.TAIL_DROP.id(), 1, 100);
                assertThat(sampler.due(3L * i)).isFalse();
            }
            assertThat(sampler.taken()).hasSizeBetween(3, 5).allSatisfy(sample -> {
                assertThat(sample.forwarded()).isBetween((long) (sample.second() * 2000) - 2, (long) (sample.second() * 2000) + 2);
                assertThat(sample.drops()).containsEntry("TailDrop", sample.forwarded() / 2);
            });
            sampler.begin(86_400);
            for (int i = 0; i < 86_400; i++) {
                now += 1_000_000_000;
                sampler.due(0);
            }
            assertThat(sampler.taken()).hasSizeLessThanOrEqualTo(600);
        }
    }
}
