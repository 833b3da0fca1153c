package org.qfpsim.datapath.reassembly;

import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.Checksum;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;

/**
 * One datagram in the making: room for the longest IP packet and notes on the fragments that are here.
 *
 * <pre>
 *   0            notes of a slot: addresses, protocol
 *   PAYLOAD - h  header of the first fragment, when complete: so that header and payload are one packet behind a slot's notes
 *   PAYLOAD      fragments, each at its offset
 * </pre>
 */
final class Datagram {
    private static final int MAX_HEADER = 512;
    private static final int PAYLOAD = Slot.FRAME + MAX_HEADER;
    private static final int MAX_PAYLOAD = 65_535;
    private static final int DROP_FRAGMENT = Verdict.DROP_IPSEC | IpsecDrop.IN_V4_PKT_FRAG_ERR.id();

    private final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(PAYLOAD + MAX_PAYLOAD, 64));
    private final PacketMemory packet = new PacketMemory(memory);
    private final byte[] header = new byte[MAX_HEADER];
    private final long[] arrivals;
    private final int[] octets;
    private final int[] starts;
    private final int[] ends;
    private final int[] engines;
    private int count;
    private int headerBytes;
    private int received;
    private int total;
    private long expires;
    private long identification;
    private int highest;
    private boolean ipsec;
    private boolean congestion;

    Datagram(final int maxFragments) {
        arrivals = new long[maxFragments];
        octets = new int[maxFragments];
        starts = new int[maxFragments];
        ends = new int[maxFragments];
        engines = new int[maxFragments];
    }

    /** Starts anew with the addresses of a fragment. */
    void begin(final UnsafeBuffer ring, final int slot, final long id, final long expiry) {
        memory.putBytes(0, ring, slot, Slot.FRAME);
        identification = id;
        expires = expiry;
        count = 0;
        headerBytes = 0;
        received = 0;
        total = -1;
        highest = 0;
        ipsec = false;
        congestion = false;
    }

    boolean isOf(final UnsafeBuffer ring, final int slot, final long id) {
        return identification == id
            && memory.getLong(Slot.SRC_LOW) == ring.getLong(slot + Slot.SRC_LOW)
            && memory.getLong(Slot.DST_LOW) == ring.getLong(slot + Slot.DST_LOW)
            && memory.getLong(Slot.SRC_HIGH) == ring.getLong(slot + Slot.SRC_HIGH)
            && memory.getLong(Slot.DST_HIGH) == ring.getLong(slot + Slot.DST_HIGH);
    }

    /**
     * Adds a fragment.
     *
     * @return 0, or the global drop that ends the whole datagram.
     */
    int add(final Fragment f, final UnsafeBuffer ring, final int slot, final int engine) {
        if (count == arrivals.length) {
            return GlobalDrop.REASS_TOO_MANY_FRAGS.id();
        }
        note(f, ring, slot, engine);
        ipsec |= f.ipsec(ring);
        congestion |= ring.getByte(slot + Slot.OUTER_ECN) == Net.ECN_CE;
        if (f.bytes() == 0 || f.more() && (f.bytes() & 7) != 0) {
            return GlobalDrop.REASS_BAD_LEN.id();
        }
        final int end = f.offset() + f.bytes();
        if (end > MAX_PAYLOAD || f.headerBytes() > MAX_HEADER) {
            return GlobalDrop.REASS_FRAG_TOO_BIG.id();
        }
        if (!f.more()) {
            if (total >= 0 && total != end) {
                return GlobalDrop.REASS_BAD_LEN.id();
            }
            total = end;
        }
        highest = Math.max(highest, end);
        if (total >= 0 && highest > total) {
            return GlobalDrop.REASS_BAD_LEN.id();
        }
        for (int i = 0; i < count - 1; i++) {
            // Overlapping fragments are never legitimate: the whole datagram goes (RFC 5722, and for IPv4 for the same reason).
            if (f.offset() < ends[i] && starts[i] < end) {
                return GlobalDrop.REASS_OVERLAP.id();
            }
        }
        memory.putBytes(PAYLOAD + f.offset(), ring, f.data(), f.bytes());
        received += f.bytes();
        if (f.offset() == 0) {
            first(f, ring);
        }
        return 0;
    }

    private void note(final Fragment f, final UnsafeBuffer ring, final int slot, final int engine) {
        arrivals[count] = ring.getLong(slot + Slot.ARRIVAL);
        octets[count] = ring.getInt(slot + Slot.WIRE_LENGTH);
        starts[count] = f.offset();
        ends[count] = f.offset() + f.bytes();
        engines[count] = engine;
        count++;
    }

    private void first(final Fragment f, final UnsafeBuffer ring) {
        headerBytes = f.headerBytes();
        ring.getBytes(f.header(), header, 0, headerBytes);
        if (f.v6()) {
            // The header that pointed to the fragment header now points behind it.
            header[f.protocolField() - f.header()] = (byte) f.protocol();
        }
        memory.putByte(Slot.PROTOCOL, (byte) f.protocol());
    }

    boolean complete() {
        return headerBytes != 0 && received == total;
    }

    /**
     * Lays the packet out behind a slot's notes. A congestion mark on any fragment is one on the packet (RFC 3168 section 5.3).
     *
     * @return offset of the slot in {@link #memory}, or -1 if it is longer than an IP packet can be.
     */
    int assemble(final UnsafeBuffer ring, final int last) {
        final boolean v4 = memory.getByte(Slot.IP_VERSION) == 4;
        final int length = headerBytes + total;
        if (length > MAX_PAYLOAD + (v4 ? 0 : Net.IPV6_HEADER_BYTES)) {
            return -1;
        }
        final int packet = PAYLOAD - headerBytes;
        final int slot = packet - Slot.FRAME;
        memory.putBytes(slot, ring, last, Slot.FRAME);
        memory.putInt(slot + Slot.FRAME_LENGTH, length);
        memory.putInt(slot + Slot.LINK_TYPE, LinkLayer.RAW_IP);
        memory.putInt(slot + Slot.VERDICT, Verdict.NONE);
        memory.putBytes(packet, header, 0, headerBytes);
        if (v4) {
            memory.putShort(packet + 2, (short) length, ByteOrder.BIG_ENDIAN);
            memory.putShort(packet + 6, (short) 0);
            if (congestion) {
                memory.putByte(packet + 1, (byte) (memory.getByte(packet + 1) | Net.ECN_CE));
            }
            Checksum.write(memory, packet, headerBytes);
        } else {
            memory.putShort(packet + 4, (short) (length - Net.IPV6_HEADER_BYTES), ByteOrder.BIG_ENDIAN);
            if (congestion) {
                memory.putByte(packet + 1, (byte) (memory.getByte(packet + 1) | Net.ECN_CE << 4));
            }
        }
        return slot;
    }

    /** What its fragments count as when it is lost. */
    int lossVerdict(final int globalDrop) {
        return lossVerdict(ipsec, globalDrop);
    }

    /** What a fragment that was lost counts as: IPsec that could not be reassembled is the IPsec feature's loss (type 70). */
    static int lossVerdict(final boolean ipsec, final int globalDrop) {
        return ipsec ? DROP_FRAGMENT : Verdict.DROP_GLOBAL | globalDrop;
    }

    PacketMemory packet() {
        return packet;
    }

    int count() {
        return count;
    }

    long arrival(final int i) {
        return arrivals[i];
    }

    int octets(final int i) {
        return octets[i];
    }

    int engine(final int i) {
        return engines[i];
    }

    long expires() {
        return expires;
    }
}
