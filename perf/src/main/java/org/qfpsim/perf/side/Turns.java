package org.qfpsim.perf.side;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One block of a comparison: a fresh JVM of each side, both alive at once on the same processor, and one of them at a time measures for
 * some milliseconds. A neighbour that comes or goes within the seconds of a block meets both sides.
 *
 * <pre>
 *   warm up   metric 1: X Y, metric 2: X Y, ...
 *   quads     metric 1: X Y Y X, metric 2: X Y Y X, ...; again
 * </pre>
 * Which side is X is decided by a coin. Were both sides the same, the sign of what a block finds would be the coin's: that alone makes the
 * signed-rank test exact, whatever the machine does.
 *
 * @param cpu     the processor of both, or -1 for any.
 * @param warmUp  milliseconds before anything counts, shared out evenly among the metrics: what the compiler learns of one serves all.
 * @param quads   how often a metric is measured four times.
 * @param millis  length of a slice.
 */
public record Turns(int cpu, int warmUp, int quads, int millis) {
    /**
     * A metric of both sides.
     *
     * @param name of it.
     * @param a    its place on side A.
     * @param b    its place on side B.
     */
    public record Row(String name, int a, int b) {
    }

    /**
     * The metrics that both sides have.
     *
     * @param a names of one side.
     * @param b names of the other side.
     * @return rows in the order of A.
     */
    public static List<Row> common(final List<String> a, final List<String> b) {
        final List<Row> rows = new ArrayList<>();
        for (final String name : a) {
            if (b.contains(name)) {
                rows.add(new Row(name, a.indexOf(name), b.indexOf(name)));
            }
        }
        return rows;
    }

    /** Says which rows are measured when the metrics of both sides are known. */
    public interface Plan {
        /**
         * Chooses.
         *
         * @param a names of side A's metrics.
         * @param b names of side B's.
         * @return the rows.
         */
        List<Row> rows(List<String> a, List<String> b);
    }

    /**
     * Measures one block.
     *
     * @param a      one side.
     * @param b      the other.
     * @param bFirst what the coin said.
     * @param plan   chooses the metrics.
     * @return what was measured.
     */
    public Block block(final Build a, final Build b, final boolean bFirst, final Plan plan) {
        try (ProbeProcess first = new ProbeProcess(bFirst ? b : a, cpu); ProbeProcess second = new ProbeProcess(bFirst ? a : b, cpu)) {
            final ProbeProcess sideA = bFirst ? second : first;
            final ProbeProcess sideB = bFirst ? first : second;
            final List<Row> rows = plan.rows(sideA.metrics(), sideB.metrics());
            final int each = Math.max(1, warmUp / Math.max(1, rows.size()));
            for (final Row row : rows) {
                first.slice(bFirst ? row.b : row.a, each);
                second.slice(bFirst ? row.a : row.b, each);
            }
            final Map<String, Block.Pair> found = new LinkedHashMap<>();
            for (int quad = 0; quad < quads; quad++) {
                for (final Row row : rows) {
                    quad(sideA, sideB, bFirst, row,
                        found.computeIfAbsent(row.name, _ -> new Block.Pair(new ArrayList<>(), new ArrayList<>())));
                }
            }
            first.end();
            second.end();
            return new Block(bFirst, found);
        }
    }

    private void quad(final ProbeProcess a, final ProbeProcess b, final boolean bFirst, final Row row, final Block.Pair pair) {
        for (final boolean atB : new boolean[] {bFirst, !bFirst, !bFirst, bFirst}) {
            if (atB) {
                pair.b().add(b.slice(row.b, millis));
            } else {
                pair.a().add(a.slice(row.a, millis));
            }
        }
    }
}
