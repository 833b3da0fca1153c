package org.qfpsim.controlplane.ike.v2;

import java.util.List;
import java.util.Optional;
import org.qfpsim.controlplane.ike.v2.wire.SelectorRange;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * Traffic selectors as IKE sends them, ranges of addresses, and as the datapath knows them, prefixes (RFC 7296 section 2.9).
 */
final class Selectors {
    private Selectors() {
    }

    /** The source's side of a selector. */
    static SelectorRange source(final TrafficSelector selector) {
        return range(selector.source(), selector.protocol(), selector.sourcePortLow(), selector.sourcePortHigh());
    }

    /** The destination's side of a selector. */
    static SelectorRange destination(final TrafficSelector selector) {
        return range(selector.destination(), selector.protocol(), selector.destinationPortLow(), selector.destinationPortHigh());
    }

    static SelectorRange range(final IpPrefix prefix, final int protocol, final int portLow, final int portHigh) {
        final IpAddress low = prefix.address();
        final IpAddress high = new IpAddress(low.v6(), low.high() | (low.v6() ? ~prefix.maskHigh() : 0),
            low.low() | ~prefix.maskLow() & (low.v6() ? -1L : 0xffff_ffffL));
        return new SelectorRange(protocol == TrafficSelector.ANY_PROTOCOL ? 0 : protocol, portLow, portHigh, low, high);
    }

    /**
     * The selector that two ranges make.
     *
     * @param source      of the source's side.
     * @param destination of the destination's side.
     * @return empty if the datapath cannot express just that: ranges that are no prefixes, OPAQUE, two protocols, two families.
     */
    static Optional<TrafficSelector> exact(final SelectorRange source, final SelectorRange destination) {
        final Optional<IpPrefix> from = prefix(source.low(), source.high());
        final Optional<IpPrefix> to = prefix(destination.low(), destination.high());
        final boolean protocols = source.protocol() == destination.protocol() || source.protocol() == 0 || destination.protocol() == 0;
        final boolean ports = source.portLow() <= source.portHigh() && destination.portLow() <= destination.portHigh();
        if (from.isEmpty() || to.isEmpty() || !protocols || !ports || source.low().v6() != destination.low().v6()) {
            return Optional.empty();
        }
        final int protocol = Math.max(source.protocol(), destination.protocol());
        return Optional.of(new TrafficSelector(from.get(), to.get(), protocol == 0 ? TrafficSelector.ANY_PROTOCOL : protocol,
            source.portLow(), source.portHigh(), destination.portLow(), destination.portHigh()));
    }

    /** Whether ranges are one and the same single address, as transport mode has them. */
    static boolean oneHost(final List<SelectorRange> ranges) {
        final IpAddress host = ranges.getFirst().low();
        return ranges.stream().allMatch(range -> range.low().equals(host) && range.high().equals(host));
    }

    /** The same protocols and ports at another address (section 2.23.1). */
    static List<SelectorRange> at(final IpAddress host, final List<SelectorRange> ranges) {
        return ranges.stream().map(range -> new SelectorRange(range.protocol(), range.portLow(), range.portHigh(), host, host)).toList();
    }

    private static Optional<IpPrefix> prefix(final IpAddress low, final IpAddress high) {
        final long differHigh = low.high() ^ high.high();
        final long differLow = low.low() ^ high.low();
        final int hostBits = differHigh == 0 ? Long.SIZE - Long.numberOfLeadingZeros(differLow)
            : 2 * Long.SIZE - Long.numberOfLeadingZeros(differHigh);
        final IpPrefix prefix = new IpPrefix(low, low.bits() - hostBits);
        final SelectorRange again = range(prefix, 0, 0, 0);
        return again.low().equals(low) && again.high().equals(high) ? Optional.of(prefix) : Optional.empty();
    }

    /** Whether an answer is no wider than what was proposed (section 2.9). */
    static boolean within(final TrafficSelector inner, final TrafficSelector outer) {
        return covers(outer.source(), inner.source()) && covers(outer.destination(), inner.destination())
            && (outer.protocol() == TrafficSelector.ANY_PROTOCOL || outer.protocol() == inner.protocol())
            && outer.sourcePortLow() <= inner.sourcePortLow() && inner.sourcePortHigh() <= outer.sourcePortHigh()
            && outer.destinationPortLow() <= inner.destinationPortLow() && inner.destinationPortHigh() <= outer.destinationPortHigh();
    }

    private static boolean covers(final IpPrefix outer, final IpPrefix inner) {
        return outer.address().v6() == inner.address().v6() && outer.length() <= inner.length()
            && new IpPrefix(inner.address(), outer.length()).equals(outer);
    }
}
