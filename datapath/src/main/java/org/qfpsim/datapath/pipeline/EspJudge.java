package org.qfpsim.datapath.pipeline;

import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.crypto.EspTransform;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.FeatureChain;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.ReplayWindow;

/**
 * The final word on an ESP packet at its place in the order (RFC 4303 section 3.4). With {@link InOrderRun} the only writer of SA state:
 * <ol>
 *   <li>volume lifetime
 *   <li>replay, by the window as it is at this place in the order
 *   <li>integrity; opened again if the engine assumed another high half of the sequence number than holds here
 *   <li>the window moves and the SA counts: only now, and whatever comes later
 *   <li>what the engine found inside
 * </ol>
 */
final class EspJudge {
    private static final int DROP_EXPIRED = Verdict.DROP_IPSEC | IpsecDrop.IN_HARD_EXPIRY.id();
    private static final int DROP_REPLAY = Verdict.DROP_IPSEC | IpsecDrop.IN_ANTI_REPLAY_FAIL.id();

    private final FeatureChain chain;

    EspJudge(final FeatureChain chain) {
        this.chain = chain;
    }

    /**
     * Judges a packet and writes its verdict, if it is another one than its engine's.
     *
     * @param ring  the packet memory.
     * @param slot  a packet with {@link Slot#FLAG_ESP}.
     * @param block counters of its engine.
     */
    void judge(final PacketMemory ring, final long slot, final CounterBlock block) {
        final long sa = ring.getLong(slot + Slot.SA);
        if (InboundSa.volumeExpired(sa)) {
            ring.putInt(slot + Slot.VERDICT, DROP_EXPIRED);
            return;
        }
        final int low = ring.getInt(slot + Slot.SEQ_LOW);
        final int high = ReplayWindow.high(sa, low);
        final long sequence = (long) high << 32 | low & 0xffff_ffffL;
        final boolean opened = ring.getByte(slot + Slot.ICV_STATUS) == EspTransform.OK && ring.getInt(slot + Slot.SEQ_HIGH) == high;
        if (!opened && ReplayWindow.check(sa, sequence) && !isAuthentic(ring, slot, sa, high, block)) {
            return;
        }
        if (ReplayWindow.accept(sa, sequence)) {
            block.add(Total.ESP_OPENED, 1);
            InboundSa.count(sa, ring.getInt(slot + Slot.PAYLOAD_LENGTH));
            if (InboundSa.tellSoftExpiry(sa)) {
                block.event(IpsecDrop.GEN_NOTIFY_SOFT_EXPIRY);
            }
        } else {
            ring.putInt(slot + Slot.SEQ_HIGH, high);
            ring.putInt(slot + Slot.VERDICT, DROP_REPLAY);
            InboundSa.countReplayDrop(sa);
        }
    }

    /** For a packet whose integrity is not known with this high half, or is known to be bad. */
    private boolean isAuthentic(final PacketMemory ring, final long slot, final long sa, final int high, final CounterBlock block) {
        if (ring.getInt(slot + Slot.SEQ_HIGH) != high || ring.getByte(slot + Slot.ICV_STATUS) == Slot.ICV_NOT_CHECKED) {
            chain.reopen(ring, (int) slot, high);
            block.add(Total.ESP_REOPENED, 1);
        }
        final boolean good = ring.getByte(slot + Slot.ICV_STATUS) == EspTransform.OK;
        if (!good) {
            InboundSa.countIcvDrops(sa, 1);
        }
        return good;
    }
}
