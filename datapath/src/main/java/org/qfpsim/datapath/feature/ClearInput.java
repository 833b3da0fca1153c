package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.PolicyTable;

/**
 * Clear packets (RFC 4301 sections 5.1 and 5.2): one that should have come through an SA is dropped, one that should leave through an SA
 * is marked for it, everything else is forwarded, or punted if it is for this router.
 */
final class ClearInput {
    private static final int DROP_TRANSIT_V4 = Verdict.DROP_IPSEC | IpsecDrop.IN_TRANS_CL_V4_PKT_FAILED_POLICY.id();
    private static final int DROP_TRANSIT_ESP_V4 = Verdict.DROP_IPSEC | IpsecDrop.IN_TRANS_V4_IPSEC_PKT_NOT_FOUND_SPI.id();
    private static final int DROP_US_V4 = Verdict.DROP_IPSEC | IpsecDrop.IN_US_CL_V4_PKT_FAILED_POLICY.id();
    private static final int DROP_TRANSIT_V6 = Verdict.DROP_IPSEC | IpsecDrop.IN_TRANS_V6_PKT_FAILED_POLICY.id();
    private static final int DROP_US_V6 = Verdict.DROP_IPSEC | IpsecDrop.IN_US_CL_V6_PKT_FAILED_POLICY.id();
    private static final int DENY_OUT_V4 = Verdict.DROP_IPSEC | IpsecDrop.OUT_V4_PKT_HIT_DENY_DROP_SP.id();
    private static final int DENY_OUT_V6 = Verdict.DROP_IPSEC | IpsecDrop.OUT_V6_PKT_HIT_DENY_DROP_SP.id();
    private static final int DENY_IN_V4 = Verdict.DROP_GLOBAL | GlobalDrop.IPV4_ACL.id();
    private static final int DENY_IN_V6 = Verdict.DROP_GLOBAL | GlobalDrop.IPV6_ACL.id();
    private static final int PUNT_FOR_US = Verdict.PUNT | PuntCause.FOR_US_DATA.id();
    private static final int PUNT_CONTROL = Verdict.PUNT | PuntCause.FOR_US_CONTROL.id();

    private static final int PROTO_DCCP = 33;
    private static final int PROTO_SCTP = 132;
    /** 224.0.0.0/24 in the low half. */
    private static final long LOCAL_NETWORK_CONTROL = 0xe0000000L >>> 8;
    /** ff02::/16 in the high half. */
    private static final long LINK_LOCAL_MULTICAST = 0xff02;

    private ClearInput() {
    }

    static void process(final PacketMemory ring, final long slot, final Tables.Forwarding tables, final boolean fragment) {
        final boolean v4 = ring.getByte(slot + Slot.IP_VERSION) == 4;
        final boolean forUs = (ring.getInt(slot + Slot.FLAGS) & Slot.FLAG_FOR_US) != 0;
        final long ports = fragment ? -1 : ports(ring, slot);
        ring.putInt(slot + Slot.PAYLOAD_OFFSET, ring.getInt(slot + Slot.L3_OFFSET));
        ring.putInt(slot + Slot.PAYLOAD_LENGTH, ring.getInt(slot + Slot.L3_LENGTH));
        final int rule = match(tables.inbound(), ring, slot, ports);
        final boolean protectedOnly = rule < 0 ? tables.denyDefault()
            : tables.inbound().rule(rule).action() == PolicyRule.Action.PROTECT;
        final int verdict;
        if (protectedOnly) {
            verdict = v4 ? forUs ? DROP_US_V4 : DROP_TRANSIT_V4 : forUs ? DROP_US_V6 : DROP_TRANSIT_V6;
        } else if (rule >= 0 && tables.inbound().rule(rule).action() == PolicyRule.Action.DENY_DROP) {
            verdict = v4 ? DENY_IN_V4 : DENY_IN_V6;
        } else if (forUs) {
            verdict = PUNT_FOR_US;
        } else if (rule < 0 && !fragment && UdpInput.isEspInTransit(ring, slot)) {
            // No rule lets it pass: counted as the ESP in IP that it would be without a NAT.
            ring.putInt(slot + Slot.SPI, Net.i32(ring, ring.getInt(slot + Slot.L4_OFFSET) + Net.UDP_HEADER_BYTES));
            verdict = v4 ? DROP_TRANSIT_ESP_V4 : DROP_TRANSIT_V6;
        } else if (isLinkControl(ring, slot, v4)) {
            verdict = PUNT_CONTROL;
        } else {
            verdict = outbound(ring, slot, tables.outbound(), ports, v4);
        }
        ring.putInt(slot + Slot.VERDICT, verdict);
    }

    private static int outbound(final PacketMemory ring, final long slot, final PolicyTable rules, final long ports, final boolean v4) {
        final int rule = match(rules, ring, slot, ports);
        if (rule < 0) {
            return Verdict.FORWARD;
        }
        return switch (rules.rule(rule).action()) {
            case BYPASS -> Verdict.FORWARD;
            case DENY_DROP -> v4 ? DENY_OUT_V4 : DENY_OUT_V6;
            case PROTECT -> {
                ring.putInt(slot + Slot.RULE, rule);
                yield Verdict.PROTECT;
            }
        };
    }

    /** Routing protocols and neighbour discovery speak on the link: they end here. */
    private static boolean isLinkControl(final PacketMemory ring, final long slot, final boolean v4) {
        return v4
            ? ring.getLong(slot + Slot.DST_LOW) >>> 8 == LOCAL_NETWORK_CONTROL
            : ring.getLong(slot + Slot.DST_HIGH) >>> 48 == LINK_LOCAL_MULTICAST;
    }

    private static int match(final PolicyTable rules, final PacketMemory ring, final long slot, final long ports) {
        return rules.match(ring.getByte(slot + Slot.IP_VERSION), ring.getLong(slot + Slot.SRC_HIGH), ring.getLong(slot + Slot.SRC_LOW),
            ring.getLong(slot + Slot.DST_HIGH), ring.getLong(slot + Slot.DST_LOW), ring.getByte(slot + Slot.PROTOCOL) & 0xff, ports);
    }

    private static long ports(final PacketMemory ring, final long slot) {
        final int l4 = ring.getInt(slot + Slot.L4_OFFSET);
        final int end = ring.getInt(slot + Slot.L3_OFFSET) + ring.getInt(slot + Slot.L3_LENGTH);
        return ports(ring, ring.getByte(slot + Slot.PROTOCOL) & 0xff, l4, end);
    }

    /**
     * The ports of an upper-layer header as {@link PolicyTable#match} takes them.
     *
     * @param ring     the packet memory.
     * @param protocol upper-layer protocol.
     * @param l4       where its header begins.
     * @param end      end of the packet.
     * @return source | destination &lt;&lt; 16, or -1 if the protocol has none or they are cut off.
     */
    static long ports(final PacketMemory ring, final int protocol, final int l4, final int end) {
        final boolean hasPorts = protocol == Net.PROTO_TCP || protocol == Net.PROTO_UDP || protocol == PROTO_SCTP
            || protocol == PROTO_DCCP;
        return hasPorts && end - l4 >= 4 ? Net.u16(ring, l4) | (long) Net.u16(ring, l4 + 2) << 16 : -1;
    }
}
