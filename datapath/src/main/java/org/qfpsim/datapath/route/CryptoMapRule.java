package org.qfpsim.datapath.route;

import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * An entry of the access list of a crypto map on an interface; first match wins, in the order of {@link RoutedConfig#cryptoMap}.
 *
 * @param interfaceIndex the interface that the map is on.
 * @param flow           whose SAs protect the packets; {@link RoutedConfig#NO_FLOW} for {@link Action#DENY}.
 * @param selector       as a packet leaves: our side is the source. A clear packet that comes in the other way round is refused.
 * @param action         what becomes of such packets.
 */
public record CryptoMapRule(int interfaceIndex, int flow, TrafficSelector selector, Action action) {
    /** What an entry asks for. */
    public enum Action {
        /** {@code permit}: packets need an SA, out and in. */
        PROTECT,
        /** {@code deny}: packets pass in clear. */
        DENY
    }

    /** Checks what belongs together. */
    public CryptoMapRule {
        if (action == Action.PROTECT && (flow < 0 || flow > RoutedConfig.MAX_FLOW)) {
            throw new IllegalArgumentException("crypto map rule " + selector + ": flow " + flow + " is not within 0 to "
                + RoutedConfig.MAX_FLOW);
        }
    }
}
