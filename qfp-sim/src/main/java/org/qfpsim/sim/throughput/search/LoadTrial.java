package org.qfpsim.sim.throughput.search;

/**
 * What the search knows of a trial.
 *
 * @param load      packets a second that were meant to be offered.
 * @param seconds   how long (effective duration).
 * @param lossRatio share that was lost, 0 to 1.
 */
public record LoadTrial(double load, double seconds, double lossRatio) {
}
