package org.qfpsim.datapath.counters;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One look at the sampled costs, copied out: what each feature takes a packet, in nanoseconds of the machine's clock. Real time, also where
 * the packets' time is virtual: no two runs are alike.
 *
 * @param blocks what was sampled by the dispatcher, and then by, and for, each engine; costs that did not arise are not there.
 */
public record CostLook(List<Map<Cost, CostSum>> blocks) {
    /** Nothing was sampled. */
    public static final CostLook NOTHING = new CostLook(List.of());

    /**
     * What a feature takes.
     *
     * @param cost      which.
     * @param packets   that it was sampled with.
     * @param intervals how often.
     * @param perPacket nanoseconds for each of these packets; what reading the clock takes is taken off.
     * @param ofAll     nanoseconds for each packet of all sampled batches, whatever it has to do with: these add up.
     */
    public record Row(Cost cost, long packets, long intervals, double perPacket, double ofAll) {
    }

    /**
     * Looks.
     *
     * @param counters in or out of the router's process.
     * @return the copy.
     */
    public static CostLook read(final CounterReader counters) {
        final List<Map<Cost, CostSum>> blocks = new ArrayList<>();
        for (int ppe = -1; ppe < counters.ppes(); ppe++) {
            final Map<Cost, CostSum> block = new EnumMap<>(Cost.class);
            for (final Cost cost : Cost.values()) {
                final CostSum sum = counters.cost(ppe, cost);
                if (sum.intervals() != 0 || sum.leftOut() != 0) {
                    block.put(cost, sum);
                }
            }
            blocks.add(block);
        }
        return new CostLook(blocks);
    }

    /** What each feature takes, of all engines, in the order in which packets meet them. */
    public List<Row> rows() {
        final Map<Cost, CostSum> all = new EnumMap<>(Cost.class);
        blocks.forEach(block -> block.forEach((cost, sum) -> all.merge(cost, sum, CostSum::plus)));
        return rows(all);
    }

    /**
     * What each feature takes of one engine, or for its packets.
     *
     * @param ppe from 0, or -1 for the dispatcher.
     * @return the rows.
     */
    public List<Row> rows(final int ppe) {
        return rows(block(ppe));
    }

    private Map<Cost, CostSum> block(final int ppe) {
        return ppe + 1 < blocks.size() ? blocks.get(ppe + 1) : Map.of();
    }

    private static List<Row> rows(final Map<Cost, CostSum> sums) {
        final List<Row> rows = new ArrayList<>();
        for (final Cost cost : Cost.values()) {
            final CostSum sum = sums.getOrDefault(cost, CostSum.NONE);
            final CostSum clock = sums.getOrDefault(cost.stage().clock(), CostSum.NONE);
            if (!cost.isClock() && sum.intervals() != 0 && clock.intervals() != 0) {
                final double own = Math.max(0, sum.nanos() - sum.intervals() * ((double) clock.nanos() / clock.intervals()));
                rows.add(new Row(cost, sum.packets(), sum.intervals(), own / Math.max(1, sum.packets()),
                    own / Math.max(1, clock.packets())));
            }
        }
        return rows;
    }

    /**
     * What a packet takes.
     *
     * @param rows of all features, or some.
     * @return nanoseconds.
     */
    public static double total(final List<Row> rows) {
        return rows.stream().mapToDouble(Row::ofAll).sum();
    }

    /** Engines that are looked at. */
    public int ppes() {
        return Math.max(0, blocks.size() - 1);
    }

    /**
     * Batches that an engine has sampled.
     *
     * @param ppe from 0.
     * @return the clock's sum: as many intervals as batches, and their packets.
     */
    public CostSum batches(final int ppe) {
        return block(ppe).getOrDefault(Cost.ENGINE_CLOCK, CostSum.NONE);
    }

    /** Batches that all engines have sampled, as above. */
    public CostSum batches() {
        return blocks.stream().map(block -> block.getOrDefault(Cost.ENGINE_CLOCK, CostSum.NONE)).reduce(CostSum.NONE, CostSum::plus);
    }

    /** Sampled batches that were interrupted, of all stages. */
    public long leftOut() {
        return blocks.stream().flatMap(block -> block.values().stream()).mapToLong(CostSum::leftOut).sum();
    }

    /** What reading the clock takes in the engines, nanoseconds; 0 if that is not known. */
    public double clockNanos() {
        final CostSum clock = batches();
        return (double) clock.nanos() / Math.max(1, clock.intervals());
    }
}
