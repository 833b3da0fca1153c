package org.qfpsim.controlplane.ike.v1;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The exchanges after phase 1 under one ISAKMP SA, open ones and those that are over and would answer a duplicate; bounded. */
final class Exchanges {
    /** Message ids that are remembered against replay. */
    private static final int REMEMBERED = 256;
    private static final int KEPT = 64;

    private final Map<Integer, Exchange> kept = new LinkedHashMap<>();
    private final Set<Integer> used = new LinkedHashSet<>();

    /** The exchange of a message id, or null. */
    @Nullable Exchange get(final int messageId) {
        return kept.get(messageId);
    }

    List<Exchange> all() {
        return List.copyOf(kept.values());
    }

    /** Whether a message id was there before: a replay. */
    boolean repeated(final int messageId) {
        return used.contains(messageId);
    }

    /** Takes a message id for good. */
    void claim(final int messageId) {
        used.add(messageId);
        if (used.size() > REMEMBERED) {
            used.remove(used.iterator().next());
        }
    }

    /** Whether one more can be kept; the oldest one that is over makes room for it. */
    boolean hasRoom() {
        if (kept.size() >= KEPT) {
            kept.values().stream().filter(Exchange::done).findFirst().ifPresent(kept.values()::remove);
        }
        return kept.size() < KEPT;
    }

    /** Keeps one. Those of our own are not so many that they would be refused. */
    void open(final int messageId, final Exchange exchange) {
        hasRoom();
        kept.put(messageId, exchange);
    }

    void remove(final int messageId, final Exchange exchange) {
        kept.remove(messageId, exchange);
    }

    void clear() {
        kept.clear();
    }
}
