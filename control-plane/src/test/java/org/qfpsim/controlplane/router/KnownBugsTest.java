package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.qfpsim.controlplane.config.model.SimulatorConfig.Bug;
import org.qfpsim.controlplane.ipsec.RekeyMargins;
import org.qfpsim.controlplane.ipsec.SaStore;

/** Each defect loses packets when it is switched on, and none when it is not. */
class KnownBugsTest {
    private final Lab lab = new Lab(4);

    private long[] rekeyOnce(final boolean on, final Bug bug) {
        final TestConfig plain = SaLifeTest.sender().lifetime(120, 0);
        final TestConfig other = SaLifeTest.receiver().lifetime(120, 0);
        final Lab.Router a = lab.router(SaLifeTest.A, plain.build(), SaStore.NONE, new RekeyMargins(30, 256, 0));
        final Lab.Router b = lab.router(SaLifeTest.B, (on ? other.bug(bug) : other).build(), SaStore.NONE,
            new RekeyMargins(5, 256, 0));
        // Packets every millisecond in both directions for one rekey, which A begins.
        final long until = lab.now() + 115 * Lab.SECOND;
        a.stream(a.flow(), Lab.MS, until);
        lab.run(Lab.SECOND);
        b.stream(b.flow(), Lab.MS, until);
        lab.run(5 * Lab.SECOND);
        final long[] before = {a.datapath.unknown, b.datapath.unknown, b.datapath.noSa};
        lab.run(until - lab.now() + Lab.SECOND);
        return new long[] {a.datapath.unknown - before[0], b.datapath.unknown - before[1], b.datapath.noSa - before[2]};
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CSCSQ59183")
    void shouldLosePacketsOnlyWhenSwitchedOn(final Bug bug) {
        assertThat(rekeyOnce(false, bug)).containsExactly(0, 0, 0);
        final long[] lost = rekeyOnce(true, bug);
        switch (bug) {
            // Until the peer uses its new outbound SA, what comes with the old SPI finds no SA.
            case CSCSL68327 -> assertThat(lost[1]).isPositive();
            // 100 packets in 100 ms find no outbound SA, if the peer began.
            case CSCTR14840 -> assertThat(lost[2]).isBetween(95L, 105L);
            // The peer has not installed its inbound SA when the first packets with the new SPI come.
            case CSCTY30063 -> assertThat(lost[0]).isBetween(5L, 15L);
            default -> throw new IllegalStateException(bug.id());
        }
    }
}
