package org.qfpsim.sim.scenario;

/**
 * What must be so.
 *
 * @param text       what is looked at, for people: {@code r1 counter IpsecInput}.
 * @param group      expectations of one place in the file have one number; they are shown together.
 * @param atNanos    when it is looked at.
 * @param subject    what is looked at.
 * @param range      what is accepted.
 */
record Expectation(String text, int group, long atNanos, Subject subject, Range range) {
    /** What is looked at. */
    sealed interface Subject {
    }

    /** A counter of a node. */
    record Counter(String node, String counter) implements Subject {
    }

    /** Lines in a node's log that have a text, from one time to another. */
    record LogLines(String node, String text, long fromNanos, long untilNanos) implements Subject {
    }

    /** Whether the output of a command has a text: 1 or 0. */
    record Output(String node, String command, String text) implements Subject {
    }

    /** A measure of a stream. */
    record OfStream(String stream, StreamMeasure measure) implements Subject {
    }

    /** A measure of a link. */
    record OfLink(String link, LinkMeasure measure) implements Subject {
    }

    /**
     * Accepted values.
     *
     * @param min   the least.
     * @param max   the most.
     * @param slack how far outside is accepted as well when the clock is a real one; {@link #BY_RULE}: as {@link Tolerance} says.
     * @param time  whether they are nanoseconds.
     */
    record Range(long min, long max, long slack, boolean time) {
        /** No slack is given. */
        static final long BY_RULE = -1;

        boolean accepts(final long value, final long more) {
            return value >= min - more && value - more <= max;
        }

        String text() {
            if (min == max) {
                return shown(min);
            }
            if (max == Long.MAX_VALUE) {
                return shown(min) + " or more";
            }
            return min == 0 ? "up to " + shown(max) : shown(min) + " to " + shown(max);
        }

        String shown(final long value) {
            return time ? Story.seconds(value) + " s" : String.valueOf(value);
        }
    }
}
