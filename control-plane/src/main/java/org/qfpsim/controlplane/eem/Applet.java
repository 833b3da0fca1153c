package org.qfpsim.controlplane.eem;

import java.util.List;

/**
 * An {@code event manager applet}.
 *
 * @param name    its name.
 * @param event   what starts it.
 * @param limits  how often and how long it may run.
 * @param program what it does.
 */
public record Applet(String name, Event event, Limits limits, List<Instruction> program) {
    /** Copies the list. */
    public Applet {
        program = List.copyOf(program);
    }

    /** What starts an applet. */
    public sealed interface Event {
        /**
         * A line of the log.
         *
         * @param pattern     in the line without its time stamp.
         * @param occurs      lines that it takes, 1 to 32.
         * @param periodNanos within which they must come; {@link Long#MAX_VALUE} if it does not matter.
         */
        record Syslog(BoundedRegex pattern, int occurs, long periodNanos) implements Event {
        }

        /**
         * The end of a timer.
         *
         * @param nanos  how long it takes.
         * @param repeat whether it starts again ({@code watchdog}); otherwise it runs once ({@code countdown}).
         */
        record Timer(long nanos, boolean repeat) implements Event {
        }

        /** {@code event manager run NAME} only. */
        record None() implements Event {
        }
    }

    /**
     * How often and how long an applet may run.
     *
     * @param maxrunNanos    after that a run ends, done or not.
     * @param ratelimitNanos between two starts; 0 means no limit.
     */
    public record Limits(long maxrunNanos, long ratelimitNanos) {
    }
}
