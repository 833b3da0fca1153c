package org.qfpsim.sim.scenario;

import java.util.function.ToLongFunction;
import org.qfpsim.sim.net.LinkCounters;
import org.qfpsim.sim.net.LossCause;

/** What can be expected of a link. */
enum LinkMeasure {
    /** Frames put on it. */
    SENT("sent", LinkCounters::sent),
    /** Frames that arrived. */
    DELIVERED("delivered", LinkCounters::delivered),
    /** Frames that did not. */
    LOST("lost", LinkCounters::lost),
    /** Frames that did not because they were too large. */
    OVERSIZE("oversize", counters -> counters.lost(LossCause.MTU)),
    /** Frames that did not because it was down. */
    DOWN("down", counters -> counters.lost(LossCause.DOWN)),
    /** Frames that it made from others. */
    DUPLICATED("duplicated", LinkCounters::duplicated),
    /** Frames that it damaged. */
    CORRUPTED("corrupted", LinkCounters::corrupted);

    private final String token;
    private final ToLongFunction<LinkCounters> reading;

    LinkMeasure(final String token, final ToLongFunction<LinkCounters> reading) {
        this.token = token;
        this.reading = reading;
    }

    String token() {
        return token;
    }

    long read(final LinkCounters counters) {
        return reading.applyAsLong(counters);
    }
}
