package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;

/** UDP to this router: IKE, and what shares port 4500 with it (RFC 3948 section 2). The UDP length decides, not the frame's. */
final class UdpInput {
    private static final int DROP_LENGTH = Verdict.DROP_GLOBAL | GlobalDrop.BAD_LEN.id();
    private static final int DROP_DEMUX = Verdict.DROP_IPSEC | IpsecDrop.IN_NAT_DEMUX_FAIL.id();
    private static final int PUNT_IKE = Verdict.PUNT | PuntCause.FOR_US_CONTROL.id();
    private static final int KEEPALIVE = Verdict.CONSUME | Verdict.CONSUMED_KEEPALIVE;

    private static final int KEEPALIVE_OCTET = 0xff;
    private static final int MARKER_BYTES = 4;

    private UdpInput() {
    }

    /**
     * Decides what a UDP packet to us is.
     *
     * @param ring the packet memory.
     * @param slot the packet.
     * @return true if it is ESP, whose offset and length are set; otherwise a verdict is set, or none for other ports.
     */
    static boolean parse(final PacketMemory ring, final long slot) {
        final int l4 = ring.getInt(slot + Slot.L4_OFFSET);
        final int available = ring.getInt(slot + Slot.L3_OFFSET) + ring.getInt(slot + Slot.L3_LENGTH) - l4;
        final int length = available < Net.UDP_HEADER_BYTES ? 0 : Net.u16(ring, l4 + 4);
        if (length < Net.UDP_HEADER_BYTES || length > available) {
            ring.putInt(slot + Slot.VERDICT, DROP_LENGTH);
            return false;
        }
        final int port = Net.u16(ring, l4 + 2);
        if (port == Net.PORT_IKE) {
            ring.putInt(slot + Slot.VERDICT, PUNT_IKE);
        } else if (port == Net.PORT_NATT) {
            return demultiplex(ring, slot, l4 + Net.UDP_HEADER_BYTES, length - Net.UDP_HEADER_BYTES);
        }
        return false;
    }

    /**
     * Whether a whole packet that is not for us is ESP in UDP: port 4500, a length that holds an ESP header, no non-ESP marker.
     *
     * @param ring the packet memory.
     * @param slot the packet.
     * @return true for ESP.
     */
    static boolean isEspInTransit(final PacketMemory ring, final long slot) {
        final int l4 = ring.getInt(slot + Slot.L4_OFFSET);
        final int available = ring.getInt(slot + Slot.L3_OFFSET) + ring.getInt(slot + Slot.L3_LENGTH) - l4;
        return ring.getByte(slot + Slot.PROTOCOL) == Net.PROTO_UDP && available >= Net.UDP_HEADER_BYTES + EspSuite.ESP_HEADER_BYTES
            && Net.u16(ring, l4 + 2) == Net.PORT_NATT && Net.u16(ring, l4 + 4) >= Net.UDP_HEADER_BYTES + EspSuite.ESP_HEADER_BYTES
            && Net.i32(ring, l4 + Net.UDP_HEADER_BYTES) != 0;
    }

    private static boolean demultiplex(final PacketMemory ring, final long slot, final int payload, final int length) {
        if (length < MARKER_BYTES) {
            final boolean keepalive = length == 1 && Net.u8(ring, payload) == KEEPALIVE_OCTET;
            ring.putInt(slot + Slot.VERDICT, keepalive ? KEEPALIVE : DROP_DEMUX);
            return false;
        }
        if (Net.i32(ring, payload) == 0) {
            ring.putInt(slot + Slot.VERDICT, PUNT_IKE);
            return false;
        }
        ring.putInt(slot + Slot.ESP_OFFSET, payload);
        ring.putInt(slot + Slot.ESP_LENGTH, length);
        ring.putInt(slot + Slot.FLAGS, ring.getInt(slot + Slot.FLAGS) | Slot.FLAG_UDP_ENCAPSULATED);
        return true;
    }
}
