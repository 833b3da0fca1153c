package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.crypto.OpenBatch;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.ReplayWindow;

/**
 * Common packets of one SA in a row, looked at and described to be opened in one loop. Nothing is called in it and the SA stays the same,
 * so the compiler keeps what it is in registers, and what the packets have in common is compared with one word.
 */
final class EspRow {
    /** An SA that ESP without UDP may use, and nothing speaks against. */
    static final int FLAGS_WANTED = InboundSa.FLAG_RAW;
    static final int FLAGS_LOOKED_AT = InboundSa.FLAG_RAW | InboundSa.FLAG_INVALIDATED;

    private static final int ESP = BriefNotes.ESP;

    private EspRow() {
    }

    /**
     * Takes packets as {@link EspFastPath#take} would: all of them are to be opened.
     *
     * @param memory      the packet memory.
     * @param slots       the packets.
     * @param first       the first to look at.
     * @param count       the one behind the last.
     * @param batch       gets them.
     * @param tag         the place of the first there.
     * @param sa          their SA.
     * @param spi         its SPI as it is in the frame.
     * @param destination their destination, likewise.
     * @return the first that is not one of these, and has been left alone.
     */
    static int take(final PacketMemory memory, final int[] slots, final int first, final int count, final OpenBatch batch, final int tag,
                    final long sa, final int spi, final int destination) {
        final int flags = InboundSa.flags(sa);
        // Positions only grow: what holds for the first and for the last packet holds for all of them.
        if ((flags & FLAGS_LOOKED_AT) != FLAGS_WANTED || !InboundSa.validAt(sa, memory.getLong(slots[first] + Slot.ARRIVAL))
            || !InboundSa.validAt(sa, memory.getLong(slots[count - 1] + Slot.ARRIVAL))) {
            return first;
        }
        final int sizes = InboundSa.sizes(sa);
        final int outer = InboundSa.outerBytes(sizes);
        final int block = InboundSa.blockBytes(sizes);
        final int transform = InboundSa.transform(sa);
        final long keyHandle = InboundSa.keyHandle(sa);
        final long hardNanos = InboundSa.hardNanos(sa);
        final long notes = BriefNotes.expected(flags);
        final boolean extended = (flags & InboundSa.FLAG_ESN) != 0;
        final int ivBytes = InboundSa.ivBytes(sizes);
        // As it is now: the window only moves forward. A high half is one of two.
        final long top = InboundSa.top(sa);
        final int window = InboundSa.window(sa);
        final int bottom = (int) top - window + 1;
        final int highAbove = extended ? ReplayWindow.high(top, window, bottom) : 0;
        final int highBelow = extended ? ReplayWindow.high(top, window, bottom - 1) : 0;
        final long addresses = memory.getLong(slots[first] + CommonHeader.ADDRESSES);
        if ((int) (addresses >>> 32) != destination) {
            return first;
        }
        final long addressSum = (addresses & 0xffff_ffffL) + (addresses >>> 32);
        long at = batch.at(tag);
        int i = first;
        while (i < count) {
            final long slot = slots[i];
            final long lengths = memory.getLong(slot + Slot.FRAME_LENGTH);
            final int length = (int) lengths;
            if (length != (int) (lengths >>> 32) || memory.getInt(slot + Slot.LINK_TYPE) != LinkLayer.ETHERNET
                || memory.getLong(slot + CommonHeader.ADDRESSES) != addresses || memory.getInt(slot + ESP) != spi) {
                break;
            }
            // If the frame is shorter than this, its total length, of a block at least, will be too long for it.
            final long start = memory.getLong(slot + Slot.FRAME + 12);
            final long middle = memory.getLong(slot + Slot.FRAME + 20);
            final int total = Integer.reverseBytes((int) (start >>> 16)) & 0xffff;
            final int ciphertext = total - outer;
            if ((start & CommonHeader.IPV4_WITHOUT_OPTIONS_MASK) != CommonHeader.IPV4_WITHOUT_OPTIONS
                || (middle & CommonHeader.WHOLE_ESP_MASK) != CommonHeader.WHOLE_ESP || total > length - CommonHeader.ETHERNET
                || !isWholeBlocks(ciphertext, block)
                || memory.getLong(slot + Slot.TIME) >= hardNanos
                || !CommonHeader.isMultiple((start >>> 16) + (middle & 0xffff_ffffL) + (middle >>> 32 & 0xffff) + addressSum)) {
                break;
            }
            final int sequence = Integer.reverseBytes(memory.getInt(slot + ESP + Integer.BYTES));
            final int high = Integer.compareUnsigned(sequence, bottom) >= 0 ? highAbove : highBelow;
            final long number = (long) high << 32 | sequence & 0xffff_ffffL;
            final long ecn = start >>> 24 - BriefNotes.ECN & BriefNotes.CE;
            if (Long.compareUnsigned(number, top) <= 0 && !ReplayWindow.check(sa, number) || ecn == BriefNotes.CE) {
                break;
            }
            final long lent = memory.getLong(slot + Slot.LENT);
            BriefNotes.write(memory, slot, notes | ecn, number, sa);
            BriefNotes.describe(memory, slot, at, transform, keyHandle, total - Net.IPV4_HEADER_BYTES, extended, high, lent, ivBytes,
                ciphertext);
            at += OpenBatch.STRIDE;
            i++;
        }
        if (i != first) {
            batch.expect(transform);
        }
        return i;
    }

    /** At least a block, and whole ones: less a block, neither the sign nor anything below a block is set. */
    static boolean isWholeBlocks(final int ciphertext, final int block) {
        return (ciphertext - block & (Integer.MIN_VALUE | block - 1)) == 0;
    }
}
