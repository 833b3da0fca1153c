package org.qfpsim.sim.live;

import java.util.Map;
import org.qfpsim.controlplane.live.CounterLook;
import org.qfpsim.datapath.counters.Total;

/**
 * Packets a second.
 *
 * @param received  that came in; of one engine: that it was given and that are decided.
 * @param forwarded that left.
 * @param dropped   that were lost.
 * @param punted    that went to the control plane.
 * @param consumed  that ended here: dummies, keepalives, fragments.
 */
public record Rates(double received, double forwarded, double dropped, double punted, double consumed) {
    /** Nothing at all. */
    static final Rates NONE = new Rates(0, 0, 0, 0, 0);

    /** Of the whole router. */
    static Rates of(final Map<String, Long> now, final Map<String, Long> before, final double seconds) {
        return new Rates(rate(now, before, Total.RECEIVED.label(), seconds), rate(now, before, Total.FORWARDED.label(), seconds),
            rate(now, before, CounterLook.DROPPED, seconds), rate(now, before, Total.PUNTED.label(), seconds),
            rate(now, before, Total.CONSUMED.label(), seconds));
    }

    /** Of one engine: which one got a packet is counted when it is decided. */
    static Rates ofEngine(final Map<String, Long> now, final Map<String, Long> before, final double seconds) {
        final Rates decided = of(now, before, seconds);
        return new Rates(decided.forwarded + decided.dropped + decided.punted + decided.consumed, decided.forwarded, decided.dropped,
            decided.punted, decided.consumed);
    }

    private static double rate(final Map<String, Long> now, final Map<String, Long> before, final String label, final double seconds) {
        return (now.getOrDefault(label, 0L) - before.getOrDefault(label, 0L)) / seconds;
    }
}
