package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.OpenBatch;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.Selectors;

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
    /** The ICV status in the notes from the IP version on, and what it is for a packet out of a tunnel whose integrity was found good. */
    private static final long ICV_STATUS = 0xffL << 24;
    private static final long AUTHENTIC_TUNNEL = (long) EspTransform.OK << 24 | (long) Slot.FLAG_TUNNEL << 32;

    private CommonDecapsulation() {
    }

    /**
     * Judges packets in a row. Nothing is called in this loop, so the compiler keeps in registers what the SA says, which is looked up when
     * another one comes.
     *
     * @param ring  the packet memory.
     * @param slots the packets, the plaintext of the authentic ones in place.
     * @param batch describes them, and has their status.
     * @param first the first to look at.
     * @param count the one behind the last.
     * @return the first that is not authentic or not common. ICV status and verdict of those before it are written: forward.
     */
    static int row(final PacketMemory ring, final int[] slots, final OpenBatch batch, final int first, final int count) {
        final int[] status = batch.status();
        long sa = 0;
        int sizes = 0;
        int i = first;
        while (i < count && status[i] == EspTransform.OK) {
            final long its = ring.getLong(slots[i] + Slot.SA);
            if (its != sa) {
                if ((InboundSa.flags(its) & InboundSa.FLAG_COMMON) == 0) {
                    break;
                }
                sa = its;
                sizes = InboundSa.sizes(sa);
            }
            if (!judge(ring, slots[i], sa, sizes, batch.at(i))) {
                break;
            }
            i++;
        }
        return i;
    }

    private static boolean judge(final PacketMemory ring, final long slot, final long sa, final int sizes, final long at) {
        final long esp = OpenBatch.esp(at) - ring.address(0);
        final long inner = esp + EspSuite.ESP_HEADER_BYTES + InboundSa.ivBytes(sizes);
        // Six octets of padding or payload, pad length, next header.
        final long end = esp + OpenBatch.length(at) - InboundSa.icvBytes(sizes);
        final long trailer = ring.getLong(end - Long.BYTES);
        final int padBits = (int) (trailer >>> 48 & 0xff) << 3;
        final int room = (int) (end - inner) - EspSuite.ESP_TRAILER_BYTES - (padBits >>> 3);
        if (trailer >>> 56 != Net.PROTO_IPV4 || padBits > 48 || room < Net.IPV4_HEADER_BYTES
            || ((trailer << 16 >>> -padBits ^ PADDING) & (1L << padBits) - 1) != 0) {
            return false;
        }
        final long header = ring.getLong(inner);
        final int total = Integer.reverseBytes((int) header) & 0xffff;
        final long notes = ring.getLong(slot + Slot.IP_VERSION);
        if ((header & 0xff) != IPV4_WITHOUT_OPTIONS || total < Net.IPV4_HEADER_BYTES || total > room
            || !Selectors.coversAddresses(sa + InboundSa.FIRST_SELECTOR, ring.getLong(inner + 12)) || (notes >>> 16 & 0xff) == Net.ECN_CE) {
            return false;
        }
        ring.putLong(slot + Slot.PAYLOAD_OFFSET, inner | (long) total << 32);
        ring.putLong(slot + Slot.IP_VERSION, notes & ~ICV_STATUS | AUTHENTIC_TUNNEL);
        ring.putInt(slot + Slot.VERDICT, Verdict.FORWARD);
        return true;
    }
}
