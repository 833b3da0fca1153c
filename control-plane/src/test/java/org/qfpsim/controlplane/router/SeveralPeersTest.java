package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.config.model.DpdConfig;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.v1.Ikev1Service;
import org.qfpsim.controlplane.ike.v1.Ikev1Settings;
import org.qfpsim.controlplane.ike.v2.Ikev2Context;
import org.qfpsim.controlplane.ike.v2.Ikev2Service;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;

/** A crypto map entry with several {@code set peer}: one fails, the next one is asked; IKE over the wire. */
class SeveralPeersTest {
    private static final String B = "10.0.0.2";
    private static final String C = "10.0.0.3";
    private static final String D = "10.0.0.4";
    private static final DpdConfig DPD = new DpdConfig(10, 2, true);
    /** Longer than either version takes to give a peer up. */
    private static final long PATIENCE = 130 * Lab.SECOND;

    private final Lab lab = new Lab(9, List.of(
        (config, engine, transport, timers, log, random) ->
            new Ikev1Service(config, engine, transport, timers, log, random, IkeKeyLog.NONE, Ikev1Settings.DEFAULT),
        (config, engine, transport, timers, log, random) ->
            new Ikev2Service(new Ikev2Context(config, engine, transport, timers, log, random, IkeKeyLog.NONE))));
    private Lab.Router a;

    private void start(final int version, final @Nullable String preferred, final String... peers) {
        a = lab.router(SaLifeTest.A, version(TestConfig.at(SaLifeTest.A).networks("192.168.1.0/24", "192.168.2.0/24")
            .peers(preferred, peers), version).build());
    }

    private Lab.Router end(final int version, final String address) {
        return lab.router(address, version(TestConfig.at(address).networks("192.168.2.0/24", "192.168.1.0/24")
            .staticMap(SaLifeTest.A), version).build());
    }

    private static TestConfig version(final TestConfig plain, final int version) {
        final TestConfig config = plain.ike(31, 86_400, DPD);
        return version == 2 ? config.ikev2() : config;
    }

    private void packets(final long duration) {
        a.stream(a.flow(), Lab.SECOND, lab.now() + duration);
        lab.run(duration);
    }

    private String with() {
        return a.plane.ipsec().pairs().stream().filter(pair -> pair.is(SaPair.State.ACTIVE)).map(pair -> pair.path().remote().toString())
            .reduce("", String::concat);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldTryTheNextPeerWhenTheFirstDoesNotAnswer(final int version) {
        start(version, null, B, C);
        end(version, C);
        packets(PATIENCE);
        assertThat(with()).isEqualTo(C);
        assertThat(a.log.debugs).filteredOn(line -> line.startsWith("IPSEC(key_engine): peer 10.0.0.2 of vpn 10 failed: ")
            && line.endsWith("; trying peer 10.0.0.3")).hasSize(1);
        assertThat(CryptoTerminal.run(a, "show crypto session")).contains("Peer: 10.0.0.3 port 500 ");
        assertThat(a.plane.ipsec().transientSpis()).isZero();
        assertThat(a.datapath.violations).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldBeginWithTheDefaultPeerWhereverItStands(final int version) {
        start(version, C, B, C);
        end(version, B);
        end(version, C);
        packets(5 * Lab.SECOND);
        assertThat(with()).isEqualTo(C);
    }

    @ParameterizedTest
    @CsvSource({"1, , 10.0.0.4", "1, 10.0.0.2, 10.0.0.2", "2, , 10.0.0.4", "2, 10.0.0.2, 10.0.0.2"})
    void shouldTurnToTheNextPeerOrToTheDefaultOneWhenOneDies(final int version, final @Nullable String preferred, final String then) {
        start(version, preferred, B, C, D);
        final Lab.Router c = end(version, C);
        packets(PATIENCE);
        assertThat(with()).isEqualTo(C);
        end(version, B);
        end(version, D);
        packets(60 * Lab.SECOND);
        assertThat(with()).as("nobody leaves a peer that answers").isEqualTo(C);
        lab.unplug(c);
        packets(60 * Lab.SECOND);
        assertThat(with()).isEqualTo(then);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldGoRoundAndRoundWhenNobodyAnswers(final int version) {
        start(version, null, B, C);
        packets(8 * PATIENCE);
        assertThat(a.log.debugs).filteredOn(line -> line.contains("; trying peer ")).hasSizeGreaterThan(2);
        end(version, B);
        packets(2 * PATIENCE);
        assertThat(with()).isEqualTo(B);
        assertThat(a.plane.ipsec().transientSpis()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldAcceptAnyOfThePeersAndAnswerThatOne(final int version) {
        start(version, null, B, C);
        end(version, B);
        final Lab.Router c = end(version, C);
        c.stream(c.flow(), Lab.SECOND, lab.now() + 3 * Lab.SECOND);
        lab.run(3 * Lab.SECOND);
        assertThat(with()).isEqualTo(C);
        assertThat(a.datapath.send(a.flow(), 100)).isNotNull().extracting(SaSpec::destination).isEqualTo(IpAddress.parse(C));
    }
}
