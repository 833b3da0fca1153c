package org.qfpsim.datapath.counters;

/** What the drop commands print: sums over all engines since boot or the last clear. Ids are the platform's own and sparse. */
public interface DropCounters {
    /**
     * Packets of a global drop.
     *
     * @param id drop ID, 1 to 531.
     * @return packets.
     */
    long globalPackets(int id);

    /**
     * Octets of a global drop.
     *
     * @param id drop ID, 1 to 531.
     * @return octets: the frames' lengths on the wire without the FCS.
     */
    long globalOctets(int id);

    /**
     * Packets of an IPsec feature drop.
     *
     * @param id type number, 1 to 127.
     * @return packets.
     */
    long ipsecPackets(int id);
}
