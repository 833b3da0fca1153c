package org.qfpsim.controlplane.recovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Unknown SPIs that were seen last, in two bounded tables: a flood from strangers does not push out what peers send.
 */
final class SpiEntries {
    private static final int ROOM = 1024;

    private final LinkedHashMap<SpiKey, SpiEntry> peers = new LinkedHashMap<>(64, 0.75f, true);
    private final LinkedHashMap<SpiKey, SpiEntry> strangers = new LinkedHashMap<>(64, 0.75f, true);
    private long forgottenPackets;

    SpiEntry get(final SpiKey key, final boolean peer, final long now) {
        final Map<SpiKey, SpiEntry> table = peer ? peers : strangers;
        final @Nullable SpiEntry known = peers.get(key);
        if (known != null) {
            return known;
        }
        // A stranger that turns out to be a peer keeps its history.
        final @Nullable SpiEntry before = peer ? strangers.remove(key) : strangers.get(key);
        if (before != null && !peer) {
            return before;
        }
        final SpiEntry entry = before == null ? new SpiEntry(key, now) : before;
        table.put(key, entry);
        if (table.size() > ROOM) {
            final var eldest = table.entrySet().iterator();
            forgottenPackets += eldest.next().getValue().packets();
            eldest.remove();
        }
        return entry;
    }

    @Nullable SpiEntry find(final SpiKey key) {
        final SpiEntry entry = peers.get(key);
        return entry == null ? strangers.get(key) : entry;
    }

    /** Peers first, each table with what was seen last at its end. */
    List<SpiEntry> all() {
        final List<SpiEntry> all = new ArrayList<>(peers.values());
        all.addAll(strangers.values());
        return all;
    }

    /** Packets of entries that had to make room. */
    long forgottenPackets() {
        return forgottenPackets;
    }
}
