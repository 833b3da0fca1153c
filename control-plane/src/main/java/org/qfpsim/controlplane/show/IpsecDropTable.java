package org.qfpsim.controlplane.show;

import org.qfpsim.controlplane.platform.Release;
import org.qfpsim.controlplane.platform.ReleaseSwitch;
import org.qfpsim.datapath.counters.DropCounters;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.IpsecDrop;

import java.util.Locale;

/** {@code show platform hardware qfp active feature ipsec datapath drops}. Releases differ in the end of the header only. */
public final class IpsecDropTable {
    private static final String RULE = "-".repeat(72) + "\n";
    private static final String HEADER = String.format(Locale.ROOT, "%9s  %-41s%-20s", "Drop Type", "Name", "Packets");

    private final Release release;
    private final EngineToken token;
    private final DropCounters counters;

    /**
     * Makes the table of one router.
     *
     * @param release  what it runs.
     * @param token    of its crypto engine.
     * @param counters what is printed; read when it is.
     */
    public IpsecDropTable(final Release release, final EngineToken token, final DropCounters counters) {
        this.release = release;
        this.token = token;
        this.counters = counters;
    }

    /**
     * Prints the table.
     *
     * @param all with zero rows; then the two blocks of types that no image prints show as empty lines.
     * @return the text.
     */
    public String text(final boolean all) {
        final StringBuilder text = new StringBuilder(RULE)
            .append(release.has(ReleaseSwitch.TRIMS_IPSEC_HEADER) ? HEADER.stripTrailing() : HEADER).append('\n').append(RULE);
        for (final IpsecDrop drop : IpsecDrop.values()) {
            final long packets = counters.ipsecPackets(drop.id());
            if (drop.printedBy(token) && (all || packets != 0)) {
                text.append(String.format(Locale.ROOT, "%9d  %-41s%20s\n", drop.id(), drop.name(token), Long.toUnsignedString(packets)));
            }
            if (all && (drop == IpsecDrop.IN_V4_PKT_FRAG_ERR || drop == IpsecDrop.IN_PKT_IPVER_INVALID)) {
                text.append('\n');
            }
        }
        return text.toString();
    }
}
