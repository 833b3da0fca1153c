package org.qfpsim.controlplane.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** What a router takes for the time of day: the time of its {@link Timers} after some instant. Owned by the timers' thread. */
public final class WallClock {
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private final Timers timers;
    private ZoneId zone;
    private Instant atZero;
    private boolean set;

    /**
     * Makes a clock.
     *
     * @param timers what moves it.
     * @param atZero what time it is at time 0 of the timers.
     * @param zone   of the router ({@code clock timezone}).
     * @param set    whether somebody has set it; otherwise system messages put an asterisk in front of it.
     */
    public WallClock(final Timers timers, final Instant atZero, final ZoneId zone, final boolean set) {
        this.timers = timers;
        this.atZero = atZero;
        this.zone = zone;
        this.set = set;
    }

    /** The time of day. */
    public Instant instant() {
        return atZero.plusNanos(timers.nanos());
    }

    /** The time of day in the router's zone. */
    public ZonedDateTime local() {
        return instant().atZone(zone);
    }

    /** The time of day, nanoseconds since 1970. */
    public long nanosSince1970() {
        final Instant now = instant();
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), NANOS_A_SECOND), now.getNano());
    }

    /** Time since time 0 of the timers, nanoseconds. */
    public long uptimeNanos() {
        return timers.nanos();
    }

    /** Whether somebody has set it. */
    public boolean isSet() {
        return set;
    }

    /**
     * The router is somewhere else ({@code clock timezone}).
     *
     * @param other its zone.
     */
    public void zone(final ZoneId other) {
        zone = other;
    }

    /**
     * Sets it ({@code clock set}, NTP).
     *
     * @param now what time it is now.
     */
    public void set(final Instant now) {
        atZero = now.minusNanos(timers.nanos());
        set = true;
    }
}
