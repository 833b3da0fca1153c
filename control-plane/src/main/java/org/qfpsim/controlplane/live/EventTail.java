package org.qfpsim.controlplane.live;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.qfpsim.controlplane.kmi.EventTraces;
import org.qfpsim.controlplane.kmi.EventTraces.Source;
import org.qfpsim.controlplane.live.RouterLook.Event;
import org.qfpsim.controlplane.live.RouterLook.Kind;
import org.qfpsim.controlplane.syslog.LogLine;
import org.qfpsim.controlplane.syslog.Severity;
import org.qfpsim.controlplane.time.WallClock;

/** The last lines of the log, and the last events of IKE and IPsec put between them. The control thread's. */
final class EventTail implements LogLine.Listener {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    /** In one moment as they were counted, the log first. */
    private static final Comparator<Event> ORDER = Comparator.comparingLong(Event::lastNanos)
        .thenComparing(event -> event.kind() != Kind.SYSLOG)
        .thenComparingLong(Event::number);
    private static final int HALF = RouterLook.MAX_EVENTS / 2;
    private static final int MAX_TEXT = 500;

    private final Deque<Line> lines = new ArrayDeque<>();
    private final Map<Source, Deque<Event>> runs = new EnumMap<>(Source.class);
    private final WallClock clock;
    private final EventTraces traces;
    private long number;

    private record Line(long number, LogLine line) {
    }

    EventTail(final WallClock clock, final EventTraces traces) {
        this.clock = clock;
        this.traces = traces;
        for (final Source source : Source.values()) {
            runs.put(source, new ArrayDeque<>());
        }
    }

    @Override
    public void line(final LogLine line) {
        lines.addLast(new Line(++number, line));
        if (lines.size() > HALF) {
            lines.removeFirst();
        }
    }

    /** Half of {@link RouterLook#MAX_EVENTS} from the log, the other half from IKE and IPsec, the oldest first. */
    List<Event> last() {
        final ZoneId zone = clock.local().getZone();
        final List<Event> traced = new ArrayList<>();
        for (final Source source : Source.values()) {
            traced.addAll(runs(source, zone));
        }
        traced.sort(ORDER);
        final List<Event> all = new ArrayList<>(traced.subList(Math.max(0, traced.size() - HALF), traced.size()));
        for (final Line each : lines) {
            final String time = time(each.line.time(), zone);
            all.add(new Event(Kind.SYSLOG, each.number, each.line.nanos(), time, each.line.nanos(), time, each.line.severity().ordinal(),
                cut(each.line.message())));
        }
        all.sort(ORDER);
        return List.copyOf(all);
    }

    /** Reads what is new. What happens with every packet of a black hole is one event that goes on. */
    private Deque<Event> runs(final Source source, final ZoneId zone) {
        final Deque<Event> known = Objects.requireNonNull(runs.get(source));
        final long seen = known.isEmpty() ? 0 : known.getLast().number();
        for (final EventTraces.Event each : traces.last(source, EventTraces.ROOM)) {
            if (each.number() > seen) {
                final String time = time(instant(each.nanos()), zone);
                final Event next = new Event(source == Source.IPSEC ? Kind.IPSEC : Kind.IKE, each.number(), each.nanos(), time,
                    each.nanos(), time, Severity.INFORMATIONAL.ordinal(), cut(each.text()));
                final boolean again = !known.isEmpty() && next.repeats(known.getLast());
                known.addLast(again ? next.since(known.removeLast()) : next);
            }
        }
        while (known.size() > HALF) {
            known.removeFirst();
        }
        return known;
    }

    private Instant instant(final long nanos) {
        return clock.instant().minusNanos(clock.uptimeNanos() - nanos);
    }

    private static String time(final Instant instant, final ZoneId zone) {
        return TIME.format(instant.atZone(zone));
    }

    private static String cut(final String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
    }
}
