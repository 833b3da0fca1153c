package org.qfpsim.controlplane.show;

import org.qfpsim.datapath.counters.DropCounters;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;

/** Counters that a test sets. */
final class FakeCounters implements DropCounters {
    private final long[] packets = new long[GlobalDrop.MAX_ID + 1];
    private final long[] octets = new long[GlobalDrop.MAX_ID + 1];
    private final long[] ipsec = new long[IpsecDrop.MAX_ID + 1];

    FakeCounters global(final int id, final long newPackets, final long newOctets) {
        packets[id] = newPackets;
        octets[id] = newOctets;
        return this;
    }

    FakeCounters ipsec(final int id, final long newPackets) {
        ipsec[id] = newPackets;
        return this;
    }

    @Override
    public long globalPackets(final int id) {
        return packets[id];
    }

    @Override
    public long globalOctets(final int id) {
        return octets[id];
    }

    @Override
    public long ipsecPackets(final int id) {
        return ipsec[id];
    }
}
