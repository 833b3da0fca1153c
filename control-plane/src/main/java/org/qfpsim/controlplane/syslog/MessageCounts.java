package org.qfpsim.controlplane.syslog;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each message was taken since the router started, debug lines aside. */
public final class MessageCounts {
    private final SortedMap<Name, Count> counts = new TreeMap<>();

    MessageCounts() {
    }

    /**
     * What a message is called.
     *
     * @param facility such as {@code CRYPTO}.
     * @param mnemonic such as {@code RECVD_PKT_INV_SPI}.
     * @param severity how bad.
     */
    public record Name(String facility, String mnemonic, Severity severity) implements Comparable<Name> {
        @Override
        public int compareTo(final Name other) {
            return Comparator.comparing(Name::facility).thenComparing(Name::mnemonic).thenComparing(Name::severity).compare(this, other);
        }
    }

    /**
     * How often a message was taken.
     *
     * @param lines how often.
     * @param last  when it was taken last.
     */
    public record Count(long lines, Instant last) {
    }

    void add(final LogLine line) {
        if (!line.debug()) {
            counts.merge(new Name(line.facility(), line.mnemonic(), line.severity()), new Count(1, line.time()),
                (before, one) -> new Count(before.lines + 1, one.last));
        }
    }

    /** All of them, by facility. */
    public SortedMap<Name, Count> all() {
        return Collections.unmodifiableSortedMap(counts);
    }
}
