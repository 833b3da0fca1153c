package org.qfpsim.controlplane.recovery;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lets a number of events through within any minute. */
final class MinuteLimit {
    static final long MINUTE = 60_000_000_000L;

    private final Deque<Long> passed = new ArrayDeque<>();

    boolean tryPass(final long now, final int limit) {
        while (!passed.isEmpty() && now - passed.peekFirst() >= MINUTE) {
            passed.removeFirst();
        }
        if (passed.size() >= limit) {
            return false;
        }
        passed.addLast(now);
        return true;
    }
}
