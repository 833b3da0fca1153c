package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.crypto.OpenBatch;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;

/** The notes of a packet with {@link Slot#FLAG_BRIEF}: bare ESP to us in IPv4 without options, in Ethernet without a tag. */
final class BriefNotes {
    private static final int L3 = Slot.FRAME + 14;
    /** Where the SPI is in the slot. */
    static final int ESP = L3 + Net.IPV4_HEADER_BYTES;

    private BriefNotes() {
    }

    /**
     * Writes what gather needs of a packet that goes the common way, but for its payload: until it is described to be opened, that place
     * says where a frame is that was lent.
     *
     * @param memory   the packet memory.
     * @param slot     the packet.
     * @param ecn      of its IP header.
     * @param sequence the low half.
     * @param high     the high half.
     * @param sa       its SA, 0 if there is none.
     */
    static void write(final PacketMemory memory, final long slot, final int ecn, final int sequence, final int high, final long sa) {
        final int flags = Slot.FLAG_FOR_US | Slot.FLAG_BRIEF | (sa == 0 ? 0 : Slot.FLAG_ESP);
        memory.putLong(slot + Slot.SEQ_LOW, sequence & 0xffff_ffffL | (long) high << 32);
        memory.putLong(slot + Slot.IP_VERSION, 4 | Net.PROTO_ESP << 8 | ecn << 16 | Slot.ICV_NOT_CHECKED << 24 | (long) flags << 32);
        memory.putLong(slot + Slot.SA, sa);
    }

    /**
     * Describes the packet to be opened, wherever its ciphertext is. It has no payload yet; if its trailer is wrong it never will.
     *
     * @param memory    the packet memory.
     * @param slot      the packet.
     * @param batch     gets it.
     * @param tag       its place there; what follows is as in {@link OpenBatch#put}.
     * @param transform number of what opens it.
     * @param keyHandle of its SA.
     * @param length    octets from the SPI to the end of the ICV.
     * @param extended  whether its SA uses extended sequence numbers.
     * @param high      the high half.
     */
    static void describe(final PacketMemory memory, final long slot, final OpenBatch batch, final int tag, final int transform,
                         final long keyHandle, final int length, final boolean extended, final int high) {
        final long esp = memory.address(slot + ESP);
        batch.put(tag, transform, keyHandle, esp, length, extended, high, esp + memory.getLong(slot + Slot.LENT));
        memory.putLong(slot + Slot.PAYLOAD_OFFSET, 0);
    }

    /** The ECN field of the IP header. */
    static int ecn(final PacketMemory memory, final long slot) {
        return memory.getByte(slot + L3 + 1) & 3;
    }

    /** Octets from the SPI to the end of the ICV. */
    static int espLength(final PacketMemory memory, final long slot) {
        return (Integer.reverseBytes(memory.getInt(slot + L3)) & 0xffff) - Net.IPV4_HEADER_BYTES;
    }

    /**
     * Writes the notes that a packet which goes the common way to its end does not need: positions of the headers, addresses. Of a packet
     * without an SA, all of them.
     *
     * @param memory the packet memory.
     * @param slot   the packet, its outer headers as they came.
     */
    static void complete(final PacketMemory memory, final long slot) {
        final int l3 = (int) slot + L3;
        if ((memory.getInt(slot + Slot.FLAGS) & Slot.FLAG_ESP) == 0) {
            write(memory, slot, ecn(memory, slot), Net.i32(memory, l3 + Net.IPV4_HEADER_BYTES + Integer.BYTES), 0, 0);
            memory.putLong(slot + Slot.PAYLOAD_OFFSET, 0);
        }
        final int length = espLength(memory, slot);
        memory.putLong(slot + Slot.ESP_OFFSET, l3 + Net.IPV4_HEADER_BYTES | (long) length << 32);
        memory.putInt(slot + Slot.SPI, Net.i32(memory, l3 + Net.IPV4_HEADER_BYTES));
        memory.putLong(slot + Slot.L3_OFFSET, l3 | (long) (length + Net.IPV4_HEADER_BYTES) << 32);
        memory.putInt(slot + Slot.L4_OFFSET, l3 + Net.IPV4_HEADER_BYTES);
        memory.putInt(slot + Slot.PROTOCOL_FIELD, l3 + 9);
        memory.putLong(slot + Slot.SRC_HIGH, 0);
        memory.putLong(slot + Slot.SRC_LOW, Net.u32(memory, l3 + 12));
        memory.putLong(slot + Slot.DST_HIGH, 0);
        memory.putLong(slot + Slot.DST_LOW, Net.u32(memory, l3 + 16));
        memory.putInt(slot + Slot.FLAGS, memory.getInt(slot + Slot.FLAGS) & ~Slot.FLAG_BRIEF);
    }
}
