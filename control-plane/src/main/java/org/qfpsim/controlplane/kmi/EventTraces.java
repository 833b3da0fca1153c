package org.qfpsim.controlplane.kmi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.qfpsim.controlplane.time.Timers;

/** The last events of a control plane, a bounded ring for each source. One thread. */
public final class EventTraces {
    /** Events of a source that are kept; the oldest goes first. */
    public static final int ROOM = 512;

    private final Timers timers;
    private final Map<Source, Deque<Event>> rings = new EnumMap<>(Source.class);
    private final Map<Source, Long> shown = new EnumMap<>(Source.class);
    private long number;

    /** Whose events. */
    public enum Source {
        /** {@code ipsec event}. */
        IPSEC,
        /** {@code ikev2 event}. */
        IKEV2,
        /** {@code isakmp}. */
        ISAKMP
    }

    /**
     * An event.
     *
     * @param number counts all events of the router.
     * @param nanos  when, on the timers' clock.
     * @param line   puts its line together, of values that do not change: few events are ever read.
     */
    public record Event(long number, long nanos, Supplier<String> line) {
        /** One line. */
        public String text() {
            return line.get();
        }
    }

    /**
     * Without events.
     *
     * @param timers the control plane's clock.
     */
    public EventTraces(final Timers timers) {
        this.timers = timers;
        for (final Source source : Source.values()) {
            rings.put(source, new ArrayDeque<>());
        }
    }

    private Deque<Event> ring(final Source source) {
        return Objects.requireNonNull(rings.get(source));
    }

    void add(final Source source, final Supplier<String> line) {
        final Deque<Event> ring = ring(source);
        ring.addLast(new Event(++number, timers.nanos(), line));
        if (ring.size() > ROOM) {
            ring.removeFirst();
        }
    }

    /** The source of a version of IKE. */
    static Source ike(final int version) {
        return version == 2 ? Source.IKEV2 : Source.ISAKMP;
    }

    /** Adds an event of IKE; the two versions word theirs differently. */
    void ike(final int version, final Supplier<String> first, final Supplier<String> second) {
        add(ike(version), version == 2 ? second : first);
    }

    /**
     * The newest, for somebody who only watches: {@link #read} shows them all the same.
     *
     * @param source whose events.
     * @param most   how many.
     * @return the oldest first.
     */
    public List<Event> last(final Source source, final int most) {
        final Deque<Event> ring = ring(source);
        return ring.stream().skip(Math.max(0, ring.size() - most)).toList();
    }

    /**
     * What is kept.
     *
     * @param source whose events.
     * @param latest only those that came after the last call for this source.
     * @return the oldest first.
     */
    public List<Event> read(final Source source, final boolean latest) {
        final long after = latest ? shown.getOrDefault(source, 0L) : 0;
        shown.put(source, number);
        return ring(source).stream().filter(event -> event.number() > after).toList();
    }
}
