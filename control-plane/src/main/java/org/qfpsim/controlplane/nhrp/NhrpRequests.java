package org.qfpsim.controlplane.nhrp;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What all requests of a router have in common: numbers from one counter, and the time between two attempts. */
final class NhrpRequests {
    /** Doublings of the second after which an attempt is repeated. */
    private static final int MAX_DOUBLINGS = 6;

    private int next;

    /** A number that no request had; from 0, as RFC 2332 section 5.2.0.1 recommends. */
    int number() {
        return next++;
    }

    /** How long to wait for an answer to an attempt, the first one being 0: 1, 2, 4, ... 64 s. */
    static long waitNanos(final int attempt) {
        return TimeUnit.SECONDS.toNanos(1L << Math.min(attempt, MAX_DOUBLINGS));
    }

    /** What is asked of those who pass a request on or answer it: to write down who they are. */
    static List<NhrpExtension> extensions() {
        return List.of(NhrpExtension.empty(NhrpExtension.RESPONDER), NhrpExtension.empty(NhrpExtension.FORWARD_RECORD),
            NhrpExtension.empty(NhrpExtension.REVERSE_RECORD));
    }
}
