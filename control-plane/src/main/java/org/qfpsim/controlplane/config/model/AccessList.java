package org.qfpsim.controlplane.config.model;

import java.util.List;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * An access list; the end denies everything.
 *
 * @param name    name or number.
 * @param v6      whether it is an IPv6 access list.
 * @param entries by sequence number.
 */
public record AccessList(String name, boolean v6, List<Entry> entries) {
    /**
     * A line of an access list.
     *
     * @param sequence 1 to 2147483647.
     * @param permit   to be protected; otherwise the packet is none of the map entry's business.
     * @param selector which packets, as they leave the router.
     */
    public record Entry(int sequence, boolean permit, TrafficSelector selector) {
    }

    /** Copies the list. */
    public AccessList {
        entries = List.copyOf(entries);
    }

    /** What is to be protected; for crypto maps whose access lists have no {@code deny}. */
    public List<TrafficSelector> permitted() {
        return entries.stream().filter(Entry::permit).map(Entry::selector).toList();
    }
}
