package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.crypto.OpenBatch;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.ReplayWindow;
import org.qfpsim.datapath.sa.SaTable;

/**
 * Common packets of many SAs to one destination. A first loop looks at their headers and finds their SAs, a second one looks at the SAs and
 * describes the packets to be opened. Neither calls anything, and the shorter a loop is, the more packets the processor has in work at a
 * time: while it waits for one's SA, those of the next ones are on their way.
 */
final class EspMix {
    private static final int ESP = BriefNotes.ESP;

    private final SaTable saTable;
    private final long[] found = new long[FeatureChain.MAX_BATCH];
    /** The packets of the batch before this one that have not been taken yet are found, all of them to one destination. */
    private int end;
    /** The last two packets that were found are of one SA. */
    private boolean again;

    EspMix(final SaTable saTable) {
        this.saTable = saTable;
    }

    /** What was found is not asked for any more: another batch begins. */
    void forget() {
        end = 0;
    }

    /** The first packet that nobody has looked for. */
    int end() {
        return end;
    }

    /** The SA of a packet that was found. */
    long sa(final int packet) {
        return found[packet];
    }

    /** Whether the packets that were found end with two of one SA, so that an {@link EspRow} may begin. */
    boolean endsInRow() {
        return again;
    }

    /**
     * Finds the SAs of packets until one is not common, goes to another destination, has no SA, or is the third of its SA in a row.
     *
     * @param memory      the packet memory.
     * @param slots       the packets.
     * @param first       the first to look at.
     * @param count       the one behind the last.
     * @param destination as it is in the frame.
     * @param local       its number.
     * @param before      the SPI of the packet before, as it is in the frame.
     * @param repeated    whether the one before that had it, too.
     */
    void find(final PacketMemory memory, final int[] slots, final int first, final int count, final int destination, final int local,
              final int before, final boolean repeated) {
        final SaTable table = saTable;
        final long[] sas = found;
        int spi = before;
        boolean same = repeated;
        int i = first;
        while (i < count) {
            final long slot = slots[i];
            final long addresses = memory.getLong(slot + CommonHeader.ADDRESSES);
            final int its = memory.getInt(slot + ESP);
            if (CommonHeader.wholeEsp(memory, slot, addresses) < 0 || (int) (addresses >>> 32) != destination || its == spi && same) {
                break;
            }
            final long sa = table.find(SaTable.key(Integer.reverseBytes(its), local));
            if (sa == 0) {
                break;
            }
            sas[i] = sa;
            same = its == spi;
            spi = its;
            i++;
        }
        end = i;
        again = same;
    }

    /**
     * Takes packets that were found as {@link EspFastPath#take} would: all of them are to be opened.
     *
     * @param memory the packet memory.
     * @param slots  the packets.
     * @param first  the first to take.
     * @param batch  gets them.
     * @param tag    the place of the first there.
     * @return the first that is not one of these, and has been left alone; {@link #end} if all are.
     */
    int take(final PacketMemory memory, final int[] slots, final int first, final OpenBatch batch, final int tag) {
        final long[] sas = found;
        final int count = end;
        int last = -1;
        long at = batch.at(tag);
        int i = first;
        while (i < count) {
            final long slot = slots[i];
            final long sa = sas[i];
            // All of its record that is needed, before anything is written: the compiler would have to read it again.
            final int sizes = InboundSa.sizes(sa);
            final int flags = InboundSa.flags(sa);
            final int transform = InboundSa.transform(sa);
            final long keyHandle = InboundSa.keyHandle(sa);
            final boolean extended = (flags & InboundSa.FLAG_ESN) != 0;
            final long lent = memory.getLong(slot + Slot.LENT);
            final long start = memory.getLong(slot + Slot.FRAME + 12);
            final int total = Integer.reverseBytes((int) (start >>> 16)) & 0xffff;
            final int ciphertext = total - InboundSa.outerBytes(sizes);
            if (!EspFastPath.fits(sa, flags, sizes, ciphertext, memory.getLong(slot + Slot.ARRIVAL), memory.getLong(slot + Slot.TIME))) {
                break;
            }
            final int sequence = Integer.reverseBytes(memory.getInt(slot + ESP + Integer.BYTES));
            final int high = extended ? ReplayWindow.high(sa, sequence) : 0;
            final long number = (long) high << 32 | sequence & 0xffff_ffffL;
            final long ecn = start >>> 24 - BriefNotes.ECN & BriefNotes.CE;
            if (!ReplayWindow.check(sa, number) || ecn == BriefNotes.CE) {
                break;
            }
            if (transform != last) {
                batch.expect(transform);
                last = transform;
            }
            BriefNotes.write(memory, slot, BriefNotes.expected(flags) | ecn, number, sa);
            BriefNotes.describe(memory, slot, at, transform, keyHandle, total - Net.IPV4_HEADER_BYTES, extended, high, lent,
                InboundSa.ivBytes(sizes), ciphertext);
            at += OpenBatch.STRIDE;
            i++;
        }
        return i;
    }
}
