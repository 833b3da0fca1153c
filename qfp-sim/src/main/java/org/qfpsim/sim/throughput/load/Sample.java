package org.qfpsim.sim.throughput.load;

import java.util.Map;

/**
 * Counters in the middle of a trial, since its beginning.
 *
 * @param second    since the beginning.
 * @param offered   frames.
 * @param forwarded packets.
 * @param drops     by reason.
 */
public record Sample(double second, long offered, long forwarded, Map<String, Long> drops) {
}
