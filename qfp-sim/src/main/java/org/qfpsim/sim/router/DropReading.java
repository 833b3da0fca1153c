package org.qfpsim.sim.router;

import java.util.List;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.report.DropReport;
import org.qfpsim.datapath.sa.InstalledSa;

/**
 * Reads a row of the drop report to a person: a transient, a black hole, or something else. The rule for an unknown SPI:
 * <ul>
 *   <li>the SPI is known by now: a transient, the peer used a new SA a moment before it was here;
 *   <li>an SA with this SPI was taken away here: a black hole, the sender goes on with a dead SA;
 *   <li>otherwise at most {@link #FEW} packets within a second: too little to tell; more or longer: a black hole.
 * </ul>
 */
public final class DropReading {
    private static final long FEW = 10;
    private static final long SECOND = 1_000_000_000L;
    private static final String TRANSIT = "IPsec on its way to somebody else: no SA here is for it";
    private static final String CLEAR_TEXT = "clear text that the peer should have encrypted";

    private DropReading() {
    }

    /**
     * Reads a row.
     *
     * @param row one row of the report.
     * @param sas every SA that this router has had.
     * @return a sentence.
     */
    public static String of(final DropReport.Row row, final List<InstalledSa> sas) {
        if (!row.flow()) {
            return "flows that the report has no room for";
        }
        final IpsecDrop drop = Verdict.kind(row.verdict()) == Verdict.DROP_IPSEC ? IpsecDrop.byId(Verdict.number(row.verdict())) : null;
        if (drop == null) {
            return "not an IPsec loss";
        }
        return switch (drop) {
            case IN_US_V4_PKT_SA_NOT_FOUND_SPI, IN_US_V6_PKT_SA_NOT_FOUND_SPI -> unknownSpi(row, sas);
            case IN_ANTI_REPLAY_FAIL -> "late or repeated packets; the SA itself is well";
            case IN_MAC_EXCEPTION -> "corrupted on the way, forged, or the two ends have different keys";
            case IN_TRANS_V4_IPSEC_PKT_NOT_FOUND_SPI -> TRANSIT;
            // One type for both: ESP has an SPI, clear text has none.
            case IN_TRANS_V6_PKT_FAILED_POLICY -> row.spi() != 0 ? TRANSIT : CLEAR_TEXT;
            case IN_TRANS_CL_V4_PKT_FAILED_POLICY, IN_US_CL_V4_PKT_FAILED_POLICY, IN_US_CL_V6_PKT_FAILED_POLICY -> CLEAR_TEXT;
            default -> drop.meaning();
        };
    }

    private static String unknownSpi(final DropReport.Row row, final List<InstalledSa> sas) {
        final long lasted = row.lastNanos() - row.firstNanos();
        for (int i = sas.size() - 1; i >= 0; i--) {
            final InstalledSa sa = sas.get(i);
            if (sa.spi() == row.spi()) {
                return sa.isRetired()
                    ? "black hole: " + sa.name() + " was deleted here and the sender goes on with it, for " + duration(lasted)
                    : "transient: the sender used " + sa.name() + " " + duration(lasted) + " before it was installed here";
            }
        }
        return row.packets() <= FEW && lasted <= SECOND
            ? "transient or stray: " + row.packets() + (row.packets() == 1 ? " packet within " : " packets within ") + duration(lasted)
            : "black hole: the same unknown SPI for " + duration(lasted) + "; it lasts until the sender's SA expires or DPD clears it";
    }

    private static String duration(final long nanos) {
        return nanos < SECOND ? nanos / 1_000_000 + " ms" : "%.1f s".formatted(nanos / 1e9);
    }
}
