package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.OpenBatch;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;

/** The notes of a packet with {@link Slot#FLAG_BRIEF}: bare ESP to us in IPv4 without options, in Ethernet without a tag. */
final class BriefNotes {
    private static final int L3 = Slot.FRAME + 14;
    /** Where the SPI is in the slot. */
    static final int ESP = L3 + Net.IPV4_HEADER_BYTES;

    /** Where the ECN field is in the notes from the IP version on. */
    static final int ECN = 16;
    /** Congestion experienced. */
    static final long CE = (long) Net.ECN_CE << ECN;
    /** The notes from the IP version on, but for the ECN field. */
    private static final long UNKNOWN = 4 | Net.PROTO_ESP << 8 | Slot.ICV_NOT_CHECKED << 24
        | (long) (Slot.FLAG_FOR_US | Slot.FLAG_BRIEF) << 32;
    static final long NOT_CHECKED = UNKNOWN | (long) Slot.FLAG_ESP << 32;
    private static final long EXPECTED = 4 | Net.PROTO_ESP << 8 | EspTransform.OK << 24
        | (long) (Slot.FLAG_FOR_US | Slot.FLAG_BRIEF | Slot.FLAG_ESP | Slot.FLAG_TUNNEL) << 32;

    private BriefNotes() {
    }

    /**
     * The notes, from the IP version on and but for the ECN field, of a packet that will be opened. They say what most turn out to be,
     * authentic and out of a tunnel, if {@link CommonDecapsulation} can find out whether that is so.
     *
     * @param saFlags of its SA.
     * @return for {@link #write}, if its ECN field tells of no congestion.
     */
    static long expected(final int saFlags) {
        return (saFlags & InboundSa.FLAG_COMMON) == 0 ? NOT_CHECKED : EXPECTED;
    }

    /**
     * Writes what gather needs of a packet that goes the common way, but for its payload: until it is described to be opened, that place
     * says where a frame is that was lent.
     *
     * @param memory the packet memory.
     * @param slot   the packet.
     * @param notes  from the IP version on, with the ECN field.
     * @param number its sequence number, 64 bits.
     * @param sa     its SA, 0 if there is none.
     */
    static void write(final PacketMemory memory, final long slot, final long notes, final long number, final long sa) {
        // The high half behind the low one.
        memory.putLong(slot + Slot.SEQ_LOW, number);
        memory.putLong(slot + Slot.IP_VERSION, notes);
        memory.putLong(slot + Slot.SA, sa);
    }

    /**
     * Describes the packet to be opened, wherever its ciphertext is, and notes where it will be: until it is judged, that is its payload.
     *
     * @param memory     the packet memory.
     * @param slot       the packet.
     * @param at         where it is described; what follows is as in {@link OpenBatch#put}.
     * @param transform  number of what opens it.
     * @param keyHandle  of its SA.
     * @param length     octets from the SPI to the end of the ICV.
     * @param extended   whether its SA uses extended sequence numbers.
     * @param high       the high half.
     * @param lent       how far away the frame is that was lent: {@link Slot#LENT}, which its payload's place will be.
     * @param ivBytes    octets of the IV.
     * @param ciphertext octets between IV and ICV.
     */
    static void describe(final PacketMemory memory, final long slot, final long at, final int transform, final long keyHandle,
                         final int length, final boolean extended, final int high, final long lent, final int ivBytes,
                         final int ciphertext) {
        final long esp = memory.address(slot + ESP);
        OpenBatch.put(at, transform, keyHandle, esp, length, extended, high, esp + lent);
        memory.putInt(slot + Slot.PAYLOAD_OFFSET, (int) slot + ESP + EspSuite.ESP_HEADER_BYTES + ivBytes);
        memory.putInt(slot + Slot.PAYLOAD_LENGTH, ciphertext);
    }

    /** Takes back what was only expected of a packet that is not what most are. If its trailer is wrong it will never have a payload. */
    static void withdraw(final PacketMemory memory, final long slot) {
        final int flags = memory.getInt(slot + Slot.FLAGS);
        if ((flags & Slot.FLAG_BRIEF) != 0) {
            memory.putInt(slot + Slot.FLAGS, flags & ~Slot.FLAG_TUNNEL);
            memory.putLong(slot + Slot.PAYLOAD_OFFSET, 0);
        }
    }

    /** The ECN field of the IP header at its place in the notes. */
    static long ecn(final PacketMemory memory, final long slot) {
        return (memory.getByte(slot + L3 + 1) & 3) << ECN;
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
            write(memory, slot, UNKNOWN | ecn(memory, slot), Net.u32(memory, l3 + Net.IPV4_HEADER_BYTES + Integer.BYTES), 0);
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
