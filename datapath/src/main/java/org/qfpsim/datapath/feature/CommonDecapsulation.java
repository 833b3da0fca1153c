package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;

/**
 * {@link Decapsulation} of the common packet in one go: authentic, IPv4 without options in a tunnel, no more padding than a cipher needs,
 * an SA whose only selector is of IPv4 addresses. Each field is read once; for what it takes it writes what {@link Decapsulation#judge}
 * would (held by a test).
 */
final class CommonDecapsulation {
    /** Octets 1 to 8 as a machine reads them, the first one lowest. */
    private static final long PADDING = 0x08_07_06_05_04_03_02_01L;
    private static final long ONES = 0x01_01_01_01_01_01_01_01L;
    /** More does not fit in two words; to reach whole blocks no cipher needs as much. */
    private static final int MOST_PADDING = 16;
    /** Version 4 and a header of five words. */
    private static final int IPV4_WITHOUT_OPTIONS = 0x45;
    /** Of notes that say what is to be expected. */
    private static final int EXPECTED = Slot.FLAG_BRIEF | Slot.FLAG_TUNNEL;

    private CommonDecapsulation() {
    }

    /**
     * Judges packets in a row. Nothing is called in this loop.
     *
     * @param ring   the packet memory.
     * @param slots  the packets, the plaintext of the authentic ones in place.
     * @param status what became of them.
     * @param first  the first to look at.
     * @param count  the one behind the last.
     * @return the first that is not authentic or not common. Of those before it the expected notes were right, and are complete: forward.
     */
    static int row(final PacketMemory ring, final int[] slots, final int[] status, final int first, final int count) {
        int i = first;
        while (i < count && status[i] == EspTransform.OK && judge(ring, slots[i])) {
            i++;
        }
        return i;
    }

    private static boolean judge(final PacketMemory ring, final long slot) {
        if ((ring.getInt(slot + Slot.FLAGS) & EXPECTED) != EXPECTED) {
            return false;
        }
        final long inner = ring.getInt(slot + Slot.PAYLOAD_OFFSET);
        final long end = inner + ring.getInt(slot + Slot.PAYLOAD_LENGTH) - EspSuite.ESP_TRAILER_BYTES;
        final int trailer = ring.getShort(end);
        final int padLength = trailer & 0xff;
        final int room = (int) (end - inner) - padLength;
        if (trailer >>> 8 != Net.PROTO_IPV4 || room < Net.IPV4_HEADER_BYTES || !paddingCounts(ring, end, padLength)) {
            return false;
        }
        final long header = ring.getLong(inner);
        final int total = Integer.reverseBytes((int) header) & 0xffff;
        if ((header & 0xff) != IPV4_WITHOUT_OPTIONS || total < Net.IPV4_HEADER_BYTES || total > room
            || !InboundSa.coversAddresses(ring.getLong(slot + Slot.SA), ring.getLong(inner + 12))) {
            return false;
        }
        ring.putInt(slot + Slot.PAYLOAD_LENGTH, total);
        ring.putInt(slot + Slot.VERDICT, Verdict.FORWARD);
        return true;
    }

    /** Whether it is 1, 2, 3 and so on (RFC 4303 section 2.4), and not too much for this. */
    private static boolean paddingCounts(final PacketMemory ring, final long end, final int length) {
        final long last = ring.getLong(end - Long.BYTES);
        return length < Long.BYTES
            ? ((last >>> -(length << 3) ^ PADDING) & (1L << (length << 3)) - 1) == 0
            : length <= MOST_PADDING && last == PADDING + (length - Long.BYTES) * ONES && ring.getLong(end - length) == PADDING;
    }
}
