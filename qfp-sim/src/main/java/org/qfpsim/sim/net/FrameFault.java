package org.qfpsim.sim.net;

/**
 * Something that happens to the next few frames of a kind, and to no others: no dice. Counts a frame of every sender once, before it is
 * known how many ports it goes to. Used by its link only.
 */
public final class FrameFault {
    private final Plan plan;
    private final int port;
    private final Runnable struck;
    private int passed;
    private int hit;

    /** What happens to a frame. */
    public enum Fate {
        /** It is lost. */
        DROP("dropped"),
        /** It arrives so much later; those behind it overtake it. */
        HOLD("held back"),
        /** It arrives, and once more so much later. */
        DUPLICATE("doubled");

        private final String done;

        Fate(final String done) {
            this.done = done;
        }

        /** In words: the frame is ... */
        public String done() {
            return done;
        }
    }

    /**
     * What happens to which frames.
     *
     * @param filter which kind.
     * @param skip   how many of them pass first, 0 or more.
     * @param frames to how many it happens then, 1 or more.
     * @param fate   what.
     * @param nanos  how much later, for {@link Fate#HOLD} and {@link Fate#DUPLICATE}; 0 or more.
     */
    public record Plan(FrameFilter filter, int skip, int frames, Fate fate, long nanos) {
        private static final long MAX_NANOS = 3_600_000_000_000L;
        private static final int MAX_FRAMES = 1_000_000;

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException naming what is out of range.
         */
        public Plan {
            if (skip < 0 || skip > MAX_FRAMES) {
                throw new IllegalArgumentException("skip " + skip + " is not within 0 to " + MAX_FRAMES);
            }
            if (frames < 1 || frames > MAX_FRAMES) {
                throw new IllegalArgumentException("frames " + frames + " is not within 1 to " + MAX_FRAMES);
            }
            if (nanos < 0 || nanos > MAX_NANOS) {
                throw new IllegalArgumentException("a frame is held for at most an hour");
            }
        }
    }

    /**
     * One that has not struck yet.
     *
     * @param plan   what happens to which frames.
     * @param port   the sender's port; -1 for all.
     * @param struck called each time it strikes.
     */
    public FrameFault(final Plan plan, final int port, final Runnable struck) {
        this.plan = plan;
        this.port = port;
        this.struck = struck;
    }

    /** Whether a frame is one of those; counts it if it is. */
    boolean strikes(final int from, final byte[] frame) {
        if (isOver() || port >= 0 && port != from || !plan.filter().matches(frame)) {
            return false;
        }
        if (passed < plan.skip()) {
            passed++;
            return false;
        }
        hit++;
        struck.run();
        return true;
    }

    /** What it waits for. */
    public Plan plan() {
        return plan;
    }

    /** How many frames it still waits for. */
    public int waiting() {
        return plan.frames() - hit;
    }

    /** Whether it has struck as often as it should. */
    boolean isOver() {
        return waiting() == 0;
    }
}
