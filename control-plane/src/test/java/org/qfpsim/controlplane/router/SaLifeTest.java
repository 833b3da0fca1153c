package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.ipsec.RekeyMargins;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.datapath.packet.IpAddress;

/** The life of SAs between two routers, IKE by script. */
class SaLifeTest {
    static final String A = "10.0.0.1";
    static final String B = "10.0.0.2";

    private final Lab lab = new Lab(1);
    private Lab.Router a = lab.router(A, sender().build());
    private Lab.Router b = lab.router(B, receiver().build());

    static TestConfig sender() {
        return TestConfig.at(A).networks("192.168.1.0/24", "192.168.2.0/24").staticMap(B);
    }

    static TestConfig receiver() {
        return TestConfig.at(B).networks("192.168.2.0/24", "192.168.1.0/24").staticMap(A);
    }

    private void configure(final TestConfig left, final TestConfig right) {
        a.plane.configure(left.build());
        b.plane.configure(right.build());
    }

    private void noViolations() {
        assertThat(a.datapath.violations).isEmpty();
        assertThat(b.datapath.violations).isEmpty();
        assertThat(a.plane.ipsec().transientSpis()).isZero();
        assertThat(b.plane.ipsec().transientSpis()).isZero();
    }

    @Test
    void shouldSetUpAPairWhenAPacketWantsToLeave() {
        a.stream(a.flow(), 10 * Lab.MS, Lab.SECOND);
        lab.run(2 * Lab.SECOND);
        // 4 trips of 10 ms for the IKE SA and two for the child; 7 packets at 0, 10, ..., 60 ms find no SA.
        assertThat(a.datapath.noSa).isBetween(6L, 7L);
        assertThat(b.datapath.unknown).isZero();
        assertThat(b.datapath.delivered).isEqualTo(100 - a.datapath.noSa);
        assertThat(a.ike().said).filteredOn(line -> line.contains("child")).as("asked once, not for each packet").hasSize(1);
        assertThat(a.plane.ipsec().pairs()).singleElement().matches(pair -> pair.is(SaPair.State.ACTIVE));
        noViolations();
    }

    @Test
    void shouldNotAskForASecondPairForAPacketThatWasDroppedBeforeTheFirstCame() {
        a.stream(a.flow(), 10 * Lab.MS, Lab.SECOND);
        lab.run(2 * Lab.SECOND);
        a.plane.ipsec().noSa(a.flow());
        lab.run(2 * Lab.SECOND);
        assertThat(a.plane.ipsec().pairs()).hasSize(1);
        assertThat(a.ike().said).filteredOn(line -> line.contains("child")).hasSize(1);
    }

    @Test
    void shouldReplaceAPairBeforeItEndsAndLoseNothing() {
        a.stream(a.flow(), 100 * Lab.MS, 7000 * Lab.SECOND);
        b.stream(b.flow(), 100 * Lab.MS, 7000 * Lab.SECOND);
        lab.run(Lab.SECOND);
        final long lostAtFirst = a.datapath.noSa + b.datapath.noSa;
        lab.run(7000 * Lab.SECOND);
        assertThat(a.datapath.noSa + b.datapath.noSa).isEqualTo(lostAtFirst);
        assertThat(a.datapath.unknown + b.datapath.unknown + a.datapath.expired + b.datapath.expired).isZero();
        assertThat(a.ike().said.toString() + b.ike().said).contains("replaces");
        // The old pair has gone at its hard expiry, with a DELETE.
        assertThat(a.plane.ipsec().pairs()).hasSizeLessThanOrEqualTo(2);
        assertThat(a.ike().said.toString() + b.ike().said).contains("delete");
        noViolations();
    }

    @Test
    void shouldKeepTheOldInboundSaUntilItsHardExpiry() {
        configure(sender().lifetime(120, 0), receiver().lifetime(120, 0));
        a.stream(a.flow(), 100 * Lab.MS, 200 * Lab.SECOND);
        lab.run(100 * Lab.SECOND);
        assertThat(b.plane.ipsec().pairs()).extracting(SaPair::state).containsExactly(SaPair.State.REPLACED, SaPair.State.ACTIVE);
        assertThat(b.datapath.inbound).hasSize(2);
        lab.run(30 * Lab.SECOND);
        assertThat(b.plane.ipsec().pairs()).extracting(SaPair::state).containsExactly(SaPair.State.ACTIVE);
        assertThat(b.datapath.inbound).hasSize(1);
        noViolations();
    }

    @Test
    void shouldNotOvertakeTheThirdMessageInARekey() {
        // strongSwan, as responder of Quick Mode, cannot open packets before it has worked on the third message.
        a = lab.router(A, sender().lifetime(120, 0).build(), SaStore.NONE, new RekeyMargins(30, 256, 0));
        b = lab.router(B, receiver().lifetime(120, 0).build(), SaStore.NONE, new RekeyMargins(5, 256, 0));
        b.ike().worksNanos = 80 * Lab.MS;
        a.stream(a.flow(), Lab.MS, 115 * Lab.SECOND);
        lab.run(5 * Lab.SECOND);
        final long atFirst = b.datapath.unknown;
        assertThat(atFirst).as("without an old pair there is nothing better to do").isPositive();
        lab.run(115 * Lab.SECOND);
        assertThat(a.ike().said.toString()).contains("replaces");
        assertThat(b.datapath.unknown).isEqualTo(atFirst);
    }

    @Test
    void shouldReplaceAPairByVolume() {
        // 2,560 KB less 256 KB is the soft limit: 2,304 packets of 1,024 octets.
        configure(sender().lifetime(3600, 2560), receiver().lifetime(3600, 2560));
        a.stream(a.flow(), 10 * Lab.MS, 100 * Lab.SECOND, 1024);
        lab.run(25 * Lab.SECOND);
        assertThat(a.ike().said.stream().filter(line -> line.contains("replaces"))).hasSize(1);
        assertThat(a.ike().said.stream().filter(line -> line.contains("replaces")).findFirst().orElseThrow()).startsWith("23");
        lab.run(80 * Lab.SECOND);
        assertThat(b.datapath.unknown + b.datapath.expired + a.datapath.expired).isZero();
        noViolations();
    }

    @Test
    void shouldLetAnIdlePairExpire() {
        a.stream(a.flow(), Lab.SECOND, 2 * Lab.SECOND);
        lab.run(Lab.SECOND);
        a.plane.sas().clearCryptoSa(null);
        lab.run(Lab.SECOND);
        a.plane.ipsec().request(a.plane.flows().getFirst().policy(), "test");
        lab.run(4000 * Lab.SECOND);
        assertThat(a.plane.ipsec().pairs()).as("no packet has used it").isEmpty();
        assertThat(a.ike().said.toString()).doesNotContain("replaces");
        noViolations();
    }

    @Test
    void shouldTryAgainWhenARekeyFailsAndEndWithoutPeer() {
        configure(sender().lifetime(120, 0), receiver().lifetime(120, 0));
        a.stream(a.flow(), 100 * Lab.MS, 150 * Lab.SECOND);
        lab.run(50 * Lab.SECOND);
        a.ike().deaf = true;
        b.ike().deaf = true;
        lab.run(72 * Lab.SECOND);
        assertThat(a.ike().said.stream().filter(line -> line.contains("replaces"))).hasSizeBetween(4, 8);
        assertThat(a.datapath.expired).as("packets in the moment between the end and the removal").isBetween(1L, 3L);
        assertThat(a.plane.ipsec().pairs()).isEmpty();
        noViolations();
    }

    @Test
    void shouldDeleteOnCommandAndTellThePeer() {
        a.stream(a.flow(), 100 * Lab.MS, Lab.SECOND);
        lab.run(2 * Lab.SECOND);
        assertThat(b.plane.sas().clearCryptoSa(IpAddress.parse("9.9.9.9"))).isZero();
        assertThat(b.plane.sas().clearCryptoSa(IpAddress.parse(A))).isEqualTo(1);
        lab.run(Lab.SECOND);
        assertThat(a.plane.ipsec().pairs()).isEmpty();
        assertThat(a.plane.ipsec().past(0)).isEmpty();
        assertThat(a.datapath.flows).as("the flow is configured and stays").hasSize(1);
        noViolations();
    }

    @Test
    void shouldDropTheFlowOfADynamicPeerWithItsLastPair() {
        b.plane.configure(TestConfig.at(B).networks("192.168.2.0/24", "192.168.1.0/24").dynamicMap().build());
        assertThat(b.datapath.flows).isEmpty();
        a.stream(a.flow(), 100 * Lab.MS, Lab.SECOND);
        lab.run(2 * Lab.SECOND);
        assertThat(b.datapath.flows).hasSize(1);
        a.plane.sas().clearCryptoSa(null);
        lab.run(Lab.SECOND);
        assertThat(b.datapath.flows).isEmpty();
        noViolations();
    }

    @Test
    void shouldDeleteSasOfFlowsThatLeaveTheConfigurationAndKeepTheOthers() {
        a.stream(a.flow(), 100 * Lab.MS, 10 * Lab.SECOND);
        lab.run(2 * Lab.SECOND);
        a.plane.configure(sender().recovery().build());
        assertThat(a.plane.ipsec().pairs()).as("the flow is as it was").hasSize(1);
        a.plane.configure(TestConfig.at(A).build());
        assertThat(a.plane.ipsec().pairs()).isEmpty();
        lab.run(Lab.SECOND);
        assertThat(b.plane.ipsec().pairs()).as("DELETE").isEmpty();
        noViolations();
    }

    @Test
    void shouldUseSessionKeysWithoutIke() {
        configure(TestConfig.at(A).networks("192.168.1.0/24", "192.168.2.0/24").manualMap(B, 0x1000, 0x2000),
            TestConfig.at(B).networks("192.168.2.0/24", "192.168.1.0/24").manualMap(A, 0x2000, 0x1000));
        a.stream(a.flow(), 100 * Lab.MS, 4000 * Lab.SECOND);
        lab.run(5000 * Lab.SECOND);
        assertThat(b.datapath.delivered).isEqualTo(40_000);
        assertThat(a.plane.sas().clearCryptoSa(null)).as("session keys stay").isZero();
        assertThat(a.ike().begun + b.ike().begun).isZero();
        noViolations();
    }

    @Test
    void shouldForgetOrRestoreSasAfterARestart() {
        for (final boolean restore : List.of(false, true)) {
            final MemoryDisk disk = new MemoryDisk();
            final TestConfig config = restore ? receiver().restore() : receiver();
            b = lab.router(B, config.build(), disk, RekeyMargins.IOS);
            a = lab.router(A, sender().build());
            a.stream(a.flow(), 100 * Lab.MS, lab.now() + 60 * Lab.SECOND);
            b.stream(b.flow(), 100 * Lab.MS, lab.now() + 30 * Lab.SECOND);
            lab.run(35 * Lab.SECOND);
            final long sent = disk.all().getFirst().outboundSequence();
            b = lab.restart(b, config.build(), disk);
            lab.run(30 * Lab.SECOND);
            if (restore) {
                assertThat(b.datapath.unknown).isZero();
                assertThat(b.datapath.delivered).isGreaterThan(240);
                assertThat(sequence(b)).as("no number is used twice").isGreaterThan(sent + 1_000_000);
                crashTwiceBeforeAnythingIsWritten(config.build(), disk);
            } else {
                assertThat(b.datapath.delivered).isZero();
                assertThat(b.datapath.unknown).isGreaterThan(240);
            }
        }
    }

    private static long sequence(final Lab.Router router) {
        return router.plane.ipsec().flows().iterator().next().active().outboundUse().sequence();
    }

    private void crashTwiceBeforeAnythingIsWritten(final RouterConfig config, final MemoryDisk disk) {
        for (int crash = 0; crash < 2; crash++) {
            b.stream(b.flow(), 100 * Lab.MS, lab.now() + 5 * Lab.SECOND);
            lab.run(Lab.SECOND);
            final long before = sequence(b);
            b = lab.restart(b, config, disk);
            assertThat(sequence(b)).as("no number is used twice, also if none was written since the start").isGreaterThan(before + 1_000_000);
        }
    }
}
