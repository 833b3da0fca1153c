package org.qfpsim.controlplane.cryptoshow;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ipsec.Attachment;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.FlowTotals;
import org.qfpsim.controlplane.ipsec.IpsecDatapath;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.ipsec.TransformNames;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.ReleaseSwitch;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** The pieces of {@code show crypto ipsec sa}. What the simulator has none of (compression, AH, PCP, SGT) is 0 or empty. */
final class IpsecSaText {
    /** Connection ids begin at 2001, the numbers of the engine's flows at 1 (seen: 2049 and 49). */
    private static final int FIRST_CONNECTION = 2000;

    private final ControlPlane plane;

    IpsecSaText(final ControlPlane plane) {
        this.plane = plane;
    }

    /** A crypto map's name without the number of the entry. */
    static String tag(final Flow flow) {
        final int blank = flow.name().indexOf(' ');
        return blank < 0 ? flow.name() : flow.name().substring(0, blank);
    }

    /** The pair that stands for a flow. */
    private static @Nullable SaPair shown(final Flow flow) {
        final SaPair active = flow.active();
        return active == null && !flow.pairs().isEmpty() ? flow.pairs().getLast() : active;
    }

    /** Identities, peer, flags. */
    static String identity(final Flow flow) {
        final SaPair pair = shown(flow);
        final TrafficSelector selector = pair == null ? flow.policy().selector() : pair.child().selector();
        return "\n   protected vrf: (none)\n   local  ident (addr/mask/prot/port): " + Format.ident(selector, true)
            + "\n   remote ident (addr/mask/prot/port): " + Format.ident(selector, false)
            + "\n   current_peer " + flow.policy().peer() + " port " + (pair == null ? IkePath.IKE_PORT : pair.path().remotePort())
            + "\n     PERMIT, flags={" + (fromList(flow) ? "origin_is_acl," : "") + "}\n";
    }

    private static boolean fromList(final Flow flow) {
        return flow.spec().attachment() != Attachment.DYNAMIC_MAP && flow.spec().attachment() != Attachment.EZVPN_SERVER;
    }

    /** What all SAs of the flow have done, and what went wrong. */
    static String counters(final Baselines.Counted counted, final boolean detail) {
        final FlowTotals totals = counted.totals();
        final String out = Long.toUnsignedString(totals.packetsOut());
        final String in = Long.toUnsignedString(totals.packetsIn());
        return "    #pkts encaps: " + out + ", #pkts encrypt: " + out + ", #pkts digest: " + out
            + "\n    #pkts decaps: " + in + ", #pkts decrypt: " + in + ", #pkts verify: " + in
            + "\n    #pkts compressed: 0, #pkts decompressed: 0\n    #pkts not compressed: 0, #pkts compr. failed: 0\n"
            + "    #pkts not decompressed: 0, #pkts decompress failed: 0\n"
            + (detail ? errors(counted) : "    #send errors " + counted.withoutSa() + ", #recv errors "
                + Long.toUnsignedString(totals.replayed() + totals.unverified()) + "\n");
    }

    private static String errors(final Baselines.Counted counted) {
        return "    #pkts no sa (send) " + counted.withoutSa() + ", #pkts invalid sa (rcv) 0\n"
            + "    #pkts encaps failed (send) 0, #pkts decaps failed (rcv) 0\n"
            + "    #pkts invalid prot (recv) 0, #pkts verify failed: " + Long.toUnsignedString(counted.totals().unverified()) + "\n"
            + "    #pkts invalid identity (recv) 0, #pkts invalid len (rcv) 0\n"
            + "    #pkts replay rollover (send): 0, #pkts replay rollover (rcv) 0\n"
            + "    ##pkts replay failed (rcv): " + Long.toUnsignedString(counted.totals().replayed()) + "\n"
            + "    #pkts tagged (send): 0, #pkts untagged (rcv): 0\n"
            + "    #pkts not tagged (send): 0, #pkts not untagged (rcv): 0\n"
            + "    #pkts internal err (send): 0, #pkts internal err (recv) 0\n";
    }

    /** End points, sizes, the outbound SPI, PFS. */
    String endpoints(final Flow flow, final Underlay underlay) {
        final SaPair active = flow.active();
        final SaPair pair = shown(flow);
        final int pfs = flow.policy().pfsGroup();
        final int plain = pair == null ? underlay.ipMtu() : PlaintextMtu.of(underlay.ipMtu(), pair.child().suite(), pair.child().mode(),
            pair.path().local().v6(), pair.child().udp());
        return "\n     local crypto endpt.: " + flow.policy().local() + ", remote crypto endpt.: " + flow.policy().peer()
            + "\n     plaintext mtu " + plain + ", path mtu " + underlay.ipMtu() + ", ip mtu " + underlay.ipMtu() + ", ip mtu idb "
            + underlay.name() + "\n     current outbound spi: " + Format.spi(active == null ? 0 : active.outboundSpi())
            + "\n     PFS (Y/N): " + (pfs == 0 ? "N, DH group: none" : "Y, DH group: group" + pfs) + "\n";
    }

    /** The heading of one direction's ESP SAs. */
    static String head(final boolean inbound) {
        return "\n     " + way(inbound) + " esp sas:\n";
    }

    /** The headings of what there is none of. */
    static String tail(final boolean inbound) {
        return "\n     " + way(inbound) + " ah sas:\n\n     " + way(inbound) + " pcp sas:\n";
    }

    private static String way(final boolean inbound) {
        return inbound ? "inbound" : "outbound";
    }

    /** One SA. */
    String sa(final SaPair pair, final boolean inbound) {
        final ChildSa child = pair.child();
        final int connection = pair.connection() + (inbound ? 0 : 1);
        final boolean tunnel = child.mode() == SaSpec.Mode.TUNNEL;
        final String engine = plane.config().simulator().platform() == PlatformProfile.SOFTWARE ? "CSR:" : "HW:";
        return "      spi: " + Format.spi(inbound ? pair.inboundSpi() : pair.outboundSpi()) + "\n        transform: "
            + TransformNames.of(child.suite()) + " ,\n        in use settings ={" + (tunnel ? "Tunnel" : "Transport")
            + (child.udp() ? " UDP-Encaps, " : ", ") + "}\n        conn id: " + connection + ", flow_id: " + engine
            + (connection - FIRST_CONNECTION) + ", sibling_flags FFFFFFFF800000" + (tunnel ? "48" : "08") + ", crypto map: "
            + tag(pair.flow()) + initiator(child) + "\n" + timing(pair, inbound) + "        IV size: " + child.suite().ivBytes()
            + " bytes\n        replay detection support: " + (child.policy().replayWindow() == 0 ? 'N' : 'Y') + "\n        Status: "
            + (pair.is(SaPair.State.EXPIRED) ? "INACTIVE(EXPIRED)" : "ACTIVE(ACTIVE)") + "\n";
    }

    private String initiator(final ChildSa child) {
        return plane.config().simulator().release().has(ReleaseSwitch.NAMES_SA_INITIATOR)
            ? ", initiator : " + (child.initiator() ? "True" : "False") : "";
    }

    private String timing(final SaPair pair, final boolean inbound) {
        if (pair.hardNanos() == Long.MAX_VALUE) {
            return "        no sa timing\n";
        }
        final long seconds = secondsLeft(pair, plane.nanos());
        if (pair.child().kilobytes() == 0 && plane.config().simulator().release().has(ReleaseSwitch.PRINTS_SECONDS_ONLY)) {
            return "        sa timing: remaining key lifetime (sec): " + seconds + "\n        Kilobyte Volume Rekey has been disabled\n";
        }
        return "        sa timing: remaining key lifetime (k/sec): (" + kilobytesLeft(pair, inbound) + "/" + seconds + ")\n";
    }

    static long secondsLeft(final SaPair pair, final long now) {
        return Math.max(0, (pair.hardNanos() - now) / Format.SECOND);
    }

    /** A kilobyte that is begun is used (seen: 4607999 after a few packets). */
    static long kilobytesLeft(final SaPair pair, final boolean inbound) {
        final IpsecDatapath.Use use = inbound ? pair.inboundUse() : pair.outboundUse();
        return Math.max(0, pair.child().kilobytes() - (use.octets() + 1023) / 1024);
    }
}
