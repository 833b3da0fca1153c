package org.qfpsim.controlplane.config.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code event manager applet}; it is registered only when it has an event.
 *
 * @param name        its name.
 * @param description or null.
 * @param event       what starts it, or null.
 * @param actions     in the order in which they run: labels sorted as strings.
 */
public record EemApplet(String name, @Nullable String description, @Nullable Event event, List<EemAction> actions) {
    /** What starts an applet. */
    public sealed interface Event {
        /** Seconds that it may run, with a fraction; 20 unless set. */
        double maxrun();

        /** Seconds from one run to the next at least; 0 is no limit. */
        double ratelimit();
    }

    /** Seconds that an applet may run unless set. */
    public static final double DEFAULT_MAXRUN = 20;

    /**
     * {@code event syslog}.
     *
     * @param pattern   regular expression of the platform that a system message must have in it.
     * @param occurs    how often before it runs, 1 to 32.
     * @param period    seconds within which they must occur; 0: any.
     * @param maxrun    see {@link Event#maxrun}.
     * @param ratelimit see {@link Event#ratelimit}.
     */
    public record Syslog(String pattern, int occurs, double period, double maxrun, double ratelimit) implements Event {
    }

    /**
     * {@code event timer}.
     *
     * @param watchdog  whether it runs again and again; otherwise once ({@code countdown}).
     * @param seconds   until it runs.
     * @param maxrun    see {@link Event#maxrun}.
     * @param ratelimit see {@link Event#ratelimit}.
     */
    public record Timer(boolean watchdog, double seconds, double maxrun, double ratelimit) implements Event {
    }

    /**
     * {@code event none}: by {@code event manager run}.
     *
     * @param maxrun    see {@link Event#maxrun}.
     * @param ratelimit see {@link Event#ratelimit}.
     */
    public record None(double maxrun, double ratelimit) implements Event {
    }

    /** Copies the list. */
    public EemApplet {
        actions = List.copyOf(actions);
    }
}
