package org.qfpsim.sim.throughput.model;

import java.util.Arrays;

/** What happens when, earliest first; of two at the same time the one that was put first. A binary heap over arrays. */
final class EventHeap {
    private double[] times = new double[1024];
    private long[] events = new long[1024];
    private int size;
    private int order;

    boolean isEmpty() {
        return size == 0;
    }

    /** Time of the next event. */
    double time() {
        return times[0];
    }

    void put(final double time, final int event) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            events = Arrays.copyOf(events, size * 2);
        }
        int at = size++;
        final long entry = (long) order++ << Integer.SIZE | event & 0xffff_ffffL;
        while (at > 0 && before(time, entry, at - 1 >> 1)) {
            times[at] = times[at - 1 >> 1];
            events[at] = events[at - 1 >> 1];
            at = at - 1 >> 1;
        }
        times[at] = time;
        events[at] = entry;
    }

    /** Takes the next event. */
    int take() {
        final int event = (int) events[0];
        final double time = times[--size];
        final long entry = events[size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && before(times[child + 1], events[child + 1], child)) {
                child++;
            }
            if (before(time, entry, child)) {
                break;
            }
            times[at] = times[child];
            events[at] = events[child];
            at = child;
        }
        times[at] = time;
        events[at] = entry;
        return event;
    }

    /** The order counts on modulo 2^32: compared by difference. */
    private boolean before(final double time, final long entry, final int at) {
        return time < times[at] || time == times[at] && (int) (entry >> Integer.SIZE) - (int) (events[at] >> Integer.SIZE) < 0;
    }
}
