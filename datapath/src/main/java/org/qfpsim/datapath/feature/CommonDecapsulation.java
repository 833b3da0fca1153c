package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;

/**
 * {@link Decapsulation} of the common packet in one go: authentic, IPv4 without options in a tunnel, little padding, an SA whose only
 * selector is of IPv4 addresses. Each field is read once; for what it takes it writes what {@link Decapsulation#judge} would (held by a
 * test).
 */
final class CommonDecapsulation {
    /** Octets 1 to 8 as a machine reads them, the first one lowest. */
    private static final long PADDING = 0x08_07_06_05_04_03_02_01L;
    /** Version 4 and a header of five words. */
    private static final int IPV4_WITHOUT_OPTIONS = 0x45;
    /** Of notes that say what is to be expected. */
    private static final int EXPECTED = Slot.FLAG_BRIEF | Slot.FLAG_TUNNEL;

    private CommonDecapsulation() {
    }

    /**
     * Judges packets in a row. Nothing is called in this loop, so the compiler keeps in registers what the SA says, which is looked up when
     * another one comes.
     *
     * @param ring   the packet memory.
     * @param slots  the packets, the plaintext of the authentic ones in place.
     * @param status what became of them.
     * @param first  the first to look at.
     * @param count  the one behind the last.
     * @return the first that is not authentic or not common. Of those before it the expected notes were right, and are complete: forward.
     */
    static int row(final PacketMemory ring, final int[] slots, final int[] status, final int first, final int count) {
        long sa = 0;
        int i = first;
        while (i < count && status[i] == EspTransform.OK) {
            final long slot = slots[i];
            final long its = ring.getLong(slot + Slot.SA);
            if (its != sa) {
                if ((InboundSa.flags(its) & InboundSa.FLAG_COMMON) == 0) {
                    break;
                }
                sa = its;
            }
            if (!judge(ring, slot, sa)) {
                break;
            }
            i++;
        }
        return i;
    }

    private static boolean judge(final PacketMemory ring, final long slot, final long sa) {
        if ((ring.getInt(slot + Slot.FLAGS) & EXPECTED) != EXPECTED) {
            return false;
        }
        final long inner = ring.getInt(slot + Slot.PAYLOAD_OFFSET);
        final int length = ring.getInt(slot + Slot.PAYLOAD_LENGTH);
        // Six octets of padding or payload, pad length, next header.
        final long trailer = ring.getLong(inner + length - Long.BYTES);
        final int padBits = (int) (trailer >>> 48 & 0xff) << 3;
        final int room = length - EspSuite.ESP_TRAILER_BYTES - (padBits >>> 3);
        if (trailer >>> 56 != Net.PROTO_IPV4 || padBits > 48 || room < Net.IPV4_HEADER_BYTES
            || ((trailer << 16 >>> -padBits ^ PADDING) & (1L << padBits) - 1) != 0) {
            return false;
        }
        final long header = ring.getLong(inner);
        final int total = Integer.reverseBytes((int) header) & 0xffff;
        if ((header & 0xff) != IPV4_WITHOUT_OPTIONS || total < Net.IPV4_HEADER_BYTES || total > room
            || !InboundSa.coversAddresses(sa, ring.getLong(inner + 12))) {
            return false;
        }
        ring.putInt(slot + Slot.PAYLOAD_LENGTH, total);
        ring.putInt(slot + Slot.VERDICT, Verdict.FORWARD);
        return true;
    }
}
