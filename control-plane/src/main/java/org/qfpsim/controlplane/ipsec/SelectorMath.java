package org.qfpsim.controlplane.ipsec;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Traffic selectors compared and cut (RFC 7296 section 2.9, RFC 2409 section 5.5). */
public final class SelectorMath {
    private SelectorMath() {
    }

    /**
     * What two selectors have in common.
     *
     * @param a one.
     * @param b the other.
     * @return the common part; empty if there is none.
     */
    public static Optional<TrafficSelector> intersect(final TrafficSelector a, final TrafficSelector b) {
        final IpPrefix source = narrower(a.source(), b.source());
        final IpPrefix destination = narrower(a.destination(), b.destination());
        final int sourceLow = Math.max(a.sourcePortLow(), b.sourcePortLow());
        final int sourceHigh = Math.min(a.sourcePortHigh(), b.sourcePortHigh());
        final int destinationLow = Math.max(a.destinationPortLow(), b.destinationPortLow());
        final int destinationHigh = Math.min(a.destinationPortHigh(), b.destinationPortHigh());
        final boolean protocols = a.protocol() == b.protocol() || a.protocol() == TrafficSelector.ANY_PROTOCOL
            || b.protocol() == TrafficSelector.ANY_PROTOCOL;
        if (source == null || destination == null || !protocols || sourceLow > sourceHigh || destinationLow > destinationHigh) {
            return Optional.empty();
        }
        final int protocol = a.protocol() == TrafficSelector.ANY_PROTOCOL ? b.protocol() : a.protocol();
        return Optional.of(new TrafficSelector(source, destination, protocol, sourceLow, sourceHigh, destinationLow, destinationHigh));
    }

    /**
     * The selector of the packets that come back.
     *
     * @param selector of one direction.
     * @return of the other.
     */
    public static TrafficSelector flip(final TrafficSelector selector) {
        return new TrafficSelector(selector.destination(), selector.source(), selector.protocol(), selector.destinationPortLow(),
            selector.destinationPortHigh(), selector.sourcePortLow(), selector.sourcePortHigh());
    }

    /**
     * The same protocol and ports between two hosts.
     *
     * @param selector    gives protocol and ports.
     * @param source      one host.
     * @param destination the other.
     * @return the selector.
     */
    public static TrafficSelector hosts(final TrafficSelector selector, final IpAddress source, final IpAddress destination) {
        return new TrafficSelector(new IpPrefix(source, source.bits()), new IpPrefix(destination, destination.bits()),
            selector.protocol(), selector.sourcePortLow(), selector.sourcePortHigh(), selector.destinationPortLow(),
            selector.destinationPortHigh());
    }

    private static @Nullable IpPrefix narrower(final IpPrefix a, final IpPrefix b) {
        if (a.address().v6() != b.address().v6()) {
            return null;
        }
        final IpPrefix longer = a.length() >= b.length() ? a : b;
        final IpPrefix shorter = a.length() >= b.length() ? b : a;
        return new IpPrefix(longer.address(), shorter.length()).equals(shorter) ? longer : null;
    }
}
