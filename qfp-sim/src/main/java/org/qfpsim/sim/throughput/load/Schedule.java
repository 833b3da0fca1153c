package org.qfpsim.sim.throughput.load;

/**
 * When each frame is due: bursts of frames one behind the other on the line, and between the bursts as much time as keeps the average.
 *
 * <pre>
 *   | 0 1 2 3 . . . . . . . . | 4 5 6 7 . . . . . . . . | 8 ...        bursts of 4
 *     ^ ^ nanosOnLine         ^ 4 * interval
 * </pre>
 * A line that is slower than the average has no gaps.
 */
public final class Schedule {
    private final double interval;
    private final int burst;
    private final double onLine;

    /**
     * A schedule.
     *
     * @param interval    nanoseconds between two frames on average.
     * @param burst       frames of a burst.
     * @param nanosOnLine of a frame.
     */
    Schedule(final double interval, final int burst, final double nanosOnLine) {
        this.interval = interval;
        this.burst = burst;
        onLine = Math.min(interval, nanosOnLine);
    }

    /**
     * When a frame is due.
     *
     * @param frame number, from 0.
     * @return nanoseconds since the beginning.
     */
    public double nanos(final long frame) {
        return burst == 1 ? frame * interval : frame / burst * burst * interval + frame % burst * onLine;
    }

    /**
     * The time that frames have on average.
     *
     * @param frames how many.
     * @return nanoseconds.
     */
    public double average(final long frames) {
        return frames * interval;
    }

    /**
     * How many frames are due.
     *
     * @param nanos since the beginning.
     * @return frames; the first is due at once.
     */
    long due(final long nanos) {
        if (burst == 1) {
            return (long) (nanos / interval) + 1;
        }
        final long bursts = (long) (nanos / (burst * interval));
        final double rest = nanos - bursts * burst * interval;
        return bursts * burst + Math.min(burst, (long) (rest / onLine) + 1);
    }
}
