package org.qfpsim.datapath.feature;

import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.crypto.OpenBatch;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.Transforms;

/**
 * The second half of the chain: packets whose SA was found are opened together, packets of one suite in a row in one go, and judged by what
 * came out.
 */
final class Opening {
    private static final int DROP_ICV = Verdict.DROP_IPSEC | IpsecDrop.IN_MAC_EXCEPTION.id();
    private static final int DROP_ENGINE = Verdict.DROP_IPSEC | IpsecDrop.IN_UNEXP_EXCEPTION.id();

    private final Transforms transforms;
    private final int[] slots = new int[FeatureChain.MAX_BATCH];
    private final OpenBatch batch = new OpenBatch(FeatureChain.MAX_BATCH);

    Opening(final Transforms transforms) {
        this.transforms = transforms;
    }

    /** The packets that are to be opened, from 0 on. */
    int[] slots() {
        return slots;
    }

    /** Their descriptions, in the same places. */
    OpenBatch batch() {
        return batch;
    }

    /** Describes the packet of a place by its notes. */
    void describe(final PacketMemory ring, final int tag) {
        final long slot = slots[tag];
        final long sa = ring.getLong(slot + Slot.SA);
        final int transform = InboundSa.transform(sa);
        batch.expect(transform);
        final boolean extended = (InboundSa.flags(sa) & InboundSa.FLAG_ESN) != 0;
        final int high = ring.getInt(slot + Slot.SEQ_HIGH);
        if ((ring.getInt(slot + Slot.FLAGS) & Slot.FLAG_BRIEF) != 0) {
            final int length = BriefNotes.espLength(ring, slot);
            final int sizes = InboundSa.sizes(sa);
            BriefNotes.describe(ring, slot, batch.at(tag), transform, InboundSa.keyHandle(sa), length, extended, high,
                ring.getLong(slot + Slot.LENT), InboundSa.ivBytes(sizes),
                length + Net.IPV4_HEADER_BYTES - InboundSa.outerBytes(sizes));
        } else {
            final long esp = ring.address(ring.getInt(slot + Slot.ESP_OFFSET));
            OpenBatch.put(batch.at(tag), transform, InboundSa.keyHandle(sa), esp, ring.getInt(slot + Slot.ESP_LENGTH), extended, high, esp);
        }
    }

    /** Opens and judges described packets. */
    void open(final PacketMemory ring, final int count) {
        decrypt(count);
        complete(ring, count);
    }

    /** Opens and judges a packet, whose notes describe it. */
    void openOne(final PacketMemory ring, final long slot) {
        slots[0] = (int) slot;
        describe(ring, 0);
        open(ring, 1);
    }

    /** As {@link FeatureChain#reopen}. */
    void reopen(final PacketMemory ring, final long slot, final int high) {
        FeatureChain.completeNotes(ring, slot);
        final int before = ring.getByte(slot + Slot.ICV_STATUS);
        final long sa = ring.getLong(slot + Slot.SA);
        if (before == EspTransform.OK || before == EspTransform.BAD_ICV) {
            transforms.get(InboundSa.transform(sa)).restore(InboundSa.keyHandle(sa),
                ring.address(ring.getInt(slot + Slot.ESP_OFFSET)), ring.getInt(slot + Slot.ESP_LENGTH), before);
        }
        ring.putInt(slot + Slot.SEQ_HIGH, high);
        openOne(ring, slot);
    }

    /** Decrypts and verifies described packets. */
    void decrypt(final int count) {
        final OpenBatch packets = batch;
        boolean pending = false;
        for (int from = 0; from < count;) {
            final int number = OpenBatch.transform(packets.at(from));
            final int to = packets.isUniform() ? count : endOfRun(from, count, number);
            pending |= transforms.get(number).open(packets, from, to);
            from = to;
        }
        if (pending) {
            transforms.flush(packets.status());
        }
        packets.begin();
    }

    private int endOfRun(final int from, final int count, final int number) {
        int to = from + 1;
        while (to < count && OpenBatch.transform(batch.at(to)) == number) {
            to++;
        }
        return to;
    }

    /** Judges packets that were decrypted. */
    void complete(final PacketMemory ring, final int count) {
        final int[] status = batch.status();
        for (int i = CommonDecapsulation.row(ring, slots, status, 0, count); i < count;) {
            judge(ring, slots[i], status[i]);
            i = CommonDecapsulation.row(ring, slots, status, i + 1, count);
        }
    }

    private static void judge(final PacketMemory ring, final long slot, final int status) {
        BriefNotes.withdraw(ring, slot);
        ring.putByte(slot + Slot.ICV_STATUS, (byte) status);
        if (status == EspTransform.OK) {
            FeatureChain.completeNotes(ring, slot);
            Decapsulation.judge(ring, slot, ring.getLong(slot + Slot.SA), ring.getInt(slot + Slot.ESP_OFFSET),
                ring.getInt(slot + Slot.ESP_LENGTH));
        } else {
            ring.putInt(slot + Slot.VERDICT, status == EspTransform.BAD_ICV ? DROP_ICV : DROP_ENGINE);
        }
    }
}
