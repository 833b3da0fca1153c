package org.qfpsim.sim.net;

/**
 * One end of a link.
 *
 * @param station        whose.
 * @param interfaceIndex at which of its interfaces.
 */
record LinkPort(Station station, int interfaceIndex) {
}
