package org.qfpsim.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.trace.CostMeter;
import org.qfpsim.perf.bench.InboundLoad;
import org.qfpsim.perf.bench.InboundLoad.Kind;
import org.qfpsim.perf.probe.PathSubject;
import org.qfpsim.perf.probe.ReadRig;
import org.qfpsim.perf.side.Build;
import org.qfpsim.sim.InputException;

/**
 * Rows that are measured together, round after round: each in a process of its own, or all in this one. Each section is done before the
 * next one begins: in one process, what its rows teach the compiler about calls that lead to several places is not known while the ones
 * before it are measured.
 *
 * @param title what its rows have in common.
 * @param cells the rows, each behind the one it is compared with.
 */
record PathSection(String title, List<PathCell> cells) {
    /** More than a person or a collector asks for. */
    private static final int LOOKS = 10;
    private static final int DPDK_EVERY = 6;
    private static final String GCM = "AES-128-GCM";
    /** The library that the goals of the first section are for. */
    static final String IPSEC_MB = "ipsec-mb";

    /**
     * How rows are measured.
     *
     * @param rounds of all processes together.
     * @param millis of a row in a round.
     * @param forks  one after the other, that each row has.
     * @param apart  makes the program of a row's process; null to measure all rows in this one.
     */
    record Plan(int rounds, int millis, int forks, @Nullable Function<String, Build> apart) {
        /** The first round of a process. */
        private int first(final int fork) {
            return (int) ((long) rounds * fork / forks);
        }
    }

    /** A packet size and which share of bare its path should reach with ipsec-mb. */
    private record Size(String name, double goal) {
    }

    private static final List<Size> SIZES = List.of(new Size("64", 0.65), new Size("512", 0.7), new Size("1400", 0.8),
        new Size("IMIX", 0.72));

    /**
     * The sections of the table.
     *
     * @param backend crypto library.
     * @param others  libraries whose path is compared with their own bare.
     * @param sas     numbers of SAs.
     * @param dpdk    whether DPDK's decrypt is measured too.
     * @param wanted  which rows; those that they are compared with come along.
     * @return sections that have rows.
     */
    static List<PathSection> plan(final String backend, final List<String> others, final List<Integer> sas, final boolean dpdk,
                                  final Pattern wanted) {
        final List<PathSection> all = new ArrayList<>();
        all.add(new PathSection(GCM + ", " + backend, main(backend, sas, dpdk)));
        all.add(new PathSection(GCM + ", " + backend + ", outbound", outbound(backend)));
        all.add(bareAndPath("CBC-SHA1", EspSuite.AES_CBC_128_SHA1_96, backend, List.of("64", "1400"), 0.6));
        all.add(bareAndPath("CBC-SHA256", EspSuite.AES_CBC_128_SHA256_128, backend, List.of("64", "1400"), 0.6));
        others.forEach(other -> all.add(bareAndPath(other, EspSuite.AES_GCM_128_16, other, List.of("64"), 0.8)));
        return all.stream().map(section -> section.select(wanted)).filter(section -> !section.cells.isEmpty()).toList();
    }

    /** The row of a number of SAs. */
    static String manySas(final int number) {
        return number + " SAs 64";
    }

    /** Whether any row that is compared with bare, and so perhaps with DPDK, is wanted. */
    static boolean wantsBare(final String backend, final Pattern wanted) {
        return !new PathSection(GCM, main(backend, List.of(), false)).select(wanted).cells.isEmpty();
    }

    private PathSection select(final Pattern wanted) {
        return new PathSection(title, cells.stream().filter(cell -> cells.stream()
            .anyMatch(other -> wanted.matcher(other.name()).find() && other.needs(cell))).toList());
    }

    private static List<PathCell> main(final String backend, final List<Integer> sas, final boolean dpdk) {
        final List<PathCell> all = new ArrayList<>();
        final boolean best = backend.equals(IPSEC_MB);
        for (final Size size : SIZES) {
            PathCell.Ratio ofDpdk = null;
            if (dpdk) {
                final PathCell raw = new PathCell("DPDK " + size.name, () -> new DpdkDecrypt(size.name), null, null, DPDK_EVERY, null);
                all.add(raw);
                ofDpdk = PathCell.Ratio.share(raw, "DPDK");
            }
            final PathCell bare = cell("bare " + size.name, () -> PathSubject.bare(backend, size.name), ofDpdk, Goal.atLeast(0.9));
            all.add(bare);
            // Of the other libraries, the goal is for 64 octets.
            final Goal goal = best ? Goal.atLeast(size.goal) : size.name.equals("64") ? Goal.atLeast(0.8) : null;
            all.add(path("path " + size.name, InboundLoad.of(backend, size.name, Kind.GOOD), bare, goal));
        }
        final PathCell bare = find(all, "bare 64");
        final PathCell good = find(all, "path 64");
        all.add(path("unknown SPI 64", InboundLoad.of(backend, "64", Kind.UNKNOWN_SPI), bare, best ? Goal.atLeast(1.8) : null));
        all.add(path("bad ICV 64", InboundLoad.of(backend, "64", Kind.BAD_ICV), bare, best ? Goal.atLeast(0.62) : null));
        final InboundLoad small = InboundLoad.of(backend, "64", Kind.GOOD);
        final PathCell.Ratio time = PathCell.Ratio.time(good, "a good one's time");
        all.add(cell("replay off 64", () -> PathSubject.path(InboundLoad.of(backend, "64", Kind.REPLAY_OFF)), time, null));
        all.add(cell("ESN 64", () -> PathSubject.path(small.withWindow(true, 64)), time, Goal.atMost(1.03)));
        all.add(cell("window 1024 64", () -> PathSubject.path(small.withWindow(false, 1024)), time, Goal.atMost(1.03)));
        all.add(cell("no batch sampled 64", () -> PathSubject.path(small.withSampling(CostMeter.NEVER)), time, null));
        all.add(cell("every batch sampled 64", () -> PathSubject.path(small.withSampling(1)), time, null));
        final ReadRig rig = new ReadRig(small, LOOKS);
        final PathCell alone = cell("counters in a file 64", () -> rig.subject(false), time, null);
        all.add(alone);
        all.add(new PathCell("and read " + LOOKS + " times a second", () -> rig.subject(true), PathCell.Ratio.time(alone, "that time"),
            null, 1, alone.process()));
        sas.forEach(number -> all.add(path(manySas(number), small.withSas(number), bare, best ? goalOfSas(number) : null)));
        return all;
    }

    private static PathCell find(final List<PathCell> cells, final String name) {
        return cells.stream().filter(cell -> cell.name().equals(name)).findFirst().orElseThrow();
    }

    private static @Nullable Goal goalOfSas(final int number) {
        return switch (number) {
            case 1000 -> Goal.atLeast(0.55);
            case 10_000 -> Goal.atLeast(0.2);
            case 65_536 -> Goal.atLeast(0.15);
            default -> null;
        };
    }

    private static List<PathCell> outbound(final String backend) {
        final PathCell bare = cell("bare 64, beside encrypt", () -> PathSubject.bare(backend, "64"), null, null);
        final InboundLoad load = InboundLoad.of(backend, "64", Kind.GOOD);
        final PathCell.Ratio ratio = PathCell.Ratio.share(bare, "bare");
        return List.of(bare,
            cell("encrypt 64", () -> PathSubject.tunnel(load, false), ratio, null),
            cell("encrypt and decrypt 64", () -> PathSubject.tunnel(load, true), ratio,
                backend.equals(IPSEC_MB) ? Goal.atLeast(0.2) : null));
    }

    private static PathSection bareAndPath(final String label, final EspSuite suite, final String backend, final List<String> sizes,
                                           final double goal) {
        final List<PathCell> cells = new ArrayList<>();
        for (final String size : sizes) {
            final PathCell bare = cell("bare " + size + " " + label, () -> PathSubject.bare(backend, suite, size), null, null);
            cells.add(bare);
            cells.add(path("path " + size + " " + label, InboundLoad.of(backend, size, Kind.GOOD).withSuite(suite), bare,
                Goal.atLeast(goal)));
        }
        return new PathSection(suite.cipher() == EspSuite.Cipher.AES_GCM ? GCM + ", " + backend : suite + ", " + backend, cells);
    }

    private static PathCell path(final String name, final InboundLoad load, final PathCell bare, final @Nullable Goal goal) {
        return cell(name, () -> PathSubject.path(load), PathCell.Ratio.share(bare, "bare"), goal);
    }

    private static PathCell cell(final String name, final Supplier<PathSubject> opener, final PathCell.@Nullable Ratio ratio,
                                 final @Nullable Goal goal) {
        return new PathCell(name, opener, ratio, goal, 1, name);
    }

    /**
     * Measures the rows.
     *
     * @param plan how often and where.
     * @param told what is being done.
     * @param stop whether to stop before all rounds are done.
     * @return whether each row has at least one sample.
     */
    boolean measure(final Plan plan, final Consumer<String> told, final BooleanSupplier stop) {
        for (int fork = 0; fork < plan.forks() && !stop.getAsBoolean(); fork++) {
            try (Meters meters = new Meters(plan.apart)) {
                measure(plan, fork, meters, told, stop);
            } catch (final InputException e) {
                // Who interrupts this process at a terminal interrupts those that it has started, too.
                if (!stop.getAsBoolean()) {
                    throw e;
                }
            }
        }
        return cells.stream().noneMatch(cell -> cell.samples().isEmpty());
    }

    private void measure(final Plan plan, final int fork, final Meters meters, final Consumer<String> told, final BooleanSupplier stop) {
        final String place = plan.apart == null ? title : title + ", process " + (fork + 1) + " of " + plan.forks;
        final List<Meter> opened = new ArrayList<>();
        for (final PathCell cell : cells) {
            told.accept(place + ": opening " + cell.name());
            opened.add(meters.open(cell));
        }
        for (int i = 0; i < cells.size() && !stop.getAsBoolean(); i++) {
            told.accept(place + ": warming up " + cells.get(i).name());
            cells.get(i).warmUp(opened.get(i), plan.millis);
        }
        for (int round = plan.first(fork); round < plan.first(fork + 1) && !stop.getAsBoolean(); round++) {
            told.accept(place + ": round " + (round + 1) + " of " + plan.rounds);
            for (final PathCell cell : cells) {
                cell.measure(round, plan.millis);
            }
        }
        cells.forEach(PathCell::lookAtCosts);
        meters.end();
    }
}
