package org.qfpsim.sim.throughput.load;

import java.util.ArrayList;
import java.util.List;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.Net;

/**
 * What is sent.
 *
 * @param sizes  lengths.
 * @param mix    kinds.
 * @param suite  algorithms of all SAs.
 * @param sas    SAs, each from a peer of its own, taken in turn.
 * @param window replay window of the router, 0 for none: then frames are sent again and again and need not be encrypted anew.
 * @param esn    extended sequence numbers.
 * @param natT   ESP in UDP (RFC 3948).
 * @param mtu    octets of the largest tunnel packet.
 * @param seed   of keys, contents and kinds.
 * @param bursts how frames are spread over time.
 */
public record TrafficSpec(Sizes sizes, Mix mix, EspSuite suite, int sas, int window, boolean esn, boolean natT, int mtu, long seed,
                          Bursts bursts) {
    /** The port of ESP in UDP. */
    public static final int NAT_T_PORT = 4500;

    private static final int USUAL_WINDOW = 64;

    /**
     * Evenly spaced frames, ESP in IP.
     *
     * @param sizes  lengths.
     * @param mix    kinds.
     * @param suite  algorithms of all SAs.
     * @param sas    SAs.
     * @param window replay window.
     * @param esn    extended sequence numbers.
     * @param mtu    octets of the largest tunnel packet.
     * @param seed   of keys, contents and kinds.
     */
    public TrafficSpec(final Sizes sizes, final Mix mix, final EspSuite suite, final int sas, final int window, final boolean esn,
                       final int mtu, final long seed) {
        this(sizes, mix, suite, sas, window, esn, false, mtu, seed, Bursts.NONE);
    }

    /** What the SAs have that others do not, in a word. */
    public String features() {
        final List<String> features = new ArrayList<>();
        if (esn) {
            features.add("esn");
        }
        if (window != USUAL_WINDOW) {
            features.add(window == 0 ? "replay-off" : "window-" + window);
        }
        if (natT) {
            features.add("nat-t");
        }
        return features.isEmpty() ? "none" : String.join("+", features);
    }

    /**
     * Octets of the largest clear packet.
     *
     * @param mtu   octets of the tunnel packet.
     * @param suite algorithms.
     * @param natT  ESP in UDP.
     * @return octets.
     */
    public static int clearMtu(final int mtu, final EspSuite suite, final boolean natT) {
        final int room = mtu - Net.IPV4_HEADER_BYTES - (natT ? Net.UDP_HEADER_BYTES : 0) - EspSuite.ESP_HEADER_BYTES - suite.ivBytes()
            - suite.icvBytes();
        return (room & -suite.blockBytes()) - EspSuite.ESP_TRAILER_BYTES;
    }
}
