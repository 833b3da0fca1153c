package org.qfpsim.datapath.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.sa.LocalAddresses;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.PolicyTable;
import org.qfpsim.datapath.sa.SaTable;

/**
 * What the feature chain looks things up in. The SA table changes under traffic; everything else is immutable and replaced as a whole:
 * while no packet is in flight, or, in a routed pipeline, at a position in the order of arrival.
 */
public final class Tables {
    private final SaTable saTable = new SaTable();
    private volatile Version newest = new Version(Long.MIN_VALUE, new Forwarding(new LocalAddresses(List.of()),
        new PolicyTable(List.of()), new PolicyTable(List.of()), false, false), null);

    /** What holds from a position on. */
    private static final class Version {
        private final long from;
        private final Forwarding forwarding;
        private @Nullable Version previous;

        Version(final long from, final Forwarding forwarding, final @Nullable Version previous) {
            this.from = from;
            this.forwarding = forwarding;
            this.previous = previous;
        }
    }

    /**
     * Addresses and policy.
     *
     * @param addresses   of this router.
     * @param inbound     rules for packets from the unprotected side.
     * @param outbound    rules for packets from the protected side.
     * @param denyDefault whether a clear packet that no rule covers is dropped as one that should have been protected.
     * @param routed      whether gather routes clear packets; there are no rules then.
     */
    public record Forwarding(LocalAddresses addresses, PolicyTable inbound, PolicyTable outbound, boolean denyDefault, boolean routed) {
        /**
         * Builds both directions from one list.
         *
         * @param addresses   of this router.
         * @param rules       of both directions, in order.
         * @param denyDefault see above.
         * @return the tables.
         */
        public static Forwarding of(final LocalAddresses addresses, final List<PolicyRule> rules, final boolean denyDefault) {
            return new Forwarding(addresses, direction(rules, PolicyRule.Direction.INBOUND),
                direction(rules, PolicyRule.Direction.OUTBOUND), denyDefault, false);
        }

        /**
         * Addresses of a routed pipeline.
         *
         * @param addresses of this router.
         * @return the tables.
         */
        public static Forwarding routed(final LocalAddresses addresses) {
            return new Forwarding(addresses, new PolicyTable(List.of()), new PolicyTable(List.of()), false, true);
        }

        private static PolicyTable direction(final List<PolicyRule> rules, final PolicyRule.Direction direction) {
            return new PolicyTable(rules.stream().filter(rule -> rule.direction() == direction).toList());
        }
    }

    /** The SAs. */
    public SaTable saTable() {
        return saTable;
    }

    /** Addresses and policy as they are now. */
    public Forwarding forwarding() {
        return newest.forwarding;
    }

    /**
     * Addresses and policy as a packet finds them.
     *
     * @param arrival its position.
     * @return what held there.
     */
    public Forwarding forwarding(final long arrival) {
        Version version = newest;
        while (version.from > arrival && version.previous != null) {
            version = version.previous;
        }
        return version.forwarding;
    }

    /**
     * Where the first change behind a packet is.
     *
     * @param arrival its position.
     * @return position of the first packet that sees another version; {@link Long#MAX_VALUE} if none is known.
     */
    public long changeBehind(final long arrival) {
        long change = Long.MAX_VALUE;
        for (Version version = newest; version != null && version.from > arrival; version = version.previous) {
            change = version.from;
        }
        return change;
    }

    /**
     * Replaces addresses and policy. The caller makes sure that no packet is in flight.
     *
     * @param next what holds from now on.
     */
    public void replace(final Forwarding next) {
        newest = new Version(Long.MIN_VALUE, next, null);
    }

    /**
     * Replaces addresses and policy while packets flow. Dispatcher's thread.
     *
     * @param next     what holds from a position on.
     * @param position the position.
     * @param passed   a position that gather has reached.
     */
    public void replace(final Forwarding next, final long position, final long passed) {
        for (Version version = newest; version != null; version = version.previous) {
            if (version.from <= passed) {
                // Whoever looks for a packet that is still in flight stops here at the latest.
                version.previous = null;
            }
        }
        newest = new Version(position, next, newest);
    }
}
