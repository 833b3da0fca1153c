package org.qfpsim.controlplane.recovery;

import org.jspecify.annotations.Nullable;

/** Packets of one source, destination and SPI, and what was decided about them. Written by the recovery only. */
public final class SpiEntry {
    private final SpiKey key;
    private final long firstNanos;
    private long lastNanos;
    private long packets;
    private long lines;
    private @Nullable Decision decision;
    private String reason = "";

    SpiEntry(final SpiKey key, final long now) {
        this.key = key;
        firstNanos = now;
        lastNanos = now;
    }

    /** Who and which SPI. */
    public SpiKey key() {
        return key;
    }

    /** When the first packet was told of. */
    public long firstNanos() {
        return firstNanos;
    }

    /** When the last packet was told of. */
    public long lastNanos() {
        return lastNanos;
    }

    /** How many packets. */
    public long packets() {
        return packets;
    }

    /** How many system messages were written about it. */
    public long lines() {
        return lines;
    }

    /** The last decision; null before the first. */
    public @Nullable Decision decision() {
        return decision;
    }

    /** Its reason. */
    public String reason() {
        return reason;
    }

    void seen(final long count, final long now) {
        packets += count;
        lastNanos = now;
    }

    void line() {
        lines++;
    }

    /** True if it differs from the last one. */
    boolean decided(final Decision next, final String why) {
        final boolean other = decision != next || !reason.equals(why);
        decision = next;
        reason = why;
        return other;
    }
}
