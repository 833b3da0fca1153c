package org.qfpsim.datapath.pipeline;

import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.ReplayWindow;

/**
 * Forged packets in a row: of one SA, the ICV of each wrong, none of them a replay, which would win. What becomes of them is what the
 * {@link EspJudge} would say, in a loop that the compiler sees whole: a flood of them must not cost more than good packets.
 */
final class BadIcvRun {
    private static final int DROP_ICV = Verdict.DROP_IPSEC | IpsecDrop.IN_MAC_EXCEPTION.id();
    /** Of the notes from the IP version on: the ICV status and one flag. */
    private static final long LOOKED_AT = 0xffL << 24 | (long) Slot.FLAG_ESP << 32;
    private static final long WANTED = (long) EspTransform.BAD_ICV << 24 | (long) Slot.FLAG_ESP << 32;
    /** With these the judge has more to ask. */
    private static final int OTHERS = InboundSa.FLAG_VOLUME | InboundSa.FLAG_ESN;

    private final PacketAccounts accounts;

    BadIcvRun(final PacketAccounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Drops packets that are lost like the one before them.
     *
     * @param ring   the engine's.
     * @param first  sequence of the first packet there.
     * @param count  packets.
     * @param expiry a packet of this time, or later, is for somebody else.
     * @param block  counters of the packets' engine.
     * @return how many were dropped; the next one is another kind of packet, or the first of its flow.
     */
    int drop(final PpeRing ring, final long first, final int count, final long expiry, final CounterBlock block) {
        final PacketMemory memory = ring.memory();
        final long sa = memory.getLong(ring.slot(first) + Slot.SA);
        if (sa == 0 || (InboundSa.flags(sa) & OTHERS) != 0) {
            return 0;
        }
        int i = 0;
        while (i < count) {
            final long slot = ring.slot(first + i);
            if (memory.getLong(slot + Slot.TIME) >= expiry || memory.getInt(slot + Slot.VERDICT) != DROP_ICV
                || (memory.getLong(slot + Slot.IP_VERSION) & LOOKED_AT) != WANTED || memory.getLong(slot + Slot.SA) != sa
                || !ReplayWindow.check(sa, memory.getInt(slot + Slot.SEQ_LOW) & 0xffff_ffffL)
                || !accounts.droppedAlike(block, memory, slot, DROP_ICV)) {
                break;
            }
            i++;
        }
        InboundSa.countIcvDrops(sa, i);
        return i;
    }

    /** Whether a packet may be one of them. */
    static boolean mayBegin(final int verdict) {
        return verdict == DROP_ICV;
    }
}
