package org.qfpsim.datapath.feature;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.Selectors;

/**
 * What follows after a packet was opened (RFC 4303 section 3.4.4.1, RFC 4301 section 5.2):
 * <ol>
 *   <li>the trailer: pad length within the payload, a dummy packet ends here, next header as the SA's mode allows, padding 1, 2, 3, ...
 *   <li>the inner header of tunnel mode: version as the next header says, lengths within the payload; what lies behind is TFC padding
 *   <li>the selectors of the SA
 *   <li>ECN (RFC 6040 section 4.2)
 * </ol>
 * All of it only reads the packet and writes a verdict; {@link #rejoin} and {@link #rewriteEcn} change the bytes once the verdict is final.
 */
public final class Decapsulation {
    private static final int DROP_PADDING = Verdict.DROP_IPSEC | IpsecDrop.PAD_MISMATCH.id();
    private static final int DROP_NEXT_HEADER = Verdict.DROP_IPSEC | IpsecDrop.IN_NH_MISMATCH.id();
    private static final int DROP_INNER = Verdict.DROP_IPSEC | IpsecDrop.IN_PKT_IPVER_INVALID.id();
    private static final int DROP_POLICY_V4 = Verdict.DROP_IPSEC | IpsecDrop.IN_V4_POST_INPUT_POLICY_FAIL.id();
    private static final int DROP_POLICY_V6 = Verdict.DROP_IPSEC | IpsecDrop.IN_V6_POST_INPUT_POLICY_FAIL.id();
    private static final int DROP_ECN = Verdict.DROP_IPSEC | IpsecDrop.IN_UNEXP_EXCEPTION.id();
    private static final int DUMMY = Verdict.CONSUME | Verdict.CONSUMED_DUMMY;

    private Decapsulation() {
    }

    /**
     * Judges an opened packet and writes the verdict.
     *
     * @param ring      the packet memory.
     * @param slot      the packet, its plaintext in place.
     * @param sa        its SA.
     * @param esp       offset of its SPI.
     * @param espLength octets from there to the end of the ICV.
     */
    static void judge(final PacketMemory ring, final long slot, final long sa, final int esp, final int espLength) {
        ring.putInt(slot + Slot.VERDICT, verdict(ring, slot, sa, esp, espLength));
    }

    private static int verdict(final PacketMemory ring, final long slot, final long sa, final int esp, final int espLength) {
        final int sizes = InboundSa.sizes(sa);
        final int payload = esp + EspSuite.ESP_HEADER_BYTES + InboundSa.ivBytes(sizes);
        final int trailer = esp + espLength - InboundSa.icvBytes(sizes) - EspSuite.ESP_TRAILER_BYTES;
        final int padLength = Net.u8(ring, trailer);
        final int nextHeader = Net.u8(ring, trailer + 1);
        final int length = trailer - padLength - payload;
        if (length < 0) {
            return DROP_PADDING;
        }
        if (nextHeader == Net.PROTO_NONE) {
            return DUMMY;
        }
        final int flags = InboundSa.flags(sa);
        final boolean tunnel = (nextHeader == Net.PROTO_IPV4 || nextHeader == Net.PROTO_IPV6) && (flags & InboundSa.FLAG_TUNNEL) != 0;
        if (!tunnel && (flags & InboundSa.FLAG_TRANSPORT) == 0) {
            return DROP_NEXT_HEADER;
        }
        if (!paddingCounts(ring, trailer - padLength, padLength)) {
            return DROP_PADDING;
        }
        return tunnel
            ? tunnel(ring, slot, sa, payload, length, nextHeader == Net.PROTO_IPV4)
            : transport(ring, slot, sa, payload, length, nextHeader);
    }

    private static boolean paddingCounts(final PacketMemory ring, final long start, final int length) {
        int differs = 0;
        for (int i = 0; i < length; i++) {
            differs |= ring.getByte(start + i) ^ (byte) (i + 1);
        }
        return differs == 0;
    }

    private static int tunnel(final PacketMemory ring, final long slot, final long sa, final int inner, final int length,
                              final boolean v4) {
        final int total = v4 ? innerV4Length(ring, inner, length) : innerV6Length(ring, inner, length);
        if (total < 0) {
            return DROP_INNER;
        }
        ring.putLong(slot + Slot.PAYLOAD_OFFSET, inner | (long) total << 32);
        ring.putInt(slot + Slot.FLAGS, ring.getInt(slot + Slot.FLAGS) | Slot.FLAG_TUNNEL);
        if (InboundSa.selectorCount(sa) != 0 && !(v4 ? covered4(ring, sa, inner, total) : covered6(ring, sa, inner, total))) {
            return v4 ? DROP_POLICY_V4 : DROP_POLICY_V6;
        }
        final boolean congestionWouldBeLost = ring.getByte(slot + Slot.OUTER_ECN) == Net.ECN_CE
            && ecn(ring.buffer(), inner) == Net.ECN_NOT_ECT;
        return congestionWouldBeLost ? DROP_ECN : Verdict.FORWARD;
    }

    private static int innerV4Length(final PacketMemory ring, final int inner, final int length) {
        if (length < Net.IPV4_HEADER_BYTES) {
            return -1;
        }
        final int first = Net.i32(ring, inner);
        final int header = (first >>> 24 & 15) << 2;
        final int total = first & 0xffff;
        return first >>> 28 == 4 && header >= Net.IPV4_HEADER_BYTES && total >= header && total <= length ? total : -1;
    }

    private static int innerV6Length(final PacketMemory ring, final int inner, final int length) {
        if (length < Net.IPV6_HEADER_BYTES || Net.u8(ring, inner) >> 4 != 6) {
            return -1;
        }
        final int total = Net.u16(ring, inner + 4) + Net.IPV6_HEADER_BYTES;
        return total <= length ? total : -1;
    }

    private static boolean covered4(final PacketMemory ring, final long sa, final int inner, final int total) {
        if ((InboundSa.flags(sa) & InboundSa.FLAG_ANY_PROTOCOL) != 0) {
            return covered(sa, 4, 0, Net.u32(ring, inner + 12), 0, Net.u32(ring, inner + 16), 0, -1);
        }
        final int l4 = inner + ((Net.u8(ring, inner) & 15) << 2);
        final int protocol = Net.u8(ring, inner + 9);
        final boolean laterFragment = (Net.u16(ring, inner + 6) & 0x1fff) != 0;
        final long ports = laterFragment ? -1 : ClearInput.ports(ring, protocol, l4, inner + total);
        return covered(sa, 4, 0, Net.u32(ring, inner + 12), 0, Net.u32(ring, inner + 16), protocol, ports);
    }

    private static boolean covered6(final PacketMemory ring, final long sa, final int inner, final int total) {
        // Extension headers of an inner packet hide its ports, as in Selectors.match.
        final int protocol = Net.u8(ring, inner + 6);
        final long ports = ClearInput.ports(ring, protocol, inner + Net.IPV6_HEADER_BYTES, inner + total);
        return covered(sa, 6, Net.i64(ring, inner + 8), Net.i64(ring, inner + 16), Net.i64(ring, inner + 24), Net.i64(ring, inner + 32),
            protocol, ports);
    }

    private static boolean covered(final long sa, final int version, final long srcHigh, final long srcLow, final long dstHigh,
                                   final long dstLow, final int protocol, final long ports) {
        return Selectors.match(InboundSa.selectors(sa), InboundSa.selectorCount(sa), version, srcHigh, srcLow, dstHigh, dstLow,
            protocol, ports) >= 0;
    }

    private static int transport(final PacketMemory ring, final long slot, final long sa, final int payload, final int length,
                                 final int nextHeader) {
        final int header = headerBytes(ring, slot);
        ring.putInt(slot + Slot.PAYLOAD_OFFSET, payload - header);
        ring.putInt(slot + Slot.PAYLOAD_LENGTH, header + length);
        final int version = ring.getByte(slot + Slot.IP_VERSION);
        final long ports = ClearInput.ports(ring, nextHeader, payload, payload + length);
        final boolean covered = InboundSa.selectorCount(sa) == 0
            || covered(sa, version, ring.getLong(slot + Slot.SRC_HIGH), ring.getLong(slot + Slot.SRC_LOW),
                ring.getLong(slot + Slot.DST_HIGH), ring.getLong(slot + Slot.DST_LOW), nextHeader, ports);
        return covered ? Verdict.FORWARD : version == 4 ? DROP_POLICY_V4 : DROP_POLICY_V6;
    }

    /** Octets of the IP header and its extension headers, which transport mode keeps. */
    private static int headerBytes(final PacketMemory ring, final long slot) {
        return ring.getInt(slot + Slot.L4_OFFSET) - ring.getInt(slot + Slot.L3_OFFSET);
    }

    /**
     * Puts the kept IP header of a transport-mode packet in front of what came out, with the right protocol, length and checksum, so that
     * {@link Slot#PAYLOAD_OFFSET} is a whole IP packet. Does nothing to other packets. The ESP header and IV are gone after this.
     *
     * @param memory the packet memory.
     * @param slot   a packet that is forwarded.
     */
    public static void rejoin(final PacketMemory memory, final int slot) {
        final int flags = memory.getInt(slot + Slot.FLAGS);
        if ((flags & Slot.FLAG_ESP) == 0 || (flags & Slot.FLAG_TUNNEL) != 0) {
            return;
        }
        final UnsafeBuffer ring = memory.buffer();
        final int from = ring.getInt(slot + Slot.L3_OFFSET);
        final int to = ring.getInt(slot + Slot.PAYLOAD_OFFSET);
        final int header = headerBytes(memory, slot);
        final int length = ring.getInt(slot + Slot.PAYLOAD_LENGTH);
        ring.putBytes(to, ring, from, header);
        // From the trailer: the slot's notes stay the outer packet's, for the drop report.
        final int nextHeader = ring.getInt(slot + Slot.ESP_OFFSET) + ring.getInt(slot + Slot.ESP_LENGTH)
            - InboundSa.icvBytes(InboundSa.sizes(ring.getLong(slot + Slot.SA))) - 1;
        ring.putByte(ring.getInt(slot + Slot.PROTOCOL_FIELD) - from + to, ring.getByte(nextHeader));
        if (ring.getByte(slot + Slot.IP_VERSION) == 4) {
            ring.putShort(to + 2, (short) length, ByteOrder.BIG_ENDIAN);
            Checksum.write(ring, to, header);
        } else {
            ring.putShort(to + 4, (short) (length - Net.IPV6_HEADER_BYTES), ByteOrder.BIG_ENDIAN);
        }
    }

    /**
     * The ECN field that a packet leaves with (RFC 6040 section 4.2, figure 4); for a packet that came in no tunnel its own.
     *
     * @param ring the packet memory.
     * @param slot a packet that is forwarded.
     * @return 0 to 3.
     */
    public static int ecnAfter(final UnsafeBuffer ring, final int slot) {
        final int inner = ecn(ring, ring.getInt(slot + Slot.PAYLOAD_OFFSET));
        if ((ring.getInt(slot + Slot.FLAGS) & Slot.FLAG_TUNNEL) == 0 || inner == Net.ECN_NOT_ECT) {
            return inner;
        }
        final int outer = ring.getByte(slot + Slot.OUTER_ECN);
        return outer == Net.ECN_CE || outer == Net.ECN_ECT1 && inner != Net.ECN_CE ? outer : inner;
    }

    /**
     * Writes the ECN field that {@link #ecnAfter} says.
     *
     * @param memory the packet memory.
     * @param slot   a packet that is forwarded.
     */
    public static void rewriteEcn(final PacketMemory memory, final int slot) {
        final UnsafeBuffer ring = memory.buffer();
        final int packet = ring.getInt(slot + Slot.PAYLOAD_OFFSET);
        final int after = ecnAfter(ring, slot);
        if (after != ecn(ring, packet)) {
            if (Net.u8(ring, packet) >> 4 == 4) {
                Checksum.updateTos(ring, packet, Net.u8(ring, packet + 1) & ~3 | after);
            } else {
                ring.putByte(packet + 1, (byte) (ring.getByte(packet + 1) & ~0x30 | after << 4));
            }
        }
    }

    private static int ecn(final UnsafeBuffer ring, final int packet) {
        return Net.u8(ring, packet) >> 4 == 4 ? Net.u8(ring, packet + 1) & 3 : Net.u8(ring, packet + 1) >> 4 & 3;
    }
}
