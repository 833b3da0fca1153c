package org.qfpsim.controlplane.eem;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.syslog.LogLine;
import org.qfpsim.controlplane.time.Timers;

/**
 * The applets of one router: watches the log and the timers, and runs them. One thread.
 *
 * <p>Nothing that an applet does can make a storm: its own messages (facility HA_EM) start no applet, one applet has one run at a time and
 * few waiting, and a run starts a moment after what has caused it.
 */
public final class EventManager implements LogLine.Listener {
    /** Facility of the event manager's messages. */
    static final String FACILITY = "HA_EM";
    /** Runs of an applet that may wait for the one before. */
    static final int MAX_WAITING = 16;
    /** Runs that are remembered. */
    static final int MAX_HISTORY = 10;

    private static final long START_NANOS = 1_000_000L;

    private final Timers timers;
    private final EventLog log;
    private final CommandRunner runner;
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, Registered> applets = new LinkedHashMap<>();
    private final Deque<PastEvent> history = new ArrayDeque<>();
    private int jobs;

    /**
     * What has become of an applet's events.
     *
     * @param started     runs.
     * @param ratelimited events that came too soon after a start.
     * @param dropped     events that came while too many runs were waiting.
     */
    public record Counts(long started, long ratelimited, long dropped) {
    }

    /**
     * How long an applet has taken, nanoseconds.
     *
     * @param registered when it was registered.
     * @param ended      runs that are over.
     * @param total      their time together.
     * @param longest    the longest of them.
     */
    public record Times(long registered, long ended, long total, long longest) {
    }

    /**
     * A run that is over.
     *
     * @param job    its number, from 1.
     * @param failed whether it ended with an error.
     * @param nanos  when it was started.
     * @param type   of the event: {@code syslog}, {@code timer watchdog}, {@code timer countdown}, {@code none}.
     * @param applet its name.
     */
    public record PastEvent(int job, boolean failed, long nanos, String type, String applet) {
    }

    /** The last {@value #MAX_HISTORY} runs that are over, the oldest first. */
    public List<PastEvent> history() {
        return List.copyOf(history);
    }

    /**
     * Makes an event manager without applets; the log has to be told that it listens.
     *
     * @param timers of the router.
     * @param log    where messages go.
     * @param runner the router's command line.
     */
    public EventManager(final Timers timers, final EventLog log, final CommandRunner runner) {
        this.timers = timers;
        this.log = log;
        this.runner = runner;
    }

    /** An applet and what it is doing. */
    private final class Registered {
        private final Applet applet;
        private final Deque<Long> matches = new ArrayDeque<>();
        private final Deque<Variables> waiting = new ArrayDeque<>();
        private Timers.@Nullable Timer timer;
        private @Nullable AppletRun run;
        private boolean started;
        private long lastStart;
        private long runs;
        private long ratelimited;
        private long dropped;
        private long ended;
        private long totalNanos;
        private long longestNanos;
        private final long registered = timers.nanos();

        Registered(final Applet applet) {
            this.applet = applet;
        }

        void arm() {
            if (applet.event() instanceof Applet.Event.Timer(long nanos, boolean repeat)) {
                timer = timers.after(nanos, () -> {
                    trigger(type(), "");
                    if (repeat) {
                        arm();
                    }
                });
            }
        }

        void line(final LogLine line) {
            if (applet.event() instanceof final Applet.Event.Syslog syslog && syslog.pattern().find(line.message(), new int[1]) != null) {
                final long now = timers.nanos();
                matches.addLast(now);
                while (now - matches.getFirst() > syslog.periodNanos()) {
                    matches.removeFirst();
                }
                if (matches.size() >= syslog.occurs()) {
                    matches.clear();
                    trigger(type(), line.stamped());
                }
            }
        }

        private void trigger(final String type, final String message) {
            final long now = timers.nanos();
            if (started && now - lastStart < applet.limits().ratelimitNanos()) {
                ratelimited++;
            } else if (waiting.size() >= MAX_WAITING) {
                dropped++;
            } else {
                started = true;
                lastStart = now;
                waiting.addLast(variables(type, message));
                timers.after(START_NANOS, this::startWaiting);
            }
        }

        private void startWaiting() {
            if (run == null && !waiting.isEmpty() && applets.get(applet.name()) == this) {
                begin(waiting.removeFirst(), null);
            }
        }

        void begin(final Variables variables, final @Nullable Consumer<String> terminal) {
            runs++;
            final int job = ++jobs;
            final long from = timers.nanos();
            final AppletRun begun = new AppletRun(applet, timers, log, runner, variables, terminal, () -> {
                past(new PastEvent(job, run != null && run.failed(), from, type(), applet.name()));
                run = null;
                timers.after(START_NANOS, this::startWaiting);
            });
            run = begun;
            begun.start();
        }

        private String type() {
            return switch (applet.event()) {
                case Applet.Event.Syslog _ -> "syslog";
                case Applet.Event.Timer(long _, boolean repeat) -> "timer " + (repeat ? "watchdog" : "countdown");
                case Applet.Event.None _ -> "none";
            };
        }

        private void past(final PastEvent event) {
            final long nanos = timers.nanos() - event.nanos;
            ended++;
            totalNanos += nanos;
            longestNanos = Math.max(longestNanos, nanos);
            if (history.size() == MAX_HISTORY) {
                history.removeFirst();
            }
            history.addLast(event);
        }

        void end() {
            if (timer != null) {
                timer.cancel();
            }
            waiting.clear();
            if (run != null) {
                run.stop();
            }
        }
    }

    /**
     * Adds an applet, or replaces the one of its name.
     *
     * @param applet from the configuration.
     */
    public void register(final Applet applet) {
        unregister(applet.name());
        final Registered registered = new Registered(applet);
        applets.put(applet.name(), registered);
        registered.arm();
    }

    /**
     * Takes an applet out and ends its run.
     *
     * @param name of the applet.
     */
    public void unregister(final String name) {
        final Registered registered = applets.remove(name);
        if (registered != null) {
            registered.end();
        }
    }

    /**
     * {@code event manager environment NAME VALUE}.
     *
     * @param name  of the variable.
     * @param value its value in runs that start from now on.
     */
    public void environment(final String name, final String value) {
        environment.put(name, value);
    }

    /**
     * {@code event manager run NAME}: for applets whose event is {@code none}.
     *
     * @param name     of the applet.
     * @param terminal receives what {@code puts} prints.
     * @return why it was refused; empty if it was started.
     */
    public String run(final String name, final Consumer<String> terminal) {
        final Registered registered = applets.get(name);
        if (registered == null || !(registered.applet.event() instanceof Applet.Event.None)) {
            return "EEM policy " + name + " not registered with event none Event Detector\n";
        }
        if (registered.run != null) {
            return "EEM policy " + name + " is running already\n";
        }
        registered.begin(variables("none", ""), terminal);
        return "";
    }

    private Variables variables(final String type, final String message) {
        final Variables variables = new Variables(environment);
        variables.set("_event_type_string", type);
        variables.set("_event_pub_sec", String.valueOf(timers.nanos() / 1_000_000_000L));
        variables.set("_syslog_msg", message);
        return variables;
    }

    @Override
    public void line(final LogLine line) {
        if (!line.debug() && !line.facility().equals(FACILITY)) {
            applets.values().forEach(registered -> registered.line(line));
        }
    }

    /**
     * What has become of an applet's events.
     *
     * @param name of the applet.
     * @return zeros if there is none of that name.
     */
    public Counts counts(final String name) {
        final Registered registered = applets.get(name);
        return registered == null ? new Counts(0, 0, 0) : new Counts(registered.runs, registered.ratelimited, registered.dropped);
    }

    /**
     * How long an applet has taken.
     *
     * @param name of the applet.
     * @return zeros if there is none of that name.
     */
    public Times times(final String name) {
        final Registered of = applets.get(name);
        return of == null ? new Times(0, 0, 0, 0) : new Times(of.registered, of.ended, of.totalNanos, of.longestNanos);
    }
}
