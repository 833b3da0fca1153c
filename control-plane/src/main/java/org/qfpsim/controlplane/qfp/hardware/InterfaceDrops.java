package org.qfpsim.controlplane.qfp.hardware;

/**
 * Drops of one interface.
 *
 * @param name     of the interface.
 * @param received packets that came in there and were lost.
 * @param sent     packets of which the way out there took no more.
 */
public record InterfaceDrops(String name, long received, long sent) {
}
