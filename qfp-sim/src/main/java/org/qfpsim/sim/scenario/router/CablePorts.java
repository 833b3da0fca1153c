package org.qfpsim.sim.scenario.router;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.pipeline.FrameVector;
import org.qfpsim.datapath.pipeline.RoutedPipeline;
import org.qfpsim.sim.net.Cable;

/** A running router's interfaces that are interfaces of the machine: what has come goes into its pipeline in vectors. */
final class CablePorts {
    /** After so many the control plane has its turn: as many as a full pipeline works on in a few milliseconds. */
    private static final int MOST_AT_ONCE = 8192;
    /** While frames come it looks again so soon, which costs less than to be woken for each block. */
    private static final long PAUSE_NANOS = 500_000;
    /** So often it finds nothing before it wants to be woken. */
    private static final int LOOKS = 4;

    private final RoutedPipeline pipeline;
    private final PortNumbers numbers;
    private final List<Plugged> all = new ArrayList<>();
    /** By the network's index of the interface. */
    private @Nullable Cable[] byIndex = {};
    private int looks;
    private long nextLook = Long.MAX_VALUE;

    CablePorts(final RoutedPipeline pipeline, final PortNumbers numbers) {
        this.pipeline = pipeline;
        this.numbers = numbers;
    }

    /** One of them, and what of its losses the router's counters have. */
    private final class Plugged implements Cable.Taker {
        private final int index;
        private final Cable cable;
        private long overruns;
        private long errors;

        Plugged(final int index, final Cable cable) {
            this.index = index;
            this.cable = cable;
            overruns = cable.receiveDrops();
            errors = cable.sendDrops();
        }

        @Override
        public void take(final FrameVector frames, final int count) {
            final int port = numbers.ofRouter(index);
            int at = port < 0 ? count : 0;
            while (at < count) {
                at = pipeline.receive(port, frames, at, count);
                pipeline.turn();
            }
            // They are lent until this returns.
            pipeline.drain();
        }

        void count() {
            final long lost = cable.receiveDrops() - overruns;
            final long unsent = cable.sendDrops() - errors;
            final int port = lost + unsent == 0 ? -1 : numbers.ofRouter(index);
            if (port >= 0) {
                pipeline.portCounters(port).lostOutside(lost, unsent);
                overruns += lost;
                errors += unsent;
            }
        }
    }

    void add(final int index, final Cable cable) {
        all.add(new Plugged(index, cable));
        byIndex = Arrays.copyOf(byIndex, Math.max(byIndex.length, index + 1));
        byIndex[index] = cable;
    }

    /** What is plugged in at an interface of the network's index; null if nothing is. */
    @Nullable Cable at(final int index) {
        return index < byIndex.length ? byIndex[index] : null;
    }

    /** Takes in what has come, up to a limit; returns how many. */
    int receive(final long nanos) {
        int count = 0;
        int last = 1;
        while (last > 0 && count < MOST_AT_ONCE) {
            last = 0;
            for (final Plugged each : all) {
                last += each.cable.receive(nanos, each);
            }
            count += last;
        }
        looks = count > 0 ? LOOKS : Math.max(0, looks - 1);
        nextLook = last > 0 ? nanos : looks > 0 ? nanos + PAUSE_NANOS : Long.MAX_VALUE;
        if (looks == 0) {
            all.forEach(each -> each.cable.wakeOnFrame());
        }
        return count;
    }

    /** When to call {@link #receive} again although nobody was woken. */
    long nextLook() {
        return nextLook;
    }

    /** Sends what waits, and counts what the machine has lost. */
    void flush() {
        for (final Plugged each : all) {
            each.cable.flush();
            each.count();
        }
    }
}
