package org.qfpsim.sim.live;

/**
 * A reason why packets are lost.
 *
 * @param name    as the platform prints it; in front of an IPsec type is its number.
 * @param packets since the router's start.
 * @param rate    packets a second, now.
 * @param ipsec   one of the IPsec feature's types, which its global drop counts too; otherwise a global drop.
 */
public record DropRow(String name, long packets, double rate, boolean ipsec) {
}
