package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.counters.Cost;
import org.qfpsim.datapath.crypto.OpenBatch;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.SaTable;
import org.qfpsim.datapath.sa.Transforms;
import org.qfpsim.datapath.trace.CostMeter;
import org.qfpsim.datapath.trace.InputNotes;

/**
 * The inbound feature chain of one thread. A batch is worked on in passes, so that the memory that one packet waits for is fetched while
 * the next one is looked at:
 * <ol>
 *   <li>parse and classify: link layer, IP, for us?, UDP; clear packets get their verdict here
 *   <li>find the SA, look at the replay window
 *   <li>open: decrypt and verify
 *   <li>judge what came out
 * </ol>
 * Verdicts are proposals: gather has the last word on replay and on the high half of the sequence number.
 */
public final class FeatureChain {
    /** Most packets of a batch. */
    public static final int MAX_BATCH = 256;

    private static final int DROP_AH_V4 = Verdict.DROP_IPSEC | IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI.id();
    private static final int DROP_AH_V6 = Verdict.DROP_IPSEC | IpsecDrop.IN_US_V6_PKT_SA_NOT_FOUND_SPI.id();
    private static final int DROP_TRANSIT_V4 = Verdict.DROP_IPSEC | IpsecDrop.IN_TRANS_V4_IPSEC_PKT_NOT_FOUND_SPI.id();
    private static final int DROP_TRANSIT_V6 = Verdict.DROP_IPSEC | IpsecDrop.IN_TRANS_V6_PKT_FAILED_POLICY.id();
    private static final int AH_SPI_OFFSET = 4;
    private static final long ICV_NOT_CHECKED = (long) Slot.ICV_NOT_CHECKED << 24;
    private static final int DECIDED = -1;

    private final Tables tables;
    private final EspFastPath fastPath;
    private final Opening opening;
    /** Places of packets that are in no row. */
    private final int[] singles = new int[MAX_BATCH];
    private final SampledPass sampled = new SampledPass();

    /**
     * Makes the chain of one thread.
     *
     * @param tables     what packets are looked up in.
     * @param transforms this thread's crypto.
     */
    public FeatureChain(final Tables tables, final Transforms transforms) {
        this.tables = tables;
        opening = new Opening(transforms);
        fastPath = new EspFastPath(tables.saTable());
    }

    /** What packets are looked up in. */
    public Tables tables() {
        return tables;
    }

    /**
     * Runs a batch.
     *
     * @param ring  the packet memory.
     * @param slots offsets of the packets.
     * @param count how many, from 1 to {@link #MAX_BATCH}; no change of the tables is between them.
     */
    public void process(final PacketMemory ring, final int[] slots, final int count) {
        final Tables.Forwarding forwarding = tables.forwarding(ring.getLong(slots[0] + Slot.ARRIVAL));
        final SaTable saTable = tables.saTable();
        final EspFastPath fast = fastPath;
        final int[] toOpen = opening.slots();
        final OpenBatch packets = opening.batch();
        // Described in a loop of its own: the one that parses has enough to do.
        final int[] single = singles;
        int found = 0;
        int alone = 0;
        fast.begin(forwarding.addresses());
        int i = 0;
        while (i < count) {
            final int from = i;
            final boolean row = fast.expectsRow();
            if (row && fast.isUnknown()) {
                i = fast.unknownRow(ring, slots, from, count);
            } else {
                i = row ? fast.row(ring, slots, from, count, packets, found) : fast.mixed(ring, slots, from, count, packets, found);
                if (i != from) {
                    System.arraycopy(slots, from, toOpen, found, i - from);
                    found += i - from;
                }
            }
            if (i == count) {
                break;
            }
            final int slot = slots[i++];
            final int taken = fast.take(ring, slot);
            if (taken == EspFastPath.OPEN || taken == EspFastPath.NOT_TAKEN && general(ring, slot, forwarding, saTable)) {
                single[alone++] = found;
                toOpen[found++] = slot;
            }
        }
        if (found != 0) {
            for (int k = 0; k < alone; k++) {
                opening.describe(ring, single[k]);
            }
            opening.open(ring, found);
        }
    }

    /**
     * Runs a batch, one feature after the other, and takes the time of each; what it finds is what {@link #process} finds.
     *
     * @param ring  the packet memory.
     * @param slots offsets of the packets.
     * @param count how many, as above.
     * @param cost  takes the times; begun.
     */
    public void processSampled(final PacketMemory ring, final int[] slots, final int count, final CostMeter cost) {
        final int found = sampled.find(ring, slots, count, tables, fastPath, cost, opening.slots());
        if (found != 0) {
            for (int i = 0; i < found; i++) {
                opening.describe(ring, i);
            }
            opening.decrypt(found);
            cost.lap(Cost.DECRYPT, found);
            opening.complete(ring, found);
            cost.lap(Cost.DECAPSULATION, found);
        }
    }

    /**
     * Runs one packet, step by step, and takes the time of each; what it finds is what {@link #process} finds.
     *
     * @param ring  the packet memory.
     * @param slot  the packet.
     * @param notes where times go, and the frame as it came in.
     */
    public void processTraced(final PacketMemory ring, final long slot, final InputNotes notes) {
        final long arrival = ring.getLong(slot + Slot.ARRIVAL);
        notes.begin(ring, (int) slot);
        clear(ring, slot);
        final int address = classify(ring, slot, tables.forwarding(arrival));
        notes.classified(arrival);
        if (address >= 0) {
            final boolean found = EspInput.lookup(ring, slot, address, tables.saTable());
            notes.found(arrival);
            if (found) {
                opening.openOne(ring, slot);
                notes.opened(arrival);
            }
        }
    }

    /** Every other form of packet, and every reason to drop one; true if it is to be opened. */
    static boolean general(final PacketMemory ring, final long slot, final Tables.Forwarding forwarding, final SaTable saTable) {
        clear(ring, slot);
        final int address = classify(ring, slot, forwarding);
        return address >= 0 && EspInput.lookup(ring, slot, address, saTable);
    }

    /**
     * Makes a frame whole that was lent: for everybody who is not content with its head. To be asked of a packet that no feature has seen.
     *
     * @param memory the packet memory.
     * @param slot   a packet as the dispatcher left it.
     */
    public static void takeIn(final PacketMemory memory, final long slot) {
        final long lent = memory.getLong(slot + Slot.LENT);
        if (lent != 0) {
            final long rest = slot + Slot.FRAME + Slot.HEAD_BYTES;
            memory.copyIn(rest, memory.address(rest) + lent,
                memory.getInt(slot + Slot.FRAME_LENGTH) - Slot.HEAD_BYTES);
            memory.putLong(slot + Slot.LENT, 0);
        }
    }

    /** Takes a frame in, and forgets what the slot's last packet left behind. */
    static void clear(final PacketMemory memory, final long slot) {
        takeIn(memory, slot);
        memory.putLong(slot + Slot.SEQ_LOW, 0);
        memory.putLong(slot + Slot.PAYLOAD_OFFSET, 0);
        // The flags behind it.
        memory.putLong(slot + Slot.IP_VERSION, ICV_NOT_CHECKED);
        memory.putLong(slot + Slot.SA, 0);
        // The upper-layer header behind it.
        memory.putLong(slot + Slot.SPI, 0);
    }

    /** For ESP to us the number of the address that it came to; negative for everything else, which has its verdict. */
    static int classify(final PacketMemory ring, final long slot, final Tables.Forwarding forwarding) {
        final int version = LinkInput.parse(ring, slot);
        if (version == 0) {
            return DECIDED;
        }
        final int form = version == 4 ? Ipv4Input.parse(ring, slot) : Ipv6Input.parse(ring, slot);
        if (form == Ipv4Input.DECIDED) {
            return DECIDED;
        }
        final int address = forwarding.addresses()
            .find(version == 6, ring.getLong(slot + Slot.DST_HIGH), ring.getLong(slot + Slot.DST_LOW));
        final boolean forUs = address >= 0;
        final int protocol = ring.getByte(slot + Slot.PROTOCOL) & 0xff;
        if (forUs) {
            ring.putInt(slot + Slot.FLAGS, ring.getInt(slot + Slot.FLAGS) | Slot.FLAG_FOR_US);
            if (form == Ipv4Input.FRAGMENT) {
                ring.putInt(slot + Slot.VERDICT, Verdict.REASSEMBLE);
                return DECIDED;
            }
            if (protocol == Net.PROTO_ESP) {
                final int l4 = ring.getInt(slot + Slot.L4_OFFSET);
                ring.putInt(slot + Slot.ESP_OFFSET, l4);
                ring.putInt(slot + Slot.ESP_LENGTH, ring.getInt(slot + Slot.L3_OFFSET) + ring.getInt(slot + Slot.L3_LENGTH) - l4);
                return address;
            }
            if (protocol == Net.PROTO_UDP && UdpInput.parse(ring, slot)) {
                return address;
            }
        }
        if (ring.getInt(slot + Slot.VERDICT) == Verdict.NONE) {
            if (forwarding.routed() && !(forUs && protocol == Net.PROTO_AH)) {
                ring.putInt(slot + Slot.VERDICT, Verdict.ROUTE);
            } else if (protocol == Net.PROTO_AH || protocol == Net.PROTO_ESP) {
                dropIpsec(ring, slot, version == 4, forUs, protocol, form == Ipv4Input.FRAGMENT);
            } else {
                ClearInput.process(ring, slot, forwarding, form == Ipv4Input.FRAGMENT);
            }
        }
        return DECIDED;
    }

    /** IPsec that nobody here can have an SA for: in transit, or AH. Only the first fragment of several has an SPI: none is reported. */
    private static void dropIpsec(final PacketMemory ring, final long slot, final boolean v4, final boolean forUs, final int protocol,
                                  final boolean fragment) {
        final int l4 = ring.getInt(slot + Slot.L4_OFFSET);
        final int spi = l4 + (protocol == Net.PROTO_AH ? AH_SPI_OFFSET : 0);
        if (!fragment && spi + 4 <= ring.getInt(slot + Slot.L3_OFFSET) + ring.getInt(slot + Slot.L3_LENGTH)) {
            ring.putInt(slot + Slot.SPI, Net.i32(ring, spi));
        }
        ring.putInt(slot + Slot.VERDICT, forUs ? v4 ? DROP_AH_V4 : DROP_AH_V6 : v4 ? DROP_TRANSIT_V4 : DROP_TRANSIT_V6);
    }

    /**
     * Makes the notes whole, if they are brief: for every packet whose way leaves the common one.
     *
     * @param ring the packet memory.
     * @param slot a packet, its outer headers as they came.
     */
    public static void completeNotes(final PacketMemory ring, final long slot) {
        if ((ring.getInt(slot + Slot.FLAGS) & Slot.FLAG_BRIEF) != 0) {
            BriefNotes.complete(ring, slot);
        }
    }

    /**
     * Opens a packet again with another high half of the sequence number (RFC 4303 appendix A2), or for the first time if its engine
     * refused it as a replay. Gather only.
     *
     * @param ring the packet memory.
     * @param slot a packet with {@link Slot#FLAG_ESP}.
     * @param high the high half that holds at this place in the order.
     */
    public void reopen(final PacketMemory ring, final int slot, final int high) {
        opening.reopen(ring, slot, high);
    }
}
