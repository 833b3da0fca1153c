package org.qfpsim.perf.side;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one block measured.
 *
 * @param bFirst whether side B began.
 * @param pairs  by metric.
 */
public record Block(boolean bFirst, Map<String, Pair> pairs) {
    /**
     * The slices of one metric in order of time.
     *
     * @param a of side A.
     * @param b of side B.
     */
    public record Pair(List<Slice> a, List<Slice> b) {
    }

    /**
     * What the block found of a metric: the fastest pass of one side over the fastest pass of the other. A neighbour only ever adds time;
     * since the sides took turns, both had the same chance of a quiet moment.
     *
     * @param metric its name.
     * @return logarithm of B's time over A's.
     */
    public double change(final String metric) {
        return time(metric, true) - time(metric, false);
    }

    /**
     * How long a packet took.
     *
     * @param metric  its name.
     * @param ofSideB whose.
     * @return logarithm of the nanoseconds of the fastest pass.
     */
    public double time(final String metric, final boolean ofSideB) {
        return Math.log(slices(metric, ofSideB).stream().mapToDouble(Slice::best).min().orElseThrow());
    }

    /**
     * What was measured of one side.
     *
     * @param metric  its name.
     * @param ofSideB whose.
     * @return in order of time.
     */
    public List<Slice> slices(final String metric, final boolean ofSideB) {
        final Pair pair = pairs.get(metric);
        if (pair == null) {
            throw new IllegalArgumentException("a block without '" + metric + "'");
        }
        return ofSideB ? pair.b : pair.a;
    }

    /** For a file: {@code {"b_first":false,"ns":{"path 64":{"a":[[best,quarter,median],...],"b":...}}}}. */
    public Map<String, Object> toMap() {
        final Map<String, Object> ns = new LinkedHashMap<>();
        pairs.forEach((name, pair) -> ns.put(name, Map.of("a", numbers(pair.a), "b", numbers(pair.b))));
        return Map.of("b_first", bFirst, "ns", ns);
    }

    private static List<double[]> numbers(final List<Slice> slices) {
        return slices.stream().map(slice -> new double[] {slice.best(), slice.quarter(), slice.median()}).toList();
    }

    /**
     * The block of {@link #toMap}.
     *
     * @param map as read.
     * @return the block.
     * @throws IllegalArgumentException if it is not one.
     */
    public static Block of(final Map<String, Object> map) {
        final Map<String, Pair> pairs = new LinkedHashMap<>();
        if (!(map.get("ns") instanceof final Map<?, ?> ns) || !(map.get("b_first") instanceof final Boolean bFirst)) {
            throw new IllegalArgumentException("no block: b_first or ns is missing");
        }
        ns.forEach((name, sides) -> {
            if (!(sides instanceof final Map<?, ?> both)) {
                throw new IllegalArgumentException("no block: " + name + " is not an object");
            }
            final Pair pair = new Pair(slices(both.get("a")), slices(both.get("b")));
            if (pair.a.isEmpty() || pair.a.size() != pair.b.size()) {
                throw new IllegalArgumentException("no block: " + name + " has not the same slices of both sides");
            }
            pairs.put(String.valueOf(name), pair);
        });
        return new Block(bFirst, pairs);
    }

    private static List<Slice> slices(final @Nullable Object value) {
        final List<Slice> slices = new ArrayList<>();
        for (final Object item : value instanceof final List<?> list ? list : List.of()) {
            if (!(item instanceof final List<?> numbers) || numbers.size() != 3) {
                throw new IllegalArgumentException("no block: a slice is not three numbers");
            }
            slices.add(new Slice(positive(numbers.get(0)), positive(numbers.get(1)), positive(numbers.get(2))));
        }
        return slices;
    }

    private static double positive(final @Nullable Object value) {
        if (value instanceof final Number number && number.doubleValue() > 0) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("no block: " + value + " is not a time");
    }
}
