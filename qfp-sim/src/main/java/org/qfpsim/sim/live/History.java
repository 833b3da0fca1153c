package org.qfpsim.sim.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.live.CounterLook;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.live.RouterLook.Event;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.drop.EngineToken;

/** The last looks at one router, and what they come to. Any thread; bounded in points and events. */
public final class History {
    /** Points that are kept. */
    public static final int MAX_POINTS = 600;
    /** Events that are kept. */
    public static final int MAX_EVENTS = 500;
    private static final double SECOND = 1e9;
    private static final CounterLook ZERO = new CounterLook(Map.of(), List.of(), Map.of(), Map.of(), CostLook.NOTHING);

    private final Deque<Point> points = new ArrayDeque<>();
    private final Deque<Event> events = new ArrayDeque<>();
    private @Nullable RouterLook last;
    private boolean up;
    private long number;
    private long lastLogged;
    private long lastTraced;

    /**
     * The router is down, or its process has gone; what was seen of it stays.
     */
    public synchronized void down() {
        up = false;
    }

    /**
     * Takes the next look.
     *
     * @param look at the same router.
     */
    public synchronized void add(final RouterLook look) {
        final RouterLook before = last;
        up = true;
        if (before != null && before.startedNanos() == look.startedNanos() && before.process() == look.process()) {
            if (look.nanos() <= before.nanos()) {
                return;
            }
            point(before, look);
        } else if (before != null) {
            // Another start: counters and numbers of events have begun again.
            lastLogged = 0;
            lastTraced = 0;
            if (look.nanos() > look.startedNanos()) {
                point(new RouterLook(look.name(), look.platform(), look.release(), look.process(), look.startedNanos(),
                    look.startedNanos(), "", ZERO, List.of(), null, List.of(), 0, List.of(), 0), look);
            }
        }
        last = look;
        look.events().forEach(this::event);
    }

    private void point(final RouterLook before, final RouterLook look) {
        points.addLast(Point.between(++number, before, look));
        if (points.size() > MAX_POINTS) {
            points.removeFirst();
        }
    }

    private void event(final Event event) {
        final boolean log = event.kind() == RouterLook.Kind.SYSLOG;
        if (event.number() <= (log ? lastLogged : lastTraced)) {
            return;
        }
        if (log) {
            lastLogged = event.number();
        } else {
            lastTraced = event.number();
        }
        final Event before = last(event.kind());
        if (before != null && event.repeats(before)) {
            events.removeLastOccurrence(before);
            events.addLast(event.since(before));
        } else {
            events.addLast(event);
        }
        if (events.size() > MAX_EVENTS) {
            events.removeFirst();
        }
    }

    private @Nullable Event last(final RouterLook.Kind kind) {
        for (final Event event : events.reversed()) {
            if (event.kind() == kind) {
                return event;
            }
        }
        return null;
    }

    /** Whether the router answered the last time. */
    public synchronized boolean up() {
        return up;
    }

    /** The last look; null before the first. */
    public synchronized @Nullable RouterLook last() {
        return last;
    }

    /**
     * What is kept of what happened.
     *
     * @param after a point's number.
     * @return the points behind it, the oldest first.
     */
    public synchronized List<Point> points(final long after) {
        return points.stream().filter(point -> point.number() > after).toList();
    }

    /** The last point; null as long as there are not two looks. */
    public synchronized @Nullable Point now() {
        return points.peekLast();
    }

    /** Number of the last point; 0 before the first. */
    public synchronized long lastNumber() {
        return number;
    }

    /** Events that are kept, the oldest first. */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** Every reason that packets were ever lost for, what loses most now first. */
    public synchronized List<DropRow> drops() {
        final RouterLook look = last;
        if (look == null) {
            return List.of();
        }
        final Map<String, Double> global = points.isEmpty() ? Map.of() : points.getLast().drops();
        final Map<String, Double> ipsec = points.isEmpty() ? Map.of() : points.getLast().ipsec();
        final EngineToken token = PlatformProfile.parse(look.platform()).token();
        final List<DropRow> rows = new ArrayList<>();
        look.counters().global().forEach((id, count) -> {
            final String name = Point.globalName(id);
            rows.add(new DropRow(name, count.packets(), global.getOrDefault(name, 0.0), false));
        });
        look.counters().ipsec().forEach((id, packets) -> {
            final String name = Point.ipsecName(id, token);
            rows.add(new DropRow(name, packets, ipsec.getOrDefault(name, 0.0), true));
        });
        rows.sort(Comparator.comparing(DropRow::ipsec).thenComparing(Comparator.comparingDouble(DropRow::rate).reversed())
            .thenComparing(Comparator.comparingLong(DropRow::packets).reversed()));
        return rows;
    }

    /**
     * How a value went, in equal parts of time up to the last look.
     *
     * @param value  of a point.
     * @param parts  how many.
     * @param window of all of them, in nanoseconds.
     * @return averages, the oldest first; not a number where nothing is known.
     */
    public synchronized double[] series(final ToDoubleFunction<Point> value, final int parts, final long window) {
        final double[] sums = new double[parts];
        final double[] weights = new double[parts];
        final double width = (double) window / parts;
        final double begin = points.isEmpty() ? 0 : points.getLast().nanos() - (double) window;
        for (final Point point : points) {
            final double from = point.nanos() - point.seconds() * SECOND - begin;
            final double to = point.nanos() - begin;
            for (int part = (int) Math.max(0, from / width); part < parts && part * width < to; part++) {
                final double overlap = Math.min(to, (part + 1) * width) - Math.max(from, part * width);
                if (overlap > 0) {
                    sums[part] += overlap * value.applyAsDouble(point);
                    weights[part] += overlap;
                }
            }
        }
        final double[] averages = new double[parts];
        Arrays.setAll(averages, part -> weights[part] == 0 ? Double.NaN : sums[part] / weights[part]);
        return averages;
    }
}
