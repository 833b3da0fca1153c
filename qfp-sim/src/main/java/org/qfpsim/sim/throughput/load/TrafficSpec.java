package org.qfpsim.sim.throughput.load;

import org.qfpsim.datapath.crypto.EspSuite;

/**
 * What is sent.
 *
 * @param sizes  lengths.
 * @param mix    kinds.
 * @param suite  algorithms of all SAs.
 * @param sas    SAs, each from a peer of its own, taken in turn.
 * @param window replay window of the router, 0 for none: then frames are sent again and again and need not be encrypted anew.
 * @param esn    extended sequence numbers.
 * @param mtu    octets of the largest tunnel packet.
 * @param seed   of keys, contents and kinds.
 */
public record TrafficSpec(Sizes sizes, Mix mix, EspSuite suite, int sas, int window, boolean esn, int mtu, long seed) {
}
