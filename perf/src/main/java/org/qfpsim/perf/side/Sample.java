package org.qfpsim.perf.side;

/**
 * What the passes of one slice took, nanoseconds a packet.
 *
 * @param mean of all.
 * @param best of the fastest one: noise of a machine only ever adds.
 */
public record Sample(double mean, double best) {
}
