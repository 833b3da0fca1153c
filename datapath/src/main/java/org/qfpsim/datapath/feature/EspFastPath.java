package org.qfpsim.datapath.feature;

import java.util.List;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.LocalAddresses;
import org.qfpsim.datapath.sa.ReplayWindow;
import org.qfpsim.datapath.sa.SaTable;

/**
 * The common packet in one go: Ethernet without a tag, IPv4 without options, whole, ESP to an address of ours, an SA in its newest version
 * that nothing speaks against. Each header is read once, in the byte order of the machine; the slot's notes are written once.
 *
 * <p>It decides little: whatever is not exactly this goes to the features that know the reason; only an unknown SPI ends here.
 * For the packets that it takes, its notes are those that they would have written (held by a test).
 */
final class EspFastPath {
    /** It is a packet for the other features, which find the slot as the dispatcher left it. */
    static final int NOT_TAKEN = 0;
    /** The notes are written, but for those of {@link #complete}; the packet is to be opened. */
    static final int OPEN = 1;
    /** The notes are written; the replay window says that nothing is to be opened. */
    static final int REPLAYED = 2;
    /** The notes are written; there is no SA. */
    static final int UNKNOWN_SPI = 3;

    private static final int ETHERNET = 14;
    private static final int L4 = ETHERNET + Net.IPV4_HEADER_BYTES;
    /** Ethertype IPv4 and version 4 with a header of five words, read at offset 12 of the frame, least octet first. */
    private static final long IPV4_WITHOUT_OPTIONS = 0x45_00_08L;
    private static final long IPV4_WITHOUT_OPTIONS_MASK = 0xff_ff_ffL;
    /** More fragments and the fragment offset, read at offset 6 of the IP header. */
    private static final long FRAGMENT_MASK = 0xff_3fL;
    private static final int CHECKSUM_IS_RIGHT = 0xffff;
    private static final int FLAGS_WANTED = InboundSa.FLAG_RAW;
    private static final int FLAGS_LOOKED_AT = InboundSa.FLAG_RAW | InboundSa.FLAG_INVALIDATED;

    private final SaTable saTable;
    private LocalAddresses addresses;
    /** SPI and destination of the packet before, as they are in the frame, and its SA: packets of one SA come in rows. */
    private int lastSpi;
    private int lastDestination;
    private int lastLocal = -1;
    private long lastSa;

    EspFastPath(final SaTable saTable) {
        this.saTable = saTable;
        addresses = new LocalAddresses(List.of());
    }

    /**
     * Begins a batch. What was remembered of the last one is forgotten: its SA may be gone. Within a batch it stays, because no SA is freed
     * before gather has passed every packet that was in flight when it left the table.
     */
    void begin(final LocalAddresses ours) {
        addresses = ours;
        lastSa = 0;
    }

    /**
     * Looks at a frame and finds its SA.
     *
     * @param memory the packet memory.
     * @param slot   the packet.
     * @return one of the constants.
     */
    int take(final PacketMemory memory, final long slot) {
        final long frame = slot + Slot.FRAME;
        final long lengths = memory.getLong(slot + Slot.FRAME_LENGTH);
        final int length = (int) lengths;
        if (length < L4 + EspSuite.ESP_HEADER_BYTES || length != (int) (lengths >>> 32)
            || memory.getInt(slot + Slot.LINK_TYPE) != LinkLayer.ETHERNET) {
            return NOT_TAKEN;
        }
        final long start = memory.getLong(frame + 12);
        final long middle = memory.getLong(frame + 20);
        final int source = memory.getInt(frame + 26);
        final int destination = memory.getInt(frame + 30);
        final int total = Short.reverseBytes((short) (start >>> 32)) & 0xffff;
        if ((start & IPV4_WITHOUT_OPTIONS_MASK) != IPV4_WITHOUT_OPTIONS || (middle & FRAGMENT_MASK) != 0
            || (middle >>> 24 & 0xff) != Net.PROTO_ESP || total > length - ETHERNET
            || total < Net.IPV4_HEADER_BYTES + EspSuite.ESP_HEADER_BYTES
            || fold((start >>> 16) + (middle & 0xffff_ffffL) + (middle >>> 32 & 0xffff)
                + (source & 0xffff_ffffL) + (destination & 0xffff_ffffL)) != CHECKSUM_IS_RIGHT) {
            return NOT_TAKEN;
        }
        final int spi = memory.getInt(frame + L4);
        final long sa = find(spi, destination);
        if (lastLocal < 0) {
            return NOT_TAKEN;
        }
        final int sequence = Integer.reverseBytes(memory.getInt(frame + L4 + 4));
        final int espLength = total - Net.IPV4_HEADER_BYTES;
        if (sa != 0 && !fits(sa, espLength, memory.getLong(slot + Slot.ARRIVAL), memory.getLong(slot + Slot.TIME))) {
            return NOT_TAKEN;
        }
        if (sa == 0) {
            note(memory, slot, total, (int) (start >>> 24) & 3, Integer.reverseBytes(spi), sequence, 0, 0);
            complete(memory, slot);
            return UNKNOWN_SPI;
        }
        final int high = ReplayWindow.high(sa, sequence);
        note(memory, slot, total, (int) (start >>> 24) & 3, Integer.reverseBytes(spi), sequence, high, sa);
        if (ReplayWindow.check(sa, (long) high << 32 | sequence & 0xffff_ffffL)) {
            return OPEN;
        }
        complete(memory, slot);
        return REPLAYED;
    }

    /** The SA of an SPI and destination as they are in the frame; 0 if there is none, or the destination is not ours. */
    private long find(final int spi, final int destination) {
        if (spi != lastSpi || destination != lastDestination || lastSa == 0) {
            lastLocal = addresses.find(false, 0, Integer.reverseBytes(destination) & 0xffff_ffffL);
            lastSa = lastLocal < 0 ? 0 : saTable.find(SaTable.key(Integer.reverseBytes(spi), lastLocal));
            lastSpi = spi;
            lastDestination = destination;
        }
        return lastSa;
    }

    /** Ones' complement sum of a few 32-bit words: 0xffff if a checksum among them is right, and only then. */
    private static int fold(final long sum) {
        final long half = (sum & 0xffff_ffffL) + (sum >>> 32);
        final long quarter = (half & 0xffff) + (half >>> 16 & 0xffff) + (half >>> 32);
        return (int) (quarter & 0xffff) + (int) (quarter >>> 16);
    }

    private static boolean fits(final long sa, final int espLength, final long arrival, final long time) {
        final int sizes = InboundSa.sizes(sa);
        final int block = InboundSa.blockBytes(sizes);
        final int ciphertext = espLength - EspSuite.ESP_HEADER_BYTES - InboundSa.ivBytes(sizes) - InboundSa.icvBytes(sizes);
        return InboundSa.validAt(sa, arrival) && time < InboundSa.hardNanos(sa)
            && (InboundSa.flags(sa) & FLAGS_LOOKED_AT) == FLAGS_WANTED
            && ciphertext >= block && (ciphertext & block - 1) == 0;
    }

    private static void note(final PacketMemory memory, final long slot, final int total, final int ecn, final int spi, final int sequence,
                             final int high, final long sa) {
        // As an offset of 32 bits: it stands beside another number.
        final int frame = (int) slot + Slot.FRAME;
        memory.putLong(slot + Slot.ESP_OFFSET, frame + L4 | (long) (total - Net.IPV4_HEADER_BYTES) << 32);
        memory.putLong(slot + Slot.SPI, spi & 0xffff_ffffL | (long) sequence << 32);
        // No payload yet.
        memory.putLong(slot + Slot.SEQ_HIGH, high & 0xffff_ffffL);
        // The payload length too: a packet whose trailer is wrong has none, and is counted with its SA.
        memory.putLong(slot + Slot.PAYLOAD_LENGTH, (long) (4 | Net.PROTO_ESP << 8 | ecn << 16 | Slot.ICV_NOT_CHECKED << 24) << 32);
        memory.putInt(slot + Slot.FLAGS, Slot.FLAG_FOR_US | Slot.FLAG_BRIEF | (sa == 0 ? 0 : Slot.FLAG_ESP));
        memory.putLong(slot + Slot.SA, sa);
    }

    /**
     * Writes the notes that a packet which goes the common way to its end does not need: positions of the headers, addresses.
     *
     * @param memory the packet memory.
     * @param slot   a packet with {@link Slot#FLAG_BRIEF}, its outer headers as they came.
     */
    static void complete(final PacketMemory memory, final long slot) {
        final int l3 = (int) slot + Slot.FRAME + ETHERNET;
        memory.putLong(slot + Slot.L3_OFFSET, l3 | (long) (memory.getInt(slot + Slot.ESP_LENGTH) + Net.IPV4_HEADER_BYTES) << 32);
        memory.putInt(slot + Slot.L4_OFFSET, l3 + Net.IPV4_HEADER_BYTES);
        memory.putInt(slot + Slot.PROTOCOL_FIELD, l3 + 9);
        memory.putLong(slot + Slot.SRC_HIGH, 0);
        memory.putLong(slot + Slot.SRC_LOW, Net.u32(memory, l3 + 12));
        memory.putLong(slot + Slot.DST_HIGH, 0);
        memory.putLong(slot + Slot.DST_LOW, Net.u32(memory, l3 + 16));
        memory.putInt(slot + Slot.FLAGS, memory.getInt(slot + Slot.FLAGS) & ~Slot.FLAG_BRIEF);
    }
}
