package org.qfpsim.controlplane.router;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ipsec.Attachment;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.IpsecDatapath;
import org.qfpsim.controlplane.ipsec.IpsecManager;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.ipsec.TransformNames;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** {@code show crypto ipsec sa}. What the simulator has no value for (compression, AH, PCP) is zero or empty, as on a router without it. */
final class IpsecSaTable {
    private static final int MTU = 1500;
    private static final int IPV4_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final long SECOND = 1_000_000_000L;

    private final Timers timers;
    private final IpsecManager manager;

    IpsecSaTable(final Timers timers, final IpsecManager manager) {
        this.timers = timers;
        this.manager = manager;
    }

    String text(final @Nullable IpAddress peer) {
        final StringBuilder text = new StringBuilder(4096);
        String last = "";
        for (final Flow flow : manager.flows()) {
            if (peer != null && !peer.equals(flow.policy().peer())) {
                continue;
            }
            if (!last.equals(flow.spec().interfaceName())) {
                last = flow.spec().interfaceName();
                text.append("\ninterface: ").append(last).append("\n    Crypto map tag: ").append(tag(flow)).append(", local addr ")
                    .append(flow.policy().local()).append('\n');
            }
            flow(text, flow);
        }
        return text.toString();
    }

    /** A crypto map's name without the number of the entry. */
    private static String tag(final Flow flow) {
        final int blank = flow.name().indexOf(' ');
        return blank < 0 ? flow.name() : flow.name().substring(0, blank);
    }

    private void flow(final StringBuilder text, final Flow flow) {
        final SaPair active = flow.active();
        final SaPair shown = active == null && !flow.pairs().isEmpty() ? flow.pairs().getLast() : active;
        final TrafficSelector selector = shown == null ? flow.policy().selector() : shown.child().selector();
        final int port = shown == null ? IkePath.IKE_PORT : shown.path().remotePort();
        final long out = flow.packetsOut();
        final long in = flow.packetsIn();
        text.append("\n   protected vrf: (none)\n   local  ident (addr/mask/prot/port): ").append(ident(selector.source(), selector, true))
            .append("\n   remote ident (addr/mask/prot/port): ").append(ident(selector.destination(), selector, false))
            .append("\n   current_peer ").append(flow.policy().peer()).append(" port ").append(port)
            .append("\n     PERMIT, flags={")
            .append(flow.spec().attachment() == Attachment.DYNAMIC_MAP ? "" : "origin_is_acl,").append("}\n")
            .append("    #pkts encaps: ").append(out).append(", #pkts encrypt: ").append(out).append(", #pkts digest: ").append(out)
            .append("\n    #pkts decaps: ").append(in).append(", #pkts decrypt: ").append(in).append(", #pkts verify: ").append(in)
            .append("\n    #pkts compressed: 0, #pkts decompressed: 0\n    #pkts not compressed: 0, #pkts compr. failed: 0\n")
            .append("    #pkts not decompressed: 0, #pkts decompress failed: 0\n    #send errors 0, #recv errors ")
            .append(flow.pairs().stream().mapToLong(pair -> pair.inboundUse().dropped()).sum())
            .append("\n\n     local crypto endpt.: ").append(flow.policy().local()).append(", remote crypto endpt.: ")
            .append(flow.policy().peer()).append('\n')
            .append("     plaintext mtu ").append(shown == null ? MTU : plaintextMtu(shown)).append(", path mtu ").append(MTU)
            .append(", ip mtu ").append(MTU).append(", ip mtu idb ").append(flow.spec().interfaceName())
            .append("\n     current outbound spi: ").append(active == null ? "0x0(0)" : spi(active.outboundSpi()))
            .append("\n     PFS (Y/N): ")
            .append(flow.policy().pfsGroup() == 0 ? "N, DH group: none" : "Y, DH group: group" + flow.policy().pfsGroup()).append('\n');
        half(text, flow, true);
        half(text, flow, false);
    }

    private void half(final StringBuilder text, final Flow flow, final boolean inbound) {
        final String way = inbound ? "inbound" : "outbound";
        text.append("\n     ").append(way).append(" esp sas:\n");
        for (final SaPair pair : flow.pairs()) {
            if (inbound || !pair.is(SaPair.State.INBOUND_ONLY)) {
                sa(text, pair, inbound);
            }
        }
        text.append("\n     ").append(way).append(" ah sas:\n\n     ").append(way).append(" pcp sas:\n");
    }

    private void sa(final StringBuilder text, final SaPair pair, final boolean inbound) {
        final ChildSa child = pair.child();
        final IpsecDatapath.Use use = inbound ? pair.inboundUse() : pair.outboundUse();
        final int connection = pair.connection() + (inbound ? 0 : 1);
        text.append("      spi: ").append(spi(inbound ? pair.inboundSpi() : pair.outboundSpi())).append("\n        transform: ")
            .append(TransformNames.of(child.suite())).append(" ,\n        in use settings ={")
            .append(child.mode() == SaSpec.Mode.TUNNEL ? "Tunnel" : "Transport").append(child.udp() ? " UDP-Encaps, " : ", ")
            .append("}\n        conn id: ").append(connection).append(", flow_id: HW:").append(connection - 2000)
            .append(", sibling_flags FFFFFFFF80000048, crypto map: ").append(tag(pair.flow())).append('\n');
        if (pair.hardNanos() != Long.MAX_VALUE) {
            final long seconds = Math.max(0, (pair.hardNanos() - timers.nanos()) / SECOND);
            text.append(child.kilobytes() == 0
                ? "        sa timing: remaining key lifetime (sec): " + seconds + "\n        Kilobyte Volume Rekey has been disabled\n"
                : "        sa timing: remaining key lifetime (k/sec): (" + Math.max(0, child.kilobytes() - use.octets() / 1024) + "/"
                    + seconds + ")\n");
        }
        text.append("        IV size: ").append(child.suite().ivBytes()).append(" bytes\n        replay detection support: ")
            .append(child.policy().replayWindow() == 0 ? 'N' : 'Y').append("\n        Status: ").append(status(pair)).append('\n');
    }

    private static String status(final SaPair pair) {
        return pair.is(SaPair.State.EXPIRED) ? "INACTIVE(EXPIRED)" : "ACTIVE(ACTIVE)";
    }

    /** The largest packet that fits into one outer packet; the formula is checked against the platform's samples (1438, 1458). */
    static int plaintextMtu(final SaPair pair) {
        final EspSuite suite = pair.child().suite();
        final int outer = IPV4_HEADER + (pair.child().udp() ? UDP_HEADER : 0);
        final int room = MTU - outer - EspSuite.ESP_HEADER_BYTES - suite.ivBytes() - suite.icvBytes();
        final int plain = room / suite.blockBytes() * suite.blockBytes() - EspSuite.ESP_TRAILER_BYTES;
        return pair.child().mode() == SaSpec.Mode.TUNNEL ? plain : plain + IPV4_HEADER;
    }

    private static String ident(final IpPrefix prefix, final TrafficSelector selector, final boolean source) {
        final int low = source ? selector.sourcePortLow() : selector.destinationPortLow();
        final int high = source ? selector.sourcePortHigh() : selector.destinationPortHigh();
        final IpAddress address = prefix.address();
        final Object mask = address.v6() ? prefix.length() : new IpAddress(false, 0, prefix.maskLow());
        return String.format(Locale.ROOT, "(%s/%s/%d/%d)", address, mask, Math.max(0, selector.protocol()), low == high ? low : 0);
    }

    static String spi(final int spi) {
        return String.format(Locale.ROOT, "0x%X(%s)", spi, Integer.toUnsignedString(spi));
    }

    String count() {
        final Collection<SaPair> pairs = manager.pairs();
        final List<SaPair> live = pairs.stream().filter(pair -> !pair.is(SaPair.State.EXPIRED)).toList();
        // Each pair is two SAs.
        return "IPsec SA total: " + 2 * pairs.size() + ", active: " + 2 * live.size() + ", rekeying: "
            + 2 * live.stream().filter(SaPair::rekeying).count() + ", unused: 0, invalid: " + 2 * (pairs.size() - live.size()) + "\n";
    }
}
