package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.v2.Ikev2Context;
import org.qfpsim.controlplane.ike.v2.Ikev2Service;

/** The story with IKEv2 messages in UDP packets between two control planes. */
class Ikev2StoryTest extends IkeStory {
    Ikev2StoryTest() {
        super(7, (config, engine, transport, timers, log, random) ->
            new Ikev2Service(new Ikev2Context(config, engine, transport, timers, log, random, IkeKeyLog.NONE)), TestConfig::ikev2);
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
    void shouldHaveOnePairAfterARekeyAndAfterRecovery() {
        start(config -> config.lifetime(120, 0), TestConfig::recovery);
        lab.run(600 * Lab.SECOND);
        assertThat(a.plane.ipsec().pairs()).as("the old one is deleted").hasSize(1);
        b.plane.sas().lose(null, true);
        lab.run(2 * Lab.SECOND);
        assertThat(a.plane.ipsec().pairs()).as("INITIAL_CONTACT").hasSize(1);
    }
}
