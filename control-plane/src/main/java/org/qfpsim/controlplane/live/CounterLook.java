package org.qfpsim.controlplane.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;

/**
 * One look at the counters, copied out.
 *
 * @param totals  all of {@link Total} by label, and {@code dropped}.
 * @param engines outcomes of each packet processing engine by label, with {@code dropped}.
 * @param global  the global drops that occurred, by ID.
 * @param ipsec   packets of the IPsec types that occurred, by number.
 * @param costs   what was sampled of the cost of features.
 */
public record CounterLook(Map<String, Long> totals, List<Map<String, Long>> engines, Map<Integer, Drops> global,
                          Map<Integer, Long> ipsec, CostLook costs) {
    /** The label of what has no total of its own. */
    public static final String DROPPED = "dropped";
    private static final List<Total> OUTCOMES = List.of(Total.FORWARDED, Total.PUNTED, Total.CONSUMED);

    /**
     * A reason's drops.
     *
     * @param packets how many.
     * @param octets  of their frames.
     */
    public record Drops(long packets, long octets) {
    }

    /**
     * Reads outcomes before what was received, so that nothing in flight is negative.
     *
     * @param counters in or out of the router's process.
     * @return the copy.
     */
    public static CounterLook read(final CounterReader counters) {
        final Map<Integer, Drops> global = new TreeMap<>();
        long dropped = 0;
        for (final GlobalDrop drop : GlobalDrop.values()) {
            final long packets = counters.globalPackets(drop.id());
            dropped += packets;
            if (packets != 0) {
                global.put(drop.id(), new Drops(packets, counters.globalOctets(drop.id())));
            }
        }
        final Map<Integer, Long> ipsec = new TreeMap<>();
        for (final IpsecDrop drop : IpsecDrop.values()) {
            final long packets = counters.ipsecPackets(drop.id());
            if (packets != 0) {
                ipsec.put(drop.id(), packets);
            }
        }
        final List<Map<String, Long>> engines = new ArrayList<>();
        for (int ppe = 0; ppe < counters.ppes(); ppe++) {
            final Map<String, Long> row = new LinkedHashMap<>();
            row.put(DROPPED, counters.dropped(ppe));
            for (final Total outcome : OUTCOMES) {
                row.put(outcome.label(), counters.total(ppe, outcome));
            }
            engines.add(row);
        }
        final Map<String, Long> totals = new LinkedHashMap<>();
        totals.put(DROPPED, dropped);
        for (final Total total : Total.values()) {
            if (total != Total.RECEIVED && total != Total.RECEIVED_OCTETS) {
                totals.put(total.label(), counters.total(total));
            }
        }
        totals.put(Total.RECEIVED_OCTETS.label(), counters.total(Total.RECEIVED_OCTETS));
        totals.put(Total.RECEIVED.label(), counters.total(Total.RECEIVED));
        return new CounterLook(totals, engines, global, ipsec, CostLook.read(counters));
    }

    /**
     * A total by its label.
     *
     * @param label of {@link Total}, or {@link #DROPPED}.
     * @return its value; 0 if it was not looked at.
     */
    public long total(final String label) {
        return totals.getOrDefault(label, 0L);
    }

    /** Received and not decided yet. */
    public long inFlight() {
        return total(Total.RECEIVED.label()) - total(DROPPED) - OUTCOMES.stream().mapToLong(each -> total(each.label())).sum();
    }
}
