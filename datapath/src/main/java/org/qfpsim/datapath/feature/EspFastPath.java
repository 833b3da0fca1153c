package org.qfpsim.datapath.feature;

import java.util.List;
import org.qfpsim.datapath.crypto.OpenBatch;
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
    /** The notes are written, but for those of {@link BriefNotes#complete}; the packet is to be opened. */
    static final int OPEN = 1;
    /** The notes are written; the replay window says that nothing is to be opened. */
    static final int REPLAYED = 2;
    /** There is no SA. Flags and verdict are the only notes, until {@link BriefNotes#complete} writes the others. */
    static final int UNKNOWN_SPI = 3;

    private static final int ESP = BriefNotes.ESP;
    /** No lookup is remembered; -1 is an address that is not ours. */
    private static final int NOTHING = -2;

    private final SaTable saTable;
    private final EspMix mix;
    private LocalAddresses addresses;
    /** SPI and destination of the packet before, as they are in the frame, and its SA: packets of one SA come in rows. */
    private int lastSpi;
    private int lastDestination;
    private int lastLocal = NOTHING;
    private long lastSa;
    /** The packet before was of the same SA, or of the same unknown SPI, as the one before it. */
    private boolean again;

    EspFastPath(final SaTable saTable) {
        this.saTable = saTable;
        mix = new EspMix(saTable);
        addresses = new LocalAddresses(List.of());
    }

    /**
     * Begins a batch. What was remembered of the last one is forgotten: its SA may be gone. Within a batch it stays: no SA is freed before
     * gather has passed every packet that was in flight when it left the table, and one that comes is in the table before the first packet
     * that may use it is published.
     */
    void begin(final LocalAddresses ours) {
        addresses = ours;
        lastLocal = NOTHING;
        again = false;
        mix.forget();
    }

    /**
     * Looks at a frame and finds its SA.
     *
     * @param memory the packet memory.
     * @param slot   the packet.
     * @return one of the constants.
     */
    int take(final PacketMemory memory, final long slot) {
        return take(memory, slot, CommonHeader.wholeEsp(memory, slot));
    }

    /** The same for a frame that {@link CommonHeader#wholeEsp} has looked at. */
    int take(final PacketMemory memory, final long slot, final int total) {
        if (total < 0) {
            return NOT_TAKEN;
        }
        final long esp = slot + ESP;
        final long sa = find(memory.getInt(esp), memory.getInt(esp - Integer.BYTES));
        if (sa == 0) {
            if (lastLocal < 0) {
                return NOT_TAKEN;
            }
            unknown(memory, slot);
            return UNKNOWN_SPI;
        }
        final int sizes = InboundSa.sizes(sa);
        if (!fits(sa, InboundSa.flags(sa), sizes, total - InboundSa.outerBytes(sizes), memory.getLong(slot + Slot.ARRIVAL),
            memory.getLong(slot + Slot.TIME))) {
            return NOT_TAKEN;
        }
        final int sequence = Integer.reverseBytes(memory.getInt(esp + Integer.BYTES));
        final int high = ReplayWindow.high(sa, sequence);
        final long number = (long) high << 32 | sequence & 0xffff_ffffL;
        final boolean fresh = ReplayWindow.check(sa, number);
        if (!fresh) {
            // Gather may think otherwise, and open it.
            FeatureChain.takeIn(memory, slot);
        }
        final long ecn = BriefNotes.ecn(memory, slot);
        final long notes = fresh && ecn != BriefNotes.CE ? BriefNotes.expected(InboundSa.flags(sa)) : BriefNotes.NOT_CHECKED;
        BriefNotes.write(memory, slot, notes | ecn, number, sa);
        return fresh ? OPEN : REPLAYED;
    }

    /** Whether it is worth asking for a {@link #row}, or for an {@link #unknownRow}. */
    boolean expectsRow() {
        return again;
    }

    /** Whether the packet before had an unknown SPI. */
    boolean isUnknown() {
        return lastSa == 0;
    }

    /** Takes packets in a row of the SA of the packet before, as {@link #take} would; see {@link EspRow}. */
    int row(final PacketMemory memory, final int[] slots, final int first, final int count, final OpenBatch batch, final int tag) {
        return EspRow.take(memory, slots, first, count, batch, tag, lastSa, lastSpi, lastDestination);
    }

    /** Takes packets of any SA to the destination of the packet before, as {@link #take} would, until a row begins; see {@link EspMix}. */
    int mixed(final PacketMemory memory, final int[] slots, final int first, final int count, final OpenBatch batch, final int tag) {
        if (lastLocal < 0) {
            return first;
        }
        if (first >= mix.end()) {
            mix.find(memory, slots, first, count, lastDestination, lastLocal, lastSpi, again);
        }
        final int next = mix.take(memory, slots, first, batch, tag);
        if (next != first) {
            lastSpi = memory.getInt((long) slots[next - 1] + ESP);
            lastSa = mix.sa(next - 1);
            again = mix.endsInRow();
        }
        return next;
    }

    /**
     * Drops packets in a row of the unknown SPI of the packet before, as {@link #take} would.
     *
     * @param memory the packet memory.
     * @param slots  the packets.
     * @param first  the first to look at.
     * @param count  the one behind the last.
     * @return the first that is not one of these, and has been left alone.
     */
    int unknownRow(final PacketMemory memory, final int[] slots, final int first, final int count) {
        final int spi = lastSpi;
        final int destination = lastDestination;
        int i = first;
        while (i < count && memory.getInt(slots[i] + ESP) == spi) {
            final long slot = slots[i];
            final long addresses = memory.getLong(slot + CommonHeader.ADDRESSES);
            if ((int) (addresses >>> 32) != destination || CommonHeader.wholeEsp(memory, slot, addresses) < 0) {
                break;
            }
            unknown(memory, slot);
            i++;
        }
        return i;
    }

    private static void unknown(final PacketMemory memory, final long slot) {
        memory.putInt(slot + Slot.FLAGS, Slot.FLAG_FOR_US | Slot.FLAG_BRIEF);
        memory.putInt(slot + Slot.VERDICT, EspInput.DROP_SPI_V4);
    }

    /** The SA of an SPI and destination as they are in the frame; 0 if there is none, or the destination is not ours. */
    private long find(final int spi, final int destination) {
        final boolean known = destination == lastDestination && lastLocal != NOTHING;
        if (!known) {
            lastLocal = addresses.find(false, 0, Integer.reverseBytes(destination) & 0xffff_ffffL);
            lastDestination = destination;
        }
        if (known && spi == lastSpi) {
            again = lastLocal >= 0;
        } else {
            again = false;
            lastSa = lastLocal < 0 ? 0 : saTable.find(SaTable.key(Integer.reverseBytes(spi), lastLocal));
            lastSpi = spi;
        }
        return lastSa;
    }

    /** Whether an SA may open a packet that is in the common form. */
    static boolean fits(final long sa, final int flags, final int sizes, final int ciphertext, final long arrival, final long time) {
        return InboundSa.validAt(sa, arrival) && time < InboundSa.hardNanos(sa) && (flags & EspRow.FLAGS_LOOKED_AT) == EspRow.FLAGS_WANTED
            && EspRow.isWholeBlocks(ciphertext, InboundSa.blockBytes(sizes));
    }
}
