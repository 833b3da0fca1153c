package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same tunnel with the other end by somebody else. */
class StrongSwanTest {
    private static final boolean LONG = Integer.getInteger("qfp.test.scale", 1) > 1;
    /** What each end calls it: in its configuration, and when it shows the SA. */
    private static final List<Suite> SUITES = List.of(
        new Suite(1, "esp-aes esp-sha-hmac", "aes128-sha1", "esp-aes esp-sha-hmac", "AES_CBC-128/HMAC_SHA1_96"),
        new Suite(1, "esp-aes 256 esp-sha256-hmac", "aes256-sha256", "esp-256-aes esp-sha256-hmac", "AES_CBC-256/HMAC_SHA2_256_128"),
        new Suite(1, "esp-aes 256 esp-sha512-hmac", "aes256-sha512", "esp-256-aes esp-sha512-hmac", "AES_CBC-256/HMAC_SHA2_512_256"),
        new Suite(1, "esp-gcm 128", "aes128gcm16", "esp-gcm", "AES_GCM_16-128"),
        new Suite(1, "esp-gcm 256", "aes256gcm16", "esp-gcm 256", "AES_GCM_16-256"),
        new Suite(2, "qfp-sim-chacha20-poly1305", "chacha20poly1305", "esp-chacha20-poly1305", "CHACHA20_POLY1305"));

    private record Suite(int version, String transforms, String proposal, String shown, String daemonShows) {
    }

    /** A row of the matrix. */
    record Case(int version, Suite suite, boolean pfs) {
        @Override
        public String toString() {
            return "IKEv" + version + ", " + suite.proposal + (pfs ? ", PFS" : "");
        }
    }

    /** Every suite with both versions of IKE, with PFS and without; in a short run PFS with every other one. */
    static List<Case> matrix() {
        final List<Case> all = new ArrayList<>();
        for (final Suite suite : SUITES) {
            for (int version = suite.version; version <= 2; version++) {
                final boolean first = (all.size() & 1) == 0;
                all.add(new Case(version, suite, first));
                if (LONG) {
                    all.add(new Case(version, suite, !first));
                }
            }
        }
        return all;
    }

    @BeforeAll
    static void shouldHaveAPeer() {
        assumeTrue(StrongSwan.missing().isEmpty(), () -> StrongSwan.missing().orElse(""));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void shouldCarryPacketsWhoeverBegins(final Case row, @TempDir final Path folder) throws IOException {
        try (Lab lab = new Lab(folder, Tunnel.of(row.version).suite(row.suite.transforms, row.suite.proposal, row.pfs))) {
            lab.initiate();
            carries(lab, "what strongSwan began");
            lab.rekey(() -> lab.daemon().controlLater("--rekey", "--child", "net"));
            // The first child of IKEv2 has the keys of IKE's own exchange; from the second one on PFS shows.
            agree(lab, row);
            carries(lab, "what strongSwan has rekeyed");
            lab.finish(lab.daemon().controlLater("--terminate", "--ike", "r2", "--timeout", "5"), 10);
            lab.await("deleted here, too", 5, () -> !lab.show("show crypto ipsec sa").contains("Status: ACTIVE"));
            // A packet of ours makes the router begin.
            lab.show("ping 10.1.0.1 source GigabitEthernet0/0/1");
            lab.await("router began", 10, () -> lab.daemon().control("--list-sas").contains("INSTALLED"));
            // strongSwan has its end first, and what it sends then may overtake the answer that gives us ours.
            lab.await("both ends have it", 10, () -> lab.show("show crypto ipsec sa").contains("Status: ACTIVE"));
            carries(lab, "what the router began");
            lab.rekey(() -> lab.show("qfp-sim rekey crypto-sa"));
            agree(lab, row);
            carries(lab, "what the router has rekeyed");
            assertThat(lab.scenario().problems()).isEmpty();
        }
    }

    private static void carries(final Lab lab, final String what) {
        try (Ping ping = lab.ping(20)) {
            lab.await("replies through " + what, 10, () -> ping.replies() >= 20);
            assertThat(ping.missed()).as(() -> what + lab.drops() + lab.daemon().log()).isZero();
        }
    }

    /** Both ends show the suite that was asked for, in UDP on port 4500, and the group. */
    private static void agree(final Lab lab, final Case row) {
        final String theirs = lab.daemon().control("--list-sas").lines().filter(line -> line.contains("INSTALLED"))
            .reduce((first, second) -> second).orElse("");
        assertThat(theirs).contains("TUNNEL-in-UDP, ESP:" + row.suite.daemonShows + (row.pfs ? "/MODP_2048" : ""));
        assertThat(theirs.contains("MODP")).isEqualTo(row.pfs);
        final String ours = lab.show("show crypto ipsec sa");
        assertThat(ours).contains("transform: " + row.suite.shown + " ,", "in use settings ={Tunnel UDP-Encaps, }",
            "current_peer 10.9.0.1 port 4500", "PFS (Y/N): " + (row.pfs ? "Y, DH group: group14" : "N"));
    }

    /** MOBIKE and fragments are offered by strongSwan unless it is told otherwise; an IKEv1 that is told to does not even ask. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldSurviveWhatStrongSwanProposes(final int version, @TempDir final Path folder) throws IOException {
        try (Lab lab = new Lab(folder, Tunnel.of(version).daemon("fragmentation = force\nmobike = yes"))) {
            lab.initiate();
            carries(lab, "a tunnel with proposals");
            final String log = lab.daemon().log();
            assertThat(log).contains(version == 1 ? "ID_PROT request 0 [ SA V V V V V ]" : "N(FRAG_SUP)");
            assertThat(log.contains("N(MOBIKE_SUP)")).isEqualTo(version == 2);
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
