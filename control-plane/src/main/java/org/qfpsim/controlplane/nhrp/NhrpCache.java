package org.qfpsim.controlplane.nhrp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Next hops that are known or looked for, of all tunnels, each until its holding time is over (RFC 2332 section 5.2.0.1). Whoever changes
 * an entry calls {@link #publish}; what expires is published here.
 */
final class NhrpCache {
    /** Most entries. */
    static final int MAX_ENTRIES = 65_536;

    private final Timers timers;
    private final Runnable publisher;
    private final Map<NhrpEntry.Key, NhrpEntry> entries = new LinkedHashMap<>();

    NhrpCache(final Timers timers, final Runnable publisher) {
        this.timers = timers;
        this.publisher = publisher;
    }

    /** All of them, the oldest first. */
    Collection<NhrpEntry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    @Nullable NhrpEntry find(final int tunnel, final IpAddress protocol) {
        return entries.get(new NhrpEntry.Key(tunnel, protocol));
    }

    /** One that is known, or null. */
    @Nullable NhrpEntry known(final int tunnel, final IpAddress protocol) {
        final NhrpEntry entry = find(tunnel, protocol);
        return entry != null && entry.isKnown() ? entry : null;
    }

    /** The entry of an address, a new one if there is none yet; null if there is no room. */
    @Nullable NhrpEntry make(final int tunnel, final IpAddress protocol) {
        final NhrpEntry.Key key = new NhrpEntry.Key(tunnel, protocol);
        final NhrpEntry found = entries.get(key);
        if (found != null || entries.size() >= MAX_ENTRIES) {
            return found;
        }
        final NhrpEntry entry = new NhrpEntry(key, timers.nanos());
        entries.put(key, entry);
        return entry;
    }

    /** Keeps an entry for so long from now on. */
    void hold(final NhrpEntry entry, final long seconds) {
        entry.expiresNanos = timers.nanos() + TimeUnit.SECONDS.toNanos(seconds);
        cancel(entry.expiry);
        entry.expiry = timers.after(TimeUnit.SECONDS.toNanos(seconds), () -> {
            remove(entry);
            publish();
        });
    }


    /** Forgets an entry. */
    void remove(final NhrpEntry entry) {
        cancel(entry.expiry);
        cancel(entry.retry);
        entries.remove(entry.key, entry);
    }

    /** Forgets those of a tunnel. */
    void removeAll(final int tunnel) {
        final List<NhrpEntry> gone = new ArrayList<>(entries.values());
        gone.stream().filter(entry -> entry.key.tunnel() == tunnel).forEach(this::remove);
    }

    /** Whole seconds that an entry still holds, at least 1. */
    int remaining(final NhrpEntry entry) {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(entry.expiresNanos - timers.nanos()));
    }

    /** Tells the datapath. */
    void publish() {
        publisher.run();
    }

    static void cancel(final Timers.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
