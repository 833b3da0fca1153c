package org.qfpsim.sim.throughput.load;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The open loop: sends each frame when its time has come, whatever the device does with it. The times are fixed beforehand (frame {@code n}
 * at {@code n / load}, or in bursts: {@link Schedule}); a frame that is sent late keeps its time. In the gaps further frames are encrypted,
 * if the trial needs them.
 */
final class Pacer {
    /** Frames that are sent between two looks at the clock. */
    private static final int AT_ONCE = 64;
    private static final double NANOS = 1e9;

    private final FrameStore store;
    private final FrameMaker maker;
    private final boolean repeat;
    private final Bursts bursts;
    private final LongSupplier clock;
    private final long[] sent = new long[PacketKind.values().length];
    private long offered;
    private long starved;
    private long latest;
    private long offeredNanos;
    private long busyNanos;

    /** Takes frames; the device. */
    interface Target {
        /** Takes frames of the store's vector, all of them. */
        void offer(int from, int to);

        /** Nothing is due. */
        void idle();
    }

    /**
     * Makes a pacer.
     *
     * @param store  frames, some of them ready.
     * @param maker  makes more.
     * @param repeat whether frames may be sent again, so that none need to be made.
     * @param bursts how frames are spread over time.
     * @param clock  nanoseconds.
     */
    Pacer(final FrameStore store, final FrameMaker maker, final boolean repeat, final Bursts bursts, final LongSupplier clock) {
        this.store = store;
        this.maker = maker;
        this.repeat = repeat;
        this.bursts = bursts;
        this.clock = clock;
    }

    /** Makes the frames that a trial needs, as far as there is room. */
    void prepare(final long packets) {
        if (!repeat) {
            maker.fill(store, packets);
        } else if (store.isNew()) {
            maker.fill(store, Long.MAX_VALUE);
        }
    }

    /** Sends; the fields tell how it went. */
    void run(final TrialSpec spec, final Target target, final BooleanSupplier stop) {
        Arrays.fill(sent, 0);
        offered = 0;
        starved = 0;
        latest = 0;
        busyNanos = 0;
        final long total = spec.packets();
        final Schedule schedule = bursts.schedule(spec.load(), maker.meanOnLine());
        final long start = clock.getAsLong();
        final long deadline = start + (long) (spec.seconds() * NANOS);
        final boolean flatOut = spec.load() >= TrialSpec.FLAT_OUT;
        long now = start;
        while (offered < total && !(flatOut && now >= deadline) && !stop.getAsBoolean()) {
            final long due = Math.min(total, schedule.due(now - start));
            if (offered < due) {
                send((int) Math.min(due - offered, AT_ONCE), start, schedule, now, target);
                final long after = clock.getAsLong();
                busyNanos += after - now;
                now = after;
            } else {
                if (repeat || total - offered <= store.count() || !maker.make(store)) {
                    target.idle();
                }
                now = clock.getAsLong();
            }
        }
        offeredNanos = now - start;
    }

    private void send(final int wanted, final long start, final Schedule schedule, final long now, final Target target) {
        if (store.count() == 0) {
            if (repeat) {
                store.rewind();
            } else {
                maker.make(store);
                starved++;
            }
        }
        final int count = store.inRow(wanted);
        final int from = store.next();
        final long[] nanos = store.vector().nanos();
        for (int i = 0; i < count; i++) {
            nanos[from + i] = start + (long) schedule.nanos(offered + i);
            sent[store.kind(from + i)]++;
        }
        latest = Math.max(latest, now - nanos[from]);
        target.offer(from, from + count);
        store.take(count);
        offered += count;
    }

    long offered() {
        return offered;
    }

    long starved() {
        return starved;
    }

    /** Nanoseconds that a frame was late at most. */
    long latest() {
        return latest;
    }

    double offeredSeconds() {
        return offeredNanos / NANOS;
    }

    /** Nanoseconds that sending a frame took, without waiting. */
    double nanosPerFrame() {
        return offered == 0 ? 0 : (double) busyNanos / offered;
    }

    /** Frames by kind, those that were sent. */
    Map<String, Long> sent() {
        final Map<PacketKind, Long> kinds = new EnumMap<>(PacketKind.class);
        for (final PacketKind kind : PacketKind.values()) {
            if (sent[kind.ordinal()] != 0) {
                kinds.put(kind, sent[kind.ordinal()]);
            }
        }
        final Map<String, Long> map = new LinkedHashMap<>();
        kinds.forEach((kind, count) -> map.put(kind.key(), count));
        return map;
    }
}
