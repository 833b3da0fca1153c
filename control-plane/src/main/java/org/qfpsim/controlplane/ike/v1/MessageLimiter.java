package org.qfpsim.controlplane.ike.v1;

import java.util.LinkedHashMap;
import java.util.Map;
import org.qfpsim.controlplane.time.Timers;

/** Keeps system messages that a stranger can cause rare: one a minute for each subject, ten a minute in all, in bounded memory. */
final class MessageLimiter {
    private static final long MINUTE = 60_000_000_000L;
    private static final int SUBJECTS = 64;
    private static final int A_MINUTE = 10;

    private final Timers timers;
    private final Map<String, Long> said = new LinkedHashMap<>();
    private long window;
    private int inWindow;

    MessageLimiter(final Timers timers) {
        this.timers = timers;
    }

    /**
     * Asks whether to say something.
     *
     * @param subject what it is about.
     * @return true if so; then it counts as said.
     */
    boolean allows(final String subject) {
        final long now = timers.nanos();
        if (now - window >= MINUTE) {
            window = now;
            inWindow = 0;
        }
        final Long last = said.get(subject);
        if (inWindow == A_MINUTE || last != null && now - last < MINUTE) {
            return false;
        }
        inWindow++;
        said.remove(subject);
        said.put(subject, now);
        if (said.size() > SUBJECTS) {
            said.remove(said.keySet().iterator().next());
        }
        return true;
    }
}
