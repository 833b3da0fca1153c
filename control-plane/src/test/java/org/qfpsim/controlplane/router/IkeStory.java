package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.recovery.Decision;

/** The story with IKE messages in UDP packets between two control planes: what does not depend on the version of IKE. */
abstract class IkeStory {
    final Lab lab;
    private final UnaryOperator<TestConfig> version;
    Lab.Router a;
    Lab.Router b;

    IkeStory(final long seed, final IkeFactory ike, final UnaryOperator<TestConfig> version) {
        lab = new Lab(seed, List.of(ike));
        this.version = version;
    }

    void start(final UnaryOperator<TestConfig> both, final UnaryOperator<TestConfig> atB) {
        a = lab.router(SaLifeTest.A, both.apply(version.apply(SaLifeTest.sender())).build());
        b = lab.router(SaLifeTest.B, atB.apply(both.apply(version.apply(SaLifeTest.receiver()))).build());
        a.stream(a.flow(), 100 * Lab.MS, 1000 * Lab.SECOND);
        lab.run(10 * Lab.SECOND);
        assertThat(b.datapath.delivered).isGreaterThan(90);
        assertThat(b.datapath.unknown).isZero();
    }

    void sound() {
        assertThat(a.datapath.violations).isEmpty();
        assertThat(b.datapath.violations).isEmpty();
        assertThat(a.plane.ipsec().transientSpis()).isZero();
        assertThat(b.plane.ipsec().transientSpis()).isZero();
    }

    /** Runs for a while after what has just happened, and then nothing more may be lost. */
    private void backWithin(final long nanos) {
        lab.run(nanos);
        final long delivered = b.datapath.delivered;
        final long unknown = b.datapath.unknown;
        lab.run(10 * Lab.SECOND);
        assertThat(b.datapath.delivered - delivered).isEqualTo(100);
        assertThat(b.datapath.unknown).isEqualTo(unknown).isLessThan(10);
        sound();
    }

    @Test
    void shouldReplaceSasWithoutLoss() {
        start(config -> config.lifetime(120, 0), config -> config);
        final long lost = a.datapath.noSa;
        lab.run(600 * Lab.SECOND);
        assertThat(a.datapath.noSa).isEqualTo(lost);
        assertThat(b.datapath.unknown + b.datapath.expired + a.datapath.expired).isZero();
        assertThat(a.plane.ipsec().pairs()).anyMatch(pair -> pair.is(SaPair.State.ACTIVE));
        sound();
    }

    @Test
    void shouldBeABlackHoleWithoutRecovery() {
        start(config -> config, config -> config);
        b.plane.sas().lose(null, true);
        final long delivered = b.datapath.delivered;
        lab.run(120 * Lab.SECOND);
        assertThat(b.datapath.delivered - delivered).isLessThanOrEqualTo(1);
        assertThat(b.invalidSpiLines()).hasSize(2);
        assertThat(b.plane.recovery().decisions(Decision.OFF)).isOne();
    }

    @Test
    void shouldBeBackWithinTwoSecondsWithRecovery() {
        start(config -> config, TestConfig::recovery);
        b.plane.sas().lose(null, true);
        backWithin(2 * Lab.SECOND);
        assertThat(a.plane.ipsec().pairs()).isNotEmpty();
    }

    @Test
    void shouldDeleteOverAnIkeSaWithoutTheCommand() {
        start(config -> config, config -> config);
        b.plane.sas().lose(null, false);
        backWithin(Lab.SECOND);
        assertThat(b.plane.recovery().started()).isZero();
    }
}
