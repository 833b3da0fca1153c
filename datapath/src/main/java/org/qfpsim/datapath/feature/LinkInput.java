package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;

/** Link layer: finds the IP header behind Ethernet, 802.1Q tags or a capture's cooked header, or sends the frame elsewhere. */
final class LinkInput {
    private static final int DROP_CUT = Verdict.DROP_GLOBAL | GlobalDrop.BAD_LEN.id();
    private static final int DROP_SHORT = Verdict.DROP_GLOBAL | GlobalDrop.INV_L2_HDR.id();
    private static final int DROP_VERSION = Verdict.DROP_GLOBAL | GlobalDrop.IP_FORMAT_ERR.id();
    private static final int PUNT_ARP = Verdict.PUNT | PuntCause.ARP_REQUEST_OR_RESPONSE.id();
    private static final int PUNT_L2 = Verdict.PUNT | PuntCause.LAYER2_CONTROL_AND_LEGACY.id();

    private static final int ETHERNET_HEADER = 14;
    private static final int SLL_HEADER = 16;
    private static final int SLL2_HEADER = 20;
    private static final int MAX_TAGS = 2;
    private static final int NO_PROTOCOL = 0;

    private LinkInput() {
    }

    /**
     * Sets {@link Slot#L3_OFFSET} and {@link Slot#L3_LENGTH} (all that is left of the frame), or a verdict.
     *
     * @param ring the packet memory.
     * @param slot the packet.
     * @return 4 or 6, or 0 when a verdict was set.
     */
    static int parse(final PacketMemory ring, final long slot) {
        final int length = ring.getInt(slot + Slot.FRAME_LENGTH);
        if (length < ring.getInt(slot + Slot.WIRE_LENGTH)) {
            return decide(ring, slot, DROP_CUT);
        }
        final int frame = (int) slot + Slot.FRAME;
        return switch (ring.getInt(slot + Slot.LINK_TYPE)) {
            case LinkLayer.ETHERNET -> length < ETHERNET_HEADER
                ? decide(ring, slot, DROP_SHORT)
                : byEthertype(ring, slot, Net.u16(ring, frame + 12), frame + ETHERNET_HEADER, frame + length);
            case LinkLayer.LINUX_SLL -> length < SLL_HEADER
                ? decide(ring, slot, DROP_SHORT)
                : byEthertype(ring, slot, Net.u16(ring, frame + 14), frame + SLL_HEADER, frame + length);
            case LinkLayer.LINUX_SLL2 -> length < SLL2_HEADER
                ? decide(ring, slot, DROP_SHORT)
                : byEthertype(ring, slot, Net.u16(ring, frame), frame + SLL2_HEADER, frame + length);
            case LinkLayer.INJECTED -> decide(ring, slot, Verdict.ROUTE);
            default -> byNibble(ring, slot, frame, frame + length);
        };
    }

    private static int byEthertype(final PacketMemory ring, final long slot, final int firstType, final int first, final int end) {
        int type = firstType;
        int at = first;
        for (int tags = 0; type == Net.ETHERTYPE_VLAN || type == Net.ETHERTYPE_QINQ; tags++) {
            if (end - at < 4 || tags == MAX_TAGS) {
                return decide(ring, slot, DROP_SHORT);
            }
            type = Net.u16(ring, at + 2);
            at += 4;
        }
        return switch (type) {
            case Net.ETHERTYPE_IPV4 -> found(ring, slot, at, end, 4);
            case Net.ETHERTYPE_IPV6 -> found(ring, slot, at, end, 6);
            case Net.ETHERTYPE_ARP -> decide(ring, slot, PUNT_ARP);
            // Tunnel devices in a cooked capture say nothing about the protocol.
            case NO_PROTOCOL -> byNibble(ring, slot, at, end);
            default -> decide(ring, slot, PUNT_L2);
        };
    }

    private static int byNibble(final PacketMemory ring, final long slot, final int at, final int end) {
        final int version = at < end ? Net.u8(ring, at) >> 4 : 0;
        return version == 4 || version == 6 ? found(ring, slot, at, end, version) : decide(ring, slot, DROP_VERSION);
    }

    private static int found(final PacketMemory ring, final long slot, final int at, final int end, final int version) {
        ring.putInt(slot + Slot.L3_OFFSET, at);
        ring.putInt(slot + Slot.L3_LENGTH, end - at);
        return version;
    }

    private static int decide(final PacketMemory ring, final long slot, final int verdict) {
        ring.putInt(slot + Slot.VERDICT, verdict);
        return 0;
    }
}
