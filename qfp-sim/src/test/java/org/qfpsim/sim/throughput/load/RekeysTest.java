package org.qfpsim.sim.throughput.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.pipeline.PipelineConfig;

/** Both sides of the plan, on one thread: frame by frame. */
class RekeysTest {
    private static final int FRAMES = 1000;
    /** A rekey every 100 frames, 50 frames before and after. */
    private static final TrialSpec TRIAL = TrialSpec.rekeys("test", 1000, 1, 10);
    private static final String FIRST_SPI = "1000";

    private final TrafficSpec traffic = new TrafficSpec(Sizes.of(64), Mix.GOOD, EspSuite.AES_GCM_128_16, 2, 64, false, 1600, 1);
    private Lab lab;
    private int next;

    @BeforeEach
    void build() {
        lab = new Lab(traffic, "jce", new PipelineConfig(), (_, _, _, _) -> true, EngineToken.OCT, 1 << 22);
        lab.accounts().begin();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private Rekeys plan(final int generation) {
        return new Rekeys(lab.pipeline(), traffic, lab.maker().installed(), generation, TRIAL);
    }

    private void send(final int frames) {
        lab.maker().fill(lab.store(), frames);
        for (int i = 0; i < frames; i++) {
            final int index = lab.store().next();
            lab.pipeline().dispatcher().offer(lab.store().vector(), index, index + 1);
            lab.pipeline().drain();
            lab.store().take(1);
            next++;
        }
    }

    private List<String> spis() {
        return lab.pipeline().installer().installed().stream().filter(sa -> !sa.isRetired())
            .map(sa -> Integer.toHexString(sa.spi())).sorted().toList();
    }

    @Test
    void shouldMakeBeforeBreak() {
        final Rekeys plan = plan(0);
        lab.maker().follow(plan, lab.store());
        assertThat(plan.step(49)).isFalse();
        assertThat(spis()).containsExactly(FIRST_SPI, "1001");
        assertThat(plan.step(50)).isTrue();
        assertThat(plan.step(50)).isFalse();
        assertThat(spis()).containsExactly(FIRST_SPI, "1001", "20000000");
        send(120);
        assertThat(lab.maker().rekeyed()).isEqualTo(1);
        assertThat(plan.step(149)).isFalse();
        assertThat(plan.step(150)).as("both are due").isTrue();
        assertThat(plan.step(150)).isTrue();
        assertThat(spis()).containsExactly("1001", "20000000", "20000001");
    }

    @Test
    void shouldLoseNothingWhenTheRouterFollowsThePlan() {
        Rekeys plan = plan(0);
        lab.maker().follow(plan, lab.store());
        for (int frame = 0; frame < FRAMES; frame++) {
            while (plan.step(frame)) {
                // The step does the work.
            }
            send(1);
        }
        assertThat(lab.maker().rekeyed()).isEqualTo(9);
        plan.settle(9);
        lab.maker().follow(null, lab.store());
        send(100);
        assertThat(lab.accounts().total(Total.FORWARDED)).isEqualTo(next);
        assertThat(spis()).containsExactly("20000007", "20000008");

        // A trial that is stopped at once: the router goes back to what the peers have.
        plan = plan(9);
        lab.maker().follow(plan, lab.store());
        assertThat(plan.step(60)).isTrue();
        plan.settle(0);
        send(20);
        assertThat(lab.accounts().total(Total.FORWARDED)).isEqualTo(next);
        assertThat(spis()).containsExactly("20000007", "20000008");
    }

    @Test
    void shouldCountWhatComesBeforeItsSaAsUnknown() {
        final Rekeys plan = plan(0);
        lab.maker().follow(plan, lab.store());
        send(140);
        // From frame 100 on every second one is the moved peer's.
        assertThat(lab.accounts().drops()).containsOnlyKeys("IpsecInput/" + IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI.name(EngineToken.OCT))
            .containsValue(20L);
        assertThat(lab.accounts().check(next, Map.of("good", (long) next), true)).isEmpty();
        assertThat(lab.accounts().check(next, Map.of("good", (long) next), false)).isNotEmpty();
    }
}
