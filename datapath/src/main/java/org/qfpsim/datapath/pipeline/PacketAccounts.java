package org.qfpsim.datapath.pipeline;

import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.feature.Slot;
import org.qfpsim.datapath.feature.Verdict;
import org.qfpsim.datapath.packet.PacketMemory;
import org.qfpsim.datapath.report.DropReport;

/** How a packet that has met its end is counted: each in one of these ways, once. Gather only. */
final class PacketAccounts {
    private final DropReport report;

    PacketAccounts(final DropReport report) {
        this.report = report;
    }

    static void forwarded(final CounterBlock block, final int octets) {
        block.add(Total.FORWARDED, 1);
        block.add(Total.FORWARDED_OCTETS, octets);
    }

    static void consumed(final CounterBlock block, final int verdict) {
        block.add(Total.CONSUMED, 1);
        block.add(switch (Verdict.number(verdict)) {
            case Verdict.CONSUMED_DUMMY -> Total.CONSUMED_DUMMY;
            case Verdict.CONSUMED_KEEPALIVE -> Total.CONSUMED_KEEPALIVE;
            default -> Total.CONSUMED_FRAGMENT;
        }, 1);
    }

    /** Dropping is counting: the only way out for a packet that is lost behind the dispatcher. */
    void dropped(final CounterBlock block, final PacketMemory ring, final long slot, final int verdict) {
        final int octets = ring.getInt(slot + Slot.WIRE_LENGTH);
        if (Verdict.kind(verdict) == Verdict.DROP_IPSEC) {
            block.dropIpsec(Verdict.number(verdict), octets);
        } else {
            block.dropGlobal(Verdict.number(verdict), octets);
        }
        report.count(ring, slot, verdict);
    }
}
