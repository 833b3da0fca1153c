package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.config.model.SimulatorConfig.Bug;
import org.qfpsim.controlplane.ipsec.UnknownSpi;
import org.qfpsim.controlplane.recovery.Decision;
import org.qfpsim.controlplane.recovery.InvalidSpiReading;
import org.qfpsim.controlplane.recovery.SpiEntry;
import org.qfpsim.datapath.packet.IpAddress;

/** One end loses its SAs, the other goes on: what is lost, what is written, what brings it back. IKE by script. */
class InvalidSpiStoryTest {
    private static final String A = SaLifeTest.A;
    private static final String B = SaLifeTest.B;

    private final Lab lab = new Lab(2);

    private Lab.Router a;
    private Lab.Router b;

    private void start(final UnaryOperator<TestConfig> both, final UnaryOperator<TestConfig> atB) {
        a = lab.router(A, both.apply(SaLifeTest.sender()).build());
        b = lab.router(B, atB.apply(both.apply(SaLifeTest.receiver())).build());
        a.stream(a.flow(), 100 * Lab.MS, 1000 * Lab.SECOND);
        lab.run(10 * Lab.SECOND);
        assertThat(b.datapath.unknown).isZero();
    }

    private void lose(final boolean ikeToo) {
        b.plane.sas().lose(IpAddress.parse(A), ikeToo);
    }

    private SpiEntry entry() {
        return b.plane.recovery().entries().getFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldBeABlackHoleWithoutRecovery(final int version) {
        start(config -> version == 2 ? config.ikev2() : config, config -> config);
        final long before = b.datapath.delivered;
        lose(true);
        lab.run(300 * Lab.SECOND);
        assertThat(b.datapath.delivered).isLessThanOrEqualTo(before + 1);
        assertThat(b.datapath.unknown).isBetween(2990L, 3000L);
        assertThat(b.plane.recovery().packets()).isEqualTo(b.datapath.unknown);
        assertThat(b.invalidSpiLines()).as("one line a minute").hasSize(5);
        assertThat(b.plane.recovery().suppressed()).isEqualTo(b.datapath.unknown - 5);
        assertThat(entry().decision()).isEqualTo(Decision.OFF);
        assertThat(b.plane.recovery().reading(entry()).kind()).isEqualTo(InvalidSpiReading.Kind.BLACK_HOLE);
        assertThat(b.plane.recovery().reading(entry()).text()).contains("vpn 10").contains("cleared");
        assertThat(b.ike().begun).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldBeBackWithinTwoSecondsWithRecovery(final int version) {
        start(config -> version == 2 ? config.ikev2() : config, TestConfig::recovery);
        lose(true);
        lab.run(2 * Lab.SECOND);
        final long before = b.datapath.delivered;
        final long lost = b.datapath.unknown;
        lab.run(10 * Lab.SECOND);
        assertThat(b.datapath.delivered - before).isEqualTo(100);
        assertThat(b.datapath.unknown).isEqualTo(lost).isLessThan(10);
        assertThat(entry().decision()).isIn(Decision.START_IKE, Decision.UNDER_WAY);
        assertThat(b.plane.recovery().started()).isOne();
    }

    @Test
    void shouldSendDeleteTwoHundredMillisecondsAfterIkeIsUp() {
        start(config -> config, TestConfig::recovery);
        a.datapath.outbound.values().iterator().next();
        lose(true);
        lab.run(Lab.SECOND);
        final List<String> said = b.ike().said;
        assertThat(said).filteredOn(line -> line.contains("ike")).singleElement().asString().doesNotContain("INITIAL_CONTACT");
        final long ike = time(said, "ike");
        // Four trips of 10 ms until it is up.
        assertThat(time(said, "delete") - ike).isEqualTo(40 + 200);
        lab.run(10 * Lab.SECOND);
        assertThat(said).as("the SPI has stopped: no second DELETE").filteredOn(line -> line.contains("delete")).hasSize(1);
    }

    private static long time(final List<String> said, final String what) {
        final String line = said.stream().filter(each -> each.contains(what)).findFirst().orElseThrow();
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    @Test
    void shouldRepeatDeleteAtMostFiveTimesWhileTheSpiArrives() {
        start(config -> config, TestConfig::recovery);
        lose(true);
        // A forger's SPI does not stop because the peer hears a DELETE.
        for (int i = 0; i < 300; i++) {
            lab.at(i * 100 * Lab.MS, () -> b.datapath.receive(IpAddress.parse(A), IpAddress.parse(B), 0x12345678, false, 100));
        }
        lab.run(9 * Lab.SECOND);
        assertThat(b.ike().said).filteredOn(line -> line.contains("delete")).hasSize(5);
        assertThat(b.plane.recovery().entries()).anyMatch(each -> each.key().spi() == 0x12345678
            && each.decision() == Decision.LIMITED && each.reason().contains("5 DELETEs"));
    }

    @Test
    void shouldSendDeleteOverAnIkeSaWithoutTheCommand() {
        start(config -> config, config -> config);
        lose(false);
        lab.run(Lab.SECOND);
        assertThat(b.ike().said).filteredOn(line -> line.contains("delete")).hasSize(1);
        assertThat(b.plane.recovery().started()).isZero();
        final long unknown = b.datapath.unknown;
        lab.run(10 * Lab.SECOND);
        assertThat(b.datapath.unknown).isEqualTo(unknown).isLessThan(5);
    }

    @Test
    void shouldAskForTheSaItselfWithInitialContact() {
        start(config -> config, config -> config.recovery().initialContact());
        lose(true);
        lab.run(Lab.SECOND);
        assertThat(b.ike().said.toString()).contains("INITIAL_CONTACT").contains("child vpn 10").doesNotContain("delete");
        final long before = b.datapath.delivered;
        lab.run(10 * Lab.SECOND);
        assertThat(b.datapath.delivered - before).isEqualTo(100);
    }

    @Test
    void shouldAskForTheSaItselfIfThePeerDoesNot() {
        start(config -> config, TestConfig::recovery);
        a.stream(a.flow(), Lab.SECOND, 0);
        lose(true);
        // One packet makes it begin, none follows that would make the peer ask.
        a.datapath.outbound.clear();
        a.datapath.flows.clear();
        b.datapath.receive(IpAddress.parse(A), IpAddress.parse(B), 0x4711, false, 100);
        lab.run(Lab.SECOND);
        assertThat(b.ike().said.toString()).contains("child vpn 10");
        assertThat(time(b.ike().said, "child") - time(b.ike().said, "delete")).isEqualTo(250);
    }

    @Test
    void shouldLeaveAnSpiAloneThatIsBeingNegotiated() {
        start(config -> config, config -> config);
        final int spi = b.plane.ipsec().engine().reserveSpi(IpAddress.parse(B), IpAddress.parse(A));
        b.datapath.receive(IpAddress.parse(A), IpAddress.parse(B), spi, false, 100);
        lab.run(Lab.SECOND);
        assertThat(entry().decision()).isEqualTo(Decision.NEGOTIATING);
        assertThat(b.ike().said.toString()).doesNotContain("delete");
    }

    @Test
    void shouldLeaveAnSpiAloneWhoseSaCameAfterItsFirstPacket() {
        start(config -> config, config -> config);
        lose(false);
        final int before = b.datapath.inbound.size();
        // The peer is told, asks anew, and its first packet overtakes the message that installs the SA here.
        while (b.datapath.inbound.size() == before) {
            lab.run(10 * Lab.MS);
        }
        final int spi = b.datapath.inbound.keySet().stream().reduce((first, last) -> last).orElseThrow();
        b.plane.recovery().unknownSpi(new UnknownSpi(IpAddress.parse(A), IpAddress.parse(B), spi, 50, 0, 0, TestConfig.OUTSIDE, 1));
        assertThat(decision(spi)).isEqualTo(Decision.NEGOTIATING);
        lab.run(10 * Lab.SECOND);
        b.plane.recovery().unknownSpi(new UnknownSpi(IpAddress.parse(A), IpAddress.parse(B), spi, 50, 0, 0, TestConfig.OUTSIDE, 1));
        assertThat(decision(spi)).as("an SA that the datapath has taken away since").isEqualTo(Decision.DELETE);
    }

    private Decision decision(final int spi) {
        return b.plane.recovery().entries().stream().filter(entry -> entry.key().spi() == spi).findFirst().orElseThrow().decision();
    }

    @Test
    void shouldWriteTheLineAsTheReleaseDoes() {
        start(config -> config, config -> config);
        b.datapath.receive(IpAddress.parse("10.1.1.1"), IpAddress.parse("20.1.1.2"), 0xB761863E, false, 100);
        b.plane.configure(SaLifeTest.receiver().release("16.9").build());
        b.datapath.receive(IpAddress.parse("198.51.100.1"), IpAddress.parse("192.0.2.1"), 0x3EA71AED, false, 100);
        b.plane.configure(SaLifeTest.receiver().release("2.3.1").build());
        b.datapath.receive(IpAddress.parse("198.51.100.2"), IpAddress.parse("192.0.2.1"), 0x3EA71AED, false, 100);
        b.plane.configure(SaLifeTest.receiver().bug(Bug.CSCSQ59183).build());
        b.datapath.receive(IpAddress.parse("198.51.100.3"), IpAddress.parse("192.0.2.1"), 0x3EA71AED, true, 100);
        assertThat(b.invalidSpiLines()).containsExactly(
            "%CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for destaddr=20.1.1.2, prot=50, "
                + "spi=0xB761863E(3076621886), srcaddr=10.1.1.1",
            "%CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for destaddr=192.0.2.1, prot=50, "
                + "spi=0x3EA71AED(1051138797), srcaddr=198.51.100.1, input interface=GigabitEthernet0/0/0");
        assertThat(b.plane.recovery().packets()).as("counted in any case").isEqualTo(4);
    }

    @Test
    void shouldWriteTenLinesAMinuteAtMostOrOneIfToldSo() {
        start(config -> config, config -> config);
        for (int second = 0; second < 120; second++) {
            final int spi = second;
            lab.at(second * Lab.SECOND, () -> b.datapath.receive(IpAddress.parse("7.7.7.7"), IpAddress.parse(B), 1000 + spi, false, 100));
        }
        lab.run(119 * Lab.SECOND + Lab.MS);
        assertThat(b.invalidSpiLines()).hasSize(20);
        b.plane.configure(SaLifeTest.receiver().global().build());
        for (int second = 0; second < 120; second++) {
            final int spi = second;
            lab.at(second * Lab.SECOND, () -> b.datapath.receive(IpAddress.parse("7.7.7.7"), IpAddress.parse(B), 2000 + spi, false, 100));
        }
        lab.run(120 * Lab.SECOND);
        assertThat(b.invalidSpiLines().size() - 20).isBetween(1, 2);
    }

    @Test
    void shouldNotBeAWeaponInAFloodFromNowhere() {
        start(config -> config, TestConfig::recovery);
        final Random random = new Random(99);
        final long rekeys = a.ike().said.size();
        final IpAddress here = IpAddress.parse(B);
        for (int i = 0; i < 100_000; i++) {
            final int source = random.nextInt();
            final int spi = random.nextInt();
            lab.at(i * 10_000L, () -> b.datapath.receive(IpAddress.v4(source), here, spi, false, 100));
        }
        final long delivered = b.datapath.delivered;
        lab.run(Lab.SECOND);
        assertThat(b.datapath.delivered - delivered).as("nothing else is lost").isBetween(9L, 10L);
        assertThat(b.ike().begun).isZero();
        assertThat(b.ike().said).as("and the peer hears nothing of it").doesNotContain("delete");
        assertThat(b.plane.recovery().entries()).hasSizeLessThanOrEqualTo(1024);
        assertThat(b.plane.recovery().packets()).isEqualTo(100_000);
        assertThat(b.plane.recovery().entries().stream().mapToLong(SpiEntry::packets).sum() + b.plane.recovery().forgottenPackets())
            .as("no packet is forgotten").isEqualTo(100_000);
        assertThat(b.invalidSpiLines()).hasSize(10);
        assertThat(a.ike().said).hasSize((int) rekeys);
    }

    @Test
    void shouldBeginAtMostTenExchangesInAFloodFromForgedPeers() {
        final TestConfig config = SaLifeTest.receiver().recovery();
        for (int i = 1; i <= 100; i++) {
            config.staticMap("10.9.9." + i);
        }
        b = lab.router(B, config.build());
        final Random random = new Random(98);
        final IpAddress here = IpAddress.parse(B);
        for (int i = 0; i < 20_000; i++) {
            final IpAddress peer = IpAddress.v4(0x0a090901 + random.nextInt(100));
            final int spi = random.nextInt();
            lab.at(i * 50_000L, () -> b.datapath.receive(peer, here, spi, false, 100));
        }
        lab.run(Lab.SECOND);
        assertThat(b.ike().begun).isEqualTo(10);
        assertThat(b.plane.recovery().decisions(Decision.LIMITED)).isPositive();
        lab.run(70 * Lab.SECOND);
        assertThat(b.ike().begun).as("they have failed, and nobody asks any more").isEqualTo(10);
    }

    @Test
    void shouldTellATransientAndAStrangerFromABlackHole() {
        start(config -> config, config -> config);
        b.datapath.receive(IpAddress.parse("7.7.7.7"), IpAddress.parse(B), 1000, false, 100);
        assertThat(b.plane.recovery().reading(entry()).kind()).isEqualTo(InvalidSpiReading.Kind.STRANGER);
        final int spi = b.datapath.inbound.keySet().iterator().next();
        // A packet under way when the SA is deleted.
        b.plane.sas().clearCryptoSa(null);
        b.datapath.receive(IpAddress.parse(A), IpAddress.parse(B), spi, false, 100);
        final SpiEntry flying = b.plane.recovery().entries().stream().filter(each -> each.key().spi() == spi).findFirst().orElseThrow();
        assertThat(b.plane.recovery().reading(flying).kind()).isEqualTo(InvalidSpiReading.Kind.TRANSIENT);
        final String text = b.plane.showInvalidSpi();
        assertThat(text).contains("stranger: 1 packet").contains("transient: 1 packet under way")
            .contains("decision: DELETE over the IKE SA");
    }
}
