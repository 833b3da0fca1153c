package org.qfpsim.sim.scenario.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;

/** Who shares crypto libraries, and when they are closed. */
class RouterCryptoTest {
    private static final EspSuite SUITE = EspSuite.AES_GCM_128_16;

    private static CryptoBackend first(final RouterCrypto.Lease lease) {
        return lease.backends().stream().filter(each -> each.suites().contains(SUITE)).findFirst().orElseThrow();
    }

    private static void use(final RouterCrypto.Lease lease) {
        assertThatCode(() -> first(lease).release(SUITE, first(lease).install(SUITE, new EspKeys(new byte[16], new byte[4], new byte[0]))))
            .doesNotThrowAnyException();
    }

    @Test
    void shouldGiveRoutersOfOneThreadTheSameLibrariesAndLanes() {
        final RouterCrypto crypto = new RouterCrypto(true);
        final RouterCrypto.Lease one = crypto.lease();
        final RouterCrypto.Lease two = crypto.lease();
        assertThat(two.backends()).isSameAs(one.backends());
        assertThat(first(two).newLane()).isSameAs(first(one).newLane());
        two.release().run();
        one.release().run();
    }

    @Test
    void shouldKeepThemUntilTheLastRouterIsGoneAndOpenThemAnew() {
        final RouterCrypto crypto = new RouterCrypto(true);
        final RouterCrypto.Lease one = crypto.lease();
        final RouterCrypto.Lease two = crypto.lease();
        one.release().run();
        use(two);
        two.release().run();
        final RouterCrypto.Lease three = crypto.lease();
        assertThat(three.backends()).isNotSameAs(one.backends());
        use(three);
        three.release().run();
    }

    /** A router closes what it has been given; the others go on. */
    @Test
    void shouldNotCloseWhatOthersUse() {
        final RouterCrypto crypto = new RouterCrypto(true);
        final RouterCrypto.Lease one = crypto.lease();
        final RouterCrypto.Lease two = crypto.lease();
        one.backends().forEach(CryptoBackend::close);
        use(two);
        one.release().run();
        two.release().run();
    }

    @Test
    void shouldGiveRoutersWithThreadsTheirOwn() {
        final RouterCrypto crypto = new RouterCrypto(false);
        final RouterCrypto.Lease one = crypto.lease();
        final RouterCrypto.Lease two = crypto.lease();
        assertThat(first(two)).isNotSameAs(first(one));
        one.release().run();
        use(two);
        two.release().run();
    }
}
