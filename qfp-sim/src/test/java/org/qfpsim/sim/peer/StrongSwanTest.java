package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same tunnel with the other end by somebody else. */
class StrongSwanTest {
    @BeforeAll
    static void shouldHaveAPeer() {
        assumeTrue(StrongSwan.missing().isEmpty(), () -> StrongSwan.missing().orElse(""));
    }

    @ParameterizedTest
    @CsvSource({
        "1, esp-aes esp-sha-hmac, aes128-sha1, false",
        "1, esp-aes 256 esp-sha256-hmac, aes256-sha256, true",
        "1, esp-gcm 128, aes128gcm16, true",
        "1, esp-gcm 256, aes256gcm16, false",
        "2, esp-aes 256 esp-sha-hmac, aes256-sha1, false",
        "2, esp-aes esp-sha256-hmac, aes128-sha256, true",
        "2, esp-aes 256 esp-sha512-hmac, aes256-sha512, false",
        "2, esp-gcm 128, aes128gcm16, false",
        "2, esp-gcm 256, aes256gcm16, true",
    })
    void shouldCarryPacketsWhoeverBegins(final int version, final String transforms, final String proposal, final boolean pfs,
                                         @TempDir final Path folder) throws IOException {
        try (Lab lab = new Lab(folder, Tunnel.of(version).suite(transforms, proposal, pfs))) {
            lab.initiate();
            try (Ping ping = lab.ping(20)) {
                lab.await("replies through what strongSwan began", 10, () -> ping.replies() >= 20);
                assertThat(ping.missed()).isZero();
            }
            final Process end = lab.daemon().controlLater("--terminate", "--ike", "r2", "--timeout", "5");
            lab.finish(end, 10);
            lab.await("deleted here, too", 5, () -> !lab.show("show crypto ipsec sa").contains("Status: ACTIVE"));
            // A packet of ours makes the router begin.
            lab.show("ping 10.1.0.1 source GigabitEthernet0/0/1");
            lab.await("router began", 10, () -> lab.daemon().control("--list-sas").contains("INSTALLED"));
            // strongSwan has its end first, and what it sends then may overtake the answer that gives us ours.
            lab.await("both ends have it", 10, () -> lab.show("show crypto ipsec sa").contains("Status: ACTIVE"));
            try (Ping ping = lab.ping(20)) {
                lab.await("replies through what the router began", 10, () -> ping.replies() >= 20);
                assertThat(ping.missed()).as(() -> lab.show("show platform hardware qfp active statistics drop | exclude  0 ")
                    + lab.daemon().log()).isZero();
            }
            assertThat(lab.scenario().problems()).isEmpty();
        }
    }

    @Test
    void shouldNotSpeakWithOneWhoHasAnotherKey(@TempDir final Path folder) throws IOException {
        try (Lab lab = new Lab(folder, Tunnel.of(1))) {
            lab.daemon().load(Tunnel.of(1).daemonConfiguration().replace("not-a-real-secret", "another-secret"));
            lab.finish(lab.daemon().controlLater("--initiate", "--child", "net", "--timeout", "3"), 10);
            assertThat(lab.show("show crypto ipsec sa")).doesNotContain("Status: ACTIVE");
            assertThat(lab.scenario().problems()).isEmpty();
        }
    }
}
