package org.qfpsim.datapath.feature;

import java.util.List;
import org.qfpsim.datapath.sa.LocalAddresses;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.PolicyTable;
import org.qfpsim.datapath.sa.SaTable;

/**
 * What the feature chain looks things up in. The SA table changes under traffic; everything else is immutable and replaced as a whole
 * while no packet is in flight.
 */
public final class Tables {
    private final SaTable saTable = new SaTable();
    private volatile Forwarding forwarding = new Forwarding(new LocalAddresses(List.of()), new PolicyTable(List.of()),
        new PolicyTable(List.of()), false);

    /**
     * Addresses and policy.
     *
     * @param addresses   of this router.
     * @param inbound     rules for packets from the unprotected side.
     * @param outbound    rules for packets from the protected side.
     * @param denyDefault whether a clear packet that no rule covers is dropped as one that should have been protected.
     */
    public record Forwarding(LocalAddresses addresses, PolicyTable inbound, PolicyTable outbound, boolean denyDefault) {
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
                direction(rules, PolicyRule.Direction.OUTBOUND), denyDefault);
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
        return forwarding;
    }

    /**
     * Replaces addresses and policy. The caller makes sure that no packet is in flight.
     *
     * @param next what holds from now on.
     */
    public void replace(final Forwarding next) {
        forwarding = next;
    }
}
