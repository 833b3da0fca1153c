package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.config.model.EzvpnClient.Connect;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.v1.Ikev1Service;
import org.qfpsim.controlplane.ike.v1.Ikev1Settings;
import org.qfpsim.controlplane.recovery.Decision;

/** An EzVPN client that connects by itself, and again when it has lost its SAs. */
class EzvpnConnectorTest {
    private static final String SERVER = "10.0.0.1";
    private static final String CLIENT = "10.0.0.2";
    private static final String BEHIND_SERVER = "192.168.1.0/24";
    private static final String BEHIND_CLIENT = "192.168.2.0/24";

    private final Lab lab = new Lab(3, List.of((config, engine, transport, timers, log, random) ->
        new Ikev1Service(config, engine, transport, timers, log, random, IkeKeyLog.NONE, Ikev1Settings.DEFAULT)));
    private Lab.Router server;

    @BeforeEach
    void startServer() {
        server = lab.router(SERVER, TestConfig.at(SERVER).networks(BEHIND_SERVER, BEHIND_CLIENT).ezvpnServer().build());
    }

    private Lab.Router client(final Connect connect) {
        return lab.router(CLIENT, TestConfig.at(CLIENT).networks(BEHIND_CLIENT, BEHIND_SERVER).recovery().ezvpnClient(SERVER, connect)
            .build());
    }

    @Test
    void shouldConnectWithoutAPacket() {
        final Lab.Router client = client(Connect.AUTO);
        lab.run(3 * Lab.SECOND);
        assertThat(client.plane.ipsec().pairs()).hasSize(1);
        assertThat(server.plane.ipsec().pairs()).hasSize(1);
    }

    @Test
    void shouldWaitForAPacketIfItIsNotToConnectByItself() {
        final Lab.Router client = client(Connect.MANUAL);
        lab.run(3 * Lab.SECOND);
        assertThat(client.plane.ipsec().pairs()).isEmpty();
    }

    @Test
    void shouldConnectAgainWithoutRecoveryWhenItHasLostItsSas() {
        final Lab.Router client = client(Connect.AUTO);
        lab.run(3 * Lab.SECOND);
        server.stream(server.flow(), 20 * Lab.MS, 100 * Lab.SECOND);
        lab.run(Lab.SECOND);
        client.plane.sas().lose(null, true);
        lab.run(3 * Lab.SECOND);
        assertThat(client.plane.ipsec().pairs()).hasSize(1);
        assertThat(client.plane.recovery().started()).isZero();
        assertThat(client.plane.recovery().decisions(Decision.NOT_APPLICABLE)).isPositive();
        assertThat(client.plane.recovery().entries()).as("one SPI, one entry, whatever is known of its sender meanwhile").hasSize(1);
    }

    @Test
    void shouldStopWhenTheClientIsNoLongerConfigured() {
        final Lab.Router client = client(Connect.AUTO);
        lab.run(3 * Lab.SECOND);
        client.plane.configure(TestConfig.at(CLIENT).networks(BEHIND_CLIENT, BEHIND_SERVER).build());
        lab.run(10 * Lab.SECOND);
        assertThat(client.plane.ipsec().pairs()).isEmpty();
    }
}
