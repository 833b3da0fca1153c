package org.qfpsim.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.trace.CostMeter;
import org.qfpsim.perf.bench.InboundLoad;
import org.qfpsim.perf.bench.InboundLoad.Kind;
import org.qfpsim.perf.probe.PathSubject;
import org.qfpsim.perf.probe.ReadRig;

/** One row of the table: a thing to measure, what it is compared with, and one sample a round. */
final class PathCell {
    /** Above the rows. */
    static final String HEADING = String.format("%-28s %9s %16s %9s   %-20s %5s", "", "ns/packet", "", "best pass", "compared with",
        "best");

    private static final int WARM_UP = 12;
    /** More than a person or a collector asks for. */
    private static final int LOOKS = 10;
    private static final List<Integer> MANY_SAS = List.of(1000, 10_000, 65_536);
    private static final List<String> SIZES = List.of("64", "512", "1400", "IMIX");

    private final String name;
    private final @Nullable PathCell reference;
    private final String meaning;
    private final DoubleUnaryOperator shown;
    private final Supplier<PathSubject> opener;
    private final List<Double> samples = new ArrayList<>();
    /** Nanoseconds a packet of the fastest pass: noise of a machine only ever adds. */
    private double best = Double.MAX_VALUE;
    private @Nullable PathSubject subject;
    private CostLook costs = CostLook.NOTHING;

    private PathCell(final String name, final @Nullable PathCell reference, final String meaning, final DoubleUnaryOperator shown,
                     final Supplier<PathSubject> opener) {
        this.name = name;
        this.reference = reference;
        this.meaning = meaning;
        this.shown = shown;
        this.opener = opener;
    }

    /**
     * The rows of the table.
     *
     * @param backend crypto library.
     * @param wanted  which rows; those that they are compared with come along.
     * @return the rows, each behind the one it is compared with.
     */
    static List<PathCell> plan(final String backend, final Pattern wanted) {
        final List<PathCell> all = new ArrayList<>();
        PathCell good = null;
        PathCell bare64 = null;
        for (final String size : SIZES) {
            final PathCell bare = new PathCell("bare " + size, null, "", x -> x, () -> PathSubject.bare(backend, size));
            final PathCell path = fraction("path " + size, bare, InboundLoad.of(backend, size, Kind.GOOD));
            all.add(bare);
            all.add(path);
            bare64 = bare64 == null ? bare : bare64;
            good = good == null ? path : good;
        }
        final InboundLoad small = InboundLoad.of(backend, "64", Kind.GOOD);
        if (good != null && bare64 != null) {
            all.add(new PathCell("unknown SPI 64", good, "times as fast as good", x -> 1 / x,
                () -> PathSubject.path(InboundLoad.of(backend, "64", Kind.UNKNOWN_SPI))));
            all.add(new PathCell("bad ICV 64", good, "of a good one's time", x -> x,
                () -> PathSubject.path(InboundLoad.of(backend, "64", Kind.BAD_ICV))));
            all.add(new PathCell("replay off 64", good, "of a good one's time", x -> x,
                () -> PathSubject.path(InboundLoad.of(backend, "64", Kind.REPLAY_OFF))));
            all.add(new PathCell("ESN 64", good, "of a good one's time", x -> x, () -> PathSubject.path(small.withWindow(true, 64))));
            all.add(new PathCell("window 1024 64", good, "of a good one's time", x -> x,
                () -> PathSubject.path(small.withWindow(false, 1024))));
            all.add(new PathCell("no batch sampled 64", good, "of a good one's time", x -> x,
                () -> PathSubject.path(small.withSampling(CostMeter.NEVER))));
            all.add(new PathCell("every batch sampled 64", good, "of a good one's time", x -> x,
                () -> PathSubject.path(small.withSampling(1))));
            final ReadRig rig = new ReadRig(small, LOOKS);
            final PathCell alone = new PathCell("counters in a file 64", good, "of a good one's time", x -> x, () -> rig.subject(false));
            all.add(alone);
            all.add(new PathCell("and read " + LOOKS + " times a second", alone, "of that time", x -> x, () -> rig.subject(true)));
            for (final int sas : MANY_SAS) {
                all.add(fraction(sas + " SAs 64", bare64, small.withSas(sas)));
            }
        }
        return select(all, wanted);
    }

    private static PathCell fraction(final String name, final PathCell bare, final InboundLoad load) {
        return new PathCell(name, bare, "of bare", x -> 1 / x, () -> PathSubject.path(load));
    }

    private static List<PathCell> select(final List<PathCell> all, final Pattern wanted) {
        final List<PathCell> selected = new ArrayList<>();
        for (final PathCell cell : all) {
            if (all.stream().anyMatch(other -> wanted.matcher(other.name).find() && other.needs(cell))) {
                selected.add(cell);
            }
        }
        return selected;
    }

    private boolean needs(final PathCell cell) {
        return cell == this || reference != null && reference.needs(cell);
    }

    String name() {
        return name;
    }

    /** Nanoseconds a packet, one for each round. */
    List<Double> samples() {
        return samples;
    }

    /** Nanoseconds a packet of the fastest pass. */
    double best() {
        return best;
    }

    void open() {
        subject = opener.get();
    }

    void warmUp(final long nanos) {
        for (int i = 0; i < WARM_UP; i++) {
            sample(nanos);
        }
    }

    void measure(final long nanos) {
        samples.add(sample(nanos));
    }

    private double sample(final long nanos) {
        final PathSubject measured = subject;
        if (measured == null) {
            throw new IllegalStateException(name + " is not open");
        }
        long spent = 0;
        long packets = 0;
        while (spent < nanos) {
            final long pass = measured.timedPass();
            best = Math.min(best, (double) pass / measured.packets());
            spent += pass;
            packets += measured.packets();
        }
        return (double) spent / packets;
    }

    /** What was sampled of the cost of features; known when it is closed. */
    CostLook costs() {
        return costs;
    }

    /** Checks that every packet met its end, and frees the rig. */
    void close() {
        if (subject != null) {
            costs = subject.costs();
            subject.close();
            subject = null;
        }
    }

    /** Time, and the comparison if there is one. */
    String row() {
        final Statistics time = statistics(samples);
        final String cost = PerfTableCommand.format("%-28s %9.1f %16s %9.1f", name, time.getPercentile(50), quartiles(time, "%.1f"), best);
        if (reference == null) {
            return cost;
        }
        final List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            ratios.add(shown.applyAsDouble(samples.get(i) / reference.samples.get(i)));
        }
        final Statistics ratio = statistics(ratios);
        return PerfTableCommand.format("%s   %5.2f %-14s %5.2f %s", cost, ratio.getPercentile(50), quartiles(ratio, "%.2f"),
            shown.applyAsDouble(best / reference.best), meaning);
    }

    private static Statistics statistics(final List<Double> values) {
        return new ListStatistics(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static String quartiles(final Statistics values, final String format) {
        return PerfTableCommand.format("(" + format + "-" + format + ")", values.getPercentile(25), values.getPercentile(75));
    }
}
