package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.v2.Ikev2Context;
import org.qfpsim.controlplane.ike.v2.Ikev2Service;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.recovery.Decision;

/** The story with IKEv2 messages in UDP packets between two control planes. */
class Ikev2StoryTest {
    private final Lab lab = new Lab(7, List.of((config, engine, transport, timers, log, random) ->
        new Ikev2Service(new Ikev2Context(config, engine, transport, timers, log, random, IkeKeyLog.NONE))));
    private Lab.Router a;
    private Lab.Router b;

    private void start(final UnaryOperator<TestConfig> both, final UnaryOperator<TestConfig> atB) {
        a = lab.router(SaLifeTest.A, both.apply(SaLifeTest.sender().ikev2()).build());
        b = lab.router(SaLifeTest.B, atB.apply(both.apply(SaLifeTest.receiver().ikev2())).build());
        a.stream(a.flow(), 100 * Lab.MS, 1000 * Lab.SECOND);
        lab.run(10 * Lab.SECOND);
        assertThat(b.datapath.delivered).isGreaterThan(90);
        assertThat(b.datapath.unknown).isZero();
    }

    private void sound() {
        assertThat(a.datapath.violations).isEmpty();
        assertThat(b.datapath.violations).isEmpty();
        assertThat(a.plane.ipsec().transientSpis()).isZero();
        assertThat(b.plane.ipsec().transientSpis()).isZero();
    }

    @Test
    void shouldComeUpAndBeShown() {
        start(config -> config, config -> config);
        assertThat(CryptoTerminal.run(a, "show crypto ikev2 sa")).contains(
            "Tunnel-id Local                 Remote                fvrf/ivrf            Status \n"
                + "1         10.0.0.1/500          10.0.0.2/500          none/none            READY  \n"
                + "      Encr: AES-CBC, keysize: 256, PRF: SHA256, Hash: SHA256, DH Grp:19, Auth sign: PSK, Auth verify: PSK\n"
                + "      Life/Active Time: 86400/10 sec\n");
        assertThat(CryptoTerminal.run(a, "show crypto ikev2 sa detail")).contains("      Initiator of SA : Yes\n");
        assertThat(CryptoTerminal.run(b, "show crypto session")).contains("  IKEv2 SA: local 10.0.0.2/500 remote 10.0.0.1/500 Active \n");
        sound();
    }

    @Test
    void shouldReplaceSasWithoutLoss() {
        start(config -> config.lifetime(120, 0), config -> config);
        final long lost = a.datapath.noSa;
        lab.run(600 * Lab.SECOND);
        assertThat(a.datapath.noSa).isEqualTo(lost);
        assertThat(b.datapath.unknown + b.datapath.expired + a.datapath.expired).isZero();
        assertThat(a.plane.ipsec().pairs()).singleElement().matches(pair -> pair.is(SaPair.State.ACTIVE));
        sound();
    }

    @Test
    void shouldBeABlackHoleWithoutRecovery() {
        start(config -> config, config -> config);
        b.plane.lose(null, true);
        final long delivered = b.datapath.delivered;
        lab.run(120 * Lab.SECOND);
        assertThat(b.datapath.delivered - delivered).isLessThanOrEqualTo(1);
        assertThat(b.invalidSpiLines()).hasSize(2);
        assertThat(b.plane.recovery().decisions(Decision.OFF)).isOne();
    }

    @Test
    void shouldBeBackWithinTwoSecondsWithRecovery() {
        start(config -> config, TestConfig::recovery);
        b.plane.lose(null, true);
        lab.run(2 * Lab.SECOND);
        final long delivered = b.datapath.delivered;
        final long unknown = b.datapath.unknown;
        lab.run(10 * Lab.SECOND);
        assertThat(b.datapath.delivered - delivered).isEqualTo(100);
        assertThat(b.datapath.unknown).isEqualTo(unknown).isLessThan(10);
        assertThat(a.plane.ipsec().pairs()).hasSize(1);
        sound();
    }

    @Test
    void shouldDeleteOverAnIkeSaWithoutTheCommand() {
        start(config -> config, config -> config);
        b.plane.lose(null, false);
        lab.run(Lab.SECOND);
        final long delivered = b.datapath.delivered;
        lab.run(5 * Lab.SECOND);
        assertThat(b.datapath.delivered - delivered).isEqualTo(50);
        assertThat(b.plane.recovery().started()).isZero();
        sound();
    }
}
