package org.qfpsim.sim.scenario;

import java.util.function.ToLongFunction;
import org.qfpsim.sim.net.host.StreamMeter;

/** What can be expected of a stream. */
enum StreamMeasure {
    /** Packets sent. */
    SENT("sent", StreamMeter::sent),
    /** Packets that arrived, duplicates too. */
    RECEIVED("received", StreamMeter::received),
    /** Packets that never arrived. */
    LOST("lost", StreamMeter::lost),
    /** Packets that came again. */
    DUPLICATES("duplicates", StreamMeter::duplicates),
    /** Packets that came after a later one. */
    REORDERED("reordered", StreamMeter::reordered),
    /** Packets whose content was not what was sent. */
    DAMAGED("damaged", StreamMeter::damaged),
    /** How long the longest gap was. */
    OUTAGE("outage", meter -> meter.longestOutage().nanos()),
    /** When the first packet that never arrived was sent. */
    FIRST_LOST("first-lost", meter -> meter.outages(1).isEmpty() ? -1 : meter.outages(1).getFirst().fromNanos());

    private final String token;
    private final ToLongFunction<StreamMeter> reading;

    StreamMeasure(final String token, final ToLongFunction<StreamMeter> reading) {
        this.token = token;
        this.reading = reading;
    }

    String token() {
        return token;
    }

    long read(final StreamMeter meter) {
        return reading.applyAsLong(meter);
    }

    boolean isTime() {
        return this == OUTAGE || this == FIRST_LOST;
    }
}
