package org.qfpsim.controlplane.ike.v2;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.v2.wire.SelectorRange;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * How a responder narrows what a peer proposes (RFC 7296 section 2.9). The datapath knows prefixes, so a range that is none is cut into the
 * prefixes that it consists of, and a pair of SAs gets one of them:
 * <ol>
 *   <li>the widest that contains what the initiator has named first, which may be the packet that it all began with;
 *   <li>that first choice alone, if only this is acceptable;
 *   <li>otherwise the widest that is acceptable.
 * </ol>
 */
final class Narrowing {
    /** Prefixes of one side that are looked at, the widest first; a peer may send many ranges. */
    private static final int MAX_PREFIXES = 64;
    /** Pairs that are tried. */
    private static final int MAX_PAIRS = 64;

    private final List<TrafficSelector> candidates;
    private final Optional<TrafficSelector> first;

    /**
     * What may be answered.
     *
     * @param sources      the ranges of our side.
     * @param destinations the ranges of the peer's side.
     */
    Narrowing(final List<SelectorRange> sources, final List<SelectorRange> destinations) {
        first = Selectors.exact(sources.getFirst(), destinations.getFirst());
        final List<SelectorRange> from = pieces(sources);
        final List<SelectorRange> to = pieces(destinations);
        candidates = new ArrayList<>();
        for (final SelectorRange source : from) {
            for (final SelectorRange destination : to) {
                Selectors.exact(source, destination).ifPresent(candidates::add);
            }
        }
        candidates.sort(Comparator.comparing((TrafficSelector each) -> !containsFirst(each)).thenComparing(Narrowing::hostBits,
            Comparator.reverseOrder()));
    }

    private boolean containsFirst(final TrafficSelector candidate) {
        return first.isPresent() && Selectors.within(first.get(), candidate);
    }

    private static int hostBits(final TrafficSelector selector) {
        return selector.source().address().bits() - selector.source().length() + selector.destination().address().bits()
            - selector.destination().length();
    }

    /**
     * Finds what is agreed.
     *
     * @param acceptable gives the policy for a selector, its own selector no wider than that; empty if there is none.
     * @return the policy; empty: TS_UNACCEPTABLE.
     */
    Optional<ChildPolicy> agree(final Function<TrafficSelector, Optional<ChildPolicy>> acceptable) {
        final List<TrafficSelector> tried = candidates.subList(0, Math.min(MAX_PAIRS, candidates.size()));
        Optional<ChildPolicy> without = Optional.empty();
        for (final TrafficSelector candidate : tried) {
            final Optional<ChildPolicy> policy = acceptable.apply(candidate).filter(one -> Selectors.within(one.selector(), candidate));
            if (policy.isPresent() && (first.isEmpty() || containsFirst(policy.get().selector()))) {
                return policy;
            }
            without = without.or(() -> policy);
        }
        return without;
    }

    private static List<SelectorRange> pieces(final List<SelectorRange> ranges) {
        final List<SelectorRange> pieces = new ArrayList<>();
        for (final SelectorRange range : ranges) {
            for (final IpPrefix prefix : prefixes(range.low(), range.high())) {
                pieces.add(Selectors.range(prefix, range.protocol(), range.portLow(), range.portHigh()));
            }
        }
        // The first range is the initiator's first choice: it stays, however small it is.
        final SelectorRange kept = pieces.isEmpty() ? null : pieces.getFirst();
        pieces.sort(Comparator.comparing((SelectorRange piece) -> piece != kept).thenComparing(piece ->
            number(piece.high()).subtract(number(piece.low())), Comparator.reverseOrder()));
        return pieces.subList(0, Math.min(MAX_PREFIXES, pieces.size()));
    }

    /** The fewest prefixes that make up a range, in its order; none if it ends before it begins. */
    static List<IpPrefix> prefixes(final IpAddress low, final IpAddress high) {
        final List<IpPrefix> prefixes = new ArrayList<>();
        final BigInteger end = number(high);
        BigInteger at = number(low);
        while (low.v6() == high.v6() && at.compareTo(end) <= 0) {
            final int aligned = at.signum() == 0 ? low.bits() : at.getLowestSetBit();
            final int fits = end.subtract(at).add(BigInteger.ONE).bitLength() - 1;
            final int bits = Math.min(aligned, fits);
            prefixes.add(new IpPrefix(new IpAddress(low.v6(), at.shiftRight(Long.SIZE).longValue(), at.longValue()), low.bits() - bits));
            at = at.add(BigInteger.ONE.shiftLeft(bits));
        }
        return prefixes;
    }

    private static BigInteger number(final IpAddress address) {
        return new BigInteger(1, address.octets());
    }
}
