package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a tunnel with strongSwan in the course of its life: rekeys from either side, DELETE, a dead peer. */
class StrongSwanLifeTest {
    private static final boolean LONG = Integer.getInteger("qfp.test.scale", 1) > 1;
    private static final int REKEYS = LONG ? 100 : 5;

    @BeforeAll
    static void shouldHaveAPeer() {
        assumeTrue(StrongSwan.missing().isEmpty(), () -> StrongSwan.missing().orElse(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldLoseNothingInRekeys(final int version, @TempDir final Path folder) throws IOException {
        try (Lab lab = new Lab(folder, Tunnel.of(version))) {
            lab.initiate();
            try (Ping ping = lab.ping(20)) {
                lab.await("replies", 10, () -> ping.replies() >= 20);
                for (int i = 0; i < REKEYS; i++) {
                    rekey(lab, ping, () -> lab.show("qfp-sim rekey crypto-sa"));
                }
                final long ours = ping.missed();
                for (int i = 0; i < REKEYS; i++) {
                    rekey(lab, ping, () -> lab.daemon().controlLater("--rekey", "--child", "net"));
                }
                final long theirs = ping.missed() - ours;
                System.out.println("IKEv" + version + ": of " + (ping.replies() + ping.missed()) + " packets " + REKEYS
                    + " rekeys by the router lost " + ours + ", " + REKEYS + " by strongSwan " + theirs);
                assertThat(ping.missed()).as(() -> lab.show("show platform hardware qfp active statistics drop") + lab.daemon().log())
                    .isZero();
            }
            assertThat(lab.scenario().problems()).isEmpty();
        }
    }

    /** Replaces the SAs, waits until strongSwan sends with new ones, and a little more. */
    private static void rekey(final Lab lab, final Ping ping, final Runnable begin) {
        lab.rekey(begin);
        final long replies = ping.replies();
        lab.await("replies", 10, () -> ping.replies() >= replies + 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldTakeAndSendDeletes(final int version, @TempDir final Path folder) throws IOException {
        try (Lab lab = new Lab(folder, Tunnel.of(version))) {
            lab.initiate();
            lab.finish(lab.daemon().controlLater("--terminate", "--child", "net", "--timeout", "5"), 10);
            lab.await("child deleted by strongSwan", 5, () -> !lab.show("show crypto ipsec sa").contains("ACTIVE"));
            lab.initiate();
            lab.show("clear crypto session");
            lab.await("deleted by the router", 5, () -> !lab.daemon().control("--list-sas").contains("INSTALLED"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldNoticeThatThePeerHasDied(final int version, @TempDir final Path folder) throws IOException {
        final String dpd = version == 1 ? "crypto isakmp keepalive 10 2 periodic" : "crypto ikev2 dpd 10 2 periodic";
        try (Lab lab = new Lab(folder, Tunnel.of(version).router(dpd))) {
            lab.initiate();
            lab.pass(12_000);
            assertThat(lab.show("show crypto ipsec sa")).as("it has answered").contains("ACTIVE");
            lab.namespace().run("ip", "link", "set", "eth0", "down");
            lab.await("the router gives its SAs up", 40, () -> !lab.show("show crypto ipsec sa").contains("ACTIVE"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldAnswerStrongSwansProbes(final int version, @TempDir final Path folder) throws IOException {
        try (Lab lab = new Lab(folder, Tunnel.of(version).daemon("dpd_delay = 1s\ndpd_timeout = 5s"))) {
            lab.initiate();
            lab.pass(8_000);
            assertThat(lab.daemon().control("--list-sas")).contains("INSTALLED");
            assertThat(lab.daemon().log()).contains(version == 1 ? "DPD_ACK" : "INFORMATIONAL response");
            if (version == 2 && !LONG) {
                // Its retransmissions of IKEv2 take 165 s to come to nothing.
                return;
            }
            lab.scenario().power("r2", false);
            lab.await("strongSwan gives its SAs up", version == 1 ? 20 : 200, () -> {
                lab.pass(500);
                return !lab.daemon().control("--list-sas").contains("INSTALLED");
            });
        }
    }

    @Test
    void shouldTellOfALostInterfaceAndGoOnWhenItIsBack(@TempDir final Path folder) throws IOException {
        try (Lab lab = new Lab(folder, Tunnel.of(1))) {
            lab.initiate();
            Tool.run(List.of("ip", "link", "set", lab.namespace().hostSide(), "down"));
            lab.await("line protocol down", 5, () -> lab.show("show interfaces GigabitEthernet0/0/0").contains("line protocol is down"));
            Tool.run(List.of("ip", "link", "set", lab.namespace().hostSide(), "up"));
            lab.await("line protocol up", 10, () -> lab.show("show interfaces GigabitEthernet0/0/0").contains("line protocol is up"));
            try (Ping ping = lab.ping(50)) {
                lab.await("replies", 10, () -> ping.replies() >= 5);
            }
            assertThat(lab.scenario().problems()).isEmpty();
        }
    }
}
