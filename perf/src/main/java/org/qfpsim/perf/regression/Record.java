package org.qfpsim.perf.regression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.qfpsim.perf.probe.Suite;
import org.qfpsim.perf.side.Block;
import org.qfpsim.perf.side.Slice;

/** The blocks of a comparison so far. */
final class Record {
    private final List<Block> blocks = new ArrayList<>();

    void add(final Block block) {
        if (!blocks.isEmpty() && !blocks.getFirst().pairs().keySet().equals(block.pairs().keySet())) {
            throw new IllegalArgumentException("blocks of different metrics");
        }
        blocks.add(block);
    }

    int size() {
        return blocks.size();
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** What each block found, by metric. */
    Map<String, double[]> changes() {
        final Map<String, double[]> changes = new LinkedHashMap<>();
        if (!blocks.isEmpty()) {
            for (final String metric : blocks.getFirst().pairs().keySet()) {
                changes.put(metric, blocks.stream().mapToDouble(block -> block.change(metric)).toArray());
            }
        }
        return changes;
    }

    /** Nanoseconds a packet, the median of the blocks. */
    double nanos(final String metric, final boolean ofSideB) {
        final double[] sorted = blocks.stream().mapToDouble(block -> block.time(metric, ofSideB)).sorted().toArray();
        return Math.exp((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
    }

    /** Nanoseconds a packet in every process of both sides. */
    double[] times(final String metric) {
        return blocks.stream().flatMapToDouble(block -> DoubleStream.of(block.time(metric, false), block.time(metric, true))).map(Math::exp)
            .toArray();
    }

    /** What each block measured of one side. */
    List<List<Slice>> slices(final String metric, final boolean ofSideB) {
        return blocks.stream().map(block -> block.slices(metric, ofSideB)).toList();
    }

    /** The ruler of side A in each block, nanoseconds; empty if it was not measured. */
    double[] ruler() {
        return blocks.isEmpty() || !blocks.getFirst().pairs().containsKey(Suite.RULER) ? new double[0]
            : blocks.stream().mapToDouble(block -> Math.exp(block.time(Suite.RULER, false))).toArray();
    }
}
