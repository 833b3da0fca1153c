package org.qfpsim.datapath.trace;

import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpPrefix;

/**
 * Which packets are traced.
 *
 * @param interfaceIndex an interface, or {@link #ANY_INTERFACE}.
 * @param prefix         source or destination, or null for every packet, IP or not.
 * @param direction      where it is looked at.
 */
public record Condition(int interfaceIndex, @Nullable IpPrefix prefix, Direction direction) {
    /** Every interface. */
    public static final int ANY_INTERFACE = -1;
}
