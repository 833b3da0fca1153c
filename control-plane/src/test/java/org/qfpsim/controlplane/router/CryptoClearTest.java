package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ipsec.SaPair;

/** {@code clear crypto ...} between two routers with real IKE: what goes here goes there, because a DELETE came over the wire. */
class CryptoClearTest {
    private final Lab lab = new Lab(8, CryptoTranscriptTest.IKE);
    private Lab.Router a;
    private Lab.Router b;
    private CryptoTerminal terminal;

    private void start(final String version) throws IOException {
        a = lab.router("10.0.0.1", CryptoTranscriptTest.config("crypto-" + version + "-a.cfg"));
        b = lab.router("10.0.0.2", CryptoTranscriptTest.config("crypto-" + version + "-b.cfg"));
        terminal = new CryptoTerminal(a);
        a.stream(a.flow(), 100 * Lab.MS, 3 * Lab.SECOND);
        lab.run(5 * Lab.SECOND);
        assertThat(negotiated(a)).isEqualTo(1);
        assertThat(negotiated(b)).isEqualTo(1);
        assertThat(ikeSas(a)).isEqualTo(1);
        assertThat(ikeSas(b)).isEqualTo(1);
    }

    private static long negotiated(final Lab.Router router) {
        return router.plane.ipsec().pairs().stream().filter(pair -> pair.flow().spec().manual() == null).count();
    }

    private static long ikeSas(final Lab.Router router) {
        return router.plane.ike().stream().map(IkeService::ikeSas).mapToLong(List::size).sum();
    }

    private SaPair pair() {
        return a.plane.ipsec().pairs().stream().filter(each -> each.flow().spec().manual() == null).findFirst().orElseThrow();
    }

    private void clear(final String line) {
        assertThat(terminal.run(line)).as(line).isEmpty();
        lab.run(Lab.SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1 clear crypto sa", "v1 clear crypto sa peer 10.0.0.2", "v1 clear crypto sa map VPN",
        "v1 clear crypto sa spi 10.0.0.2 esp OUT", "v1 clear crypto sa entry 10.0.0.1 esp IN", "v2 clear crypto sa",
        "v2 clear crypto sa peer 10.0.0.2", "v2 clear crypto sa map Tunnel0-head-0", "v2 clear crypto sa spi 10.0.0.1 esp IN"})
    void shouldDeleteTheSasOfBothEnds(final String line) throws IOException {
        start(line.substring(0, 2));
        clear(line.substring(3).replace("OUT", Integer.toUnsignedString(pair().outboundSpi()))
            .replace("IN", String.format("0x%x", pair().inboundSpi())));
        assertThat(negotiated(a)).isZero();
        assertThat(negotiated(b)).as("the peer was told").isZero();
        assertThat(ikeSas(a)).as("IKE stays").isEqualTo(1);
        assertThat(b.datapath.violations).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1 clear crypto sa peer 10.0.0.9", "v1 clear crypto sa map OTHER", "v1 clear crypto sa spi 10.0.0.1 esp OUT",
        "v1 clear crypto isakmp 1002", "v1 clear crypto ikev2 sa", "v1 clear crypto session remote 10.0.0.9", "v2 clear crypto isakmp",
        "v2 clear crypto ikev2 sa local 10.0.0.9", "v2 clear crypto session local 10.0.0.9", "v2 clear crypto sa counters",
        "v1 clear crypto call admission statistics"})
    void shouldLeaveOthersAlone(final String line) throws IOException {
        start(line.substring(0, 2));
        clear(line.substring(3).replace("OUT", Integer.toUnsignedString(pair().outboundSpi())));
        assertThat(negotiated(a)).isEqualTo(1);
        assertThat(negotiated(b)).isEqualTo(1);
        assertThat(ikeSas(a)).isEqualTo(1);
        assertThat(ikeSas(b)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1 clear crypto isakmp", "v1 clear crypto isakmp 1001", "v1 clear crypto session",
        "v1 clear crypto session remote 10.0.0.2", "v2 clear crypto ikev2 sa", "v2 clear crypto ikev2 sa local 10.0.0.1",
        "v2 clear crypto ikev2 sa remote 10.0.0.2", "v2 clear crypto session local 10.0.0.1"})
    void shouldDeleteTheIkeSasOfBothEnds(final String line) throws IOException {
        start(line.substring(0, 2));
        clear(line.substring(3));
        assertThat(ikeSas(a)).isZero();
        assertThat(ikeSas(b)).as("the peer was told").isZero();
        final boolean childrenToo = line.contains("session") || line.startsWith("v2");
        assertThat(negotiated(a)).isEqualTo(childrenToo ? 0 : 1);
        assertThat(negotiated(b)).isEqualTo(childrenToo ? 0 : 1);
    }

    @Test
    void shouldNotTellThePeerWhenItIsToBeFast() throws IOException {
        start("v2");
        clear("clear crypto ikev2 sa remote 10.0.0.2 fast");
        assertThat(ikeSas(a)).isZero();
        assertThat(negotiated(a)).isZero();
        assertThat(ikeSas(b)).isEqualTo(1);
        assertThat(negotiated(b)).isEqualTo(1);
    }

    @Test
    void shouldCountAnewButKeepTheLifetime() throws IOException {
        start("v1");
        final String counters = "show crypto ipsec sa peer 10.0.0.2 | include pkts encaps|timing";
        final String before = terminal.run(counters);
        assertThat(before).doesNotContain("encaps: 0,").contains("(4607");
        clear("clear crypto sa counters");
        assertThat(terminal.run(counters)).contains("encaps: 0,").contains("(4607");
        a.stream(a.flow(), 100 * Lab.MS, lab.now() + 450 * Lab.MS);
        lab.run(Lab.SECOND);
        assertThat(terminal.run(counters)).contains("encaps: 5,");
        assertThat(new CryptoTerminal(a).run(counters)).as("the datapath's counters were not touched").doesNotContain("encaps: 5,");
    }
}
