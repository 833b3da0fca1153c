package org.qfpsim.controlplane.ipsec;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.qfpsim.controlplane.config.model.SimulatorConfig.Bug;
import org.qfpsim.controlplane.ike.ChildSa;

/** What happens between the installation of a pair and the end of the one that it replaces. The defaults lose no packet. */
interface RekeyBehaviour {
    /** Without defects. */
    RekeyBehaviour CORRECT = new RekeyBehaviour() {
    };

    /**
     * Whether packets leave through a pair before IKE says so.
     *
     * @param child the new pair.
     * @return false unless defective.
     */
    default boolean outboundBeforeComplete(final ChildSa child) {
        return false;
    }

    /**
     * Whether the old inbound SAs end with the new one's installation.
     *
     * @param child the new pair.
     * @return false unless defective.
     */
    default boolean endsOldInbound(final ChildSa child) {
        return false;
    }

    /**
     * How long the flow is without an outbound SA when it changes over.
     *
     * @param child the new pair.
     * @return nanoseconds; 0 unless defective.
     */
    default long outboundGapNanos(final ChildSa child) {
        return 0;
    }

    /**
     * The behaviour with some defects.
     *
     * @param bugs which.
     * @return one that has them all.
     */
    static RekeyBehaviour of(final Set<Bug> bugs) {
        final List<RekeyBehaviour> parts = new ArrayList<>();
        if (bugs.contains(Bug.CSCSL68327)) {
            parts.add(new OldInboundEndsEarly());
        }
        if (bugs.contains(Bug.CSCTR14840)) {
            parts.add(new OutboundGap());
        }
        if (bugs.contains(Bug.CSCTY30063)) {
            parts.add(new NewSpiEarly());
        }
        return parts.isEmpty() ? CORRECT : new All(parts);
    }

    /** CSCsl68327, our model of its title: what is under way with the old SPI is lost when the new pair is installed. */
    final class OldInboundEndsEarly implements RekeyBehaviour {
        @Override
        public boolean endsOldInbound(final ChildSa child) {
            return true;
        }
    }

    /**
     * CSCtr14840, our model of its title: if the peer began the rekey ("certain conditions"), the old outbound SA is unbound a moment
     * before the new one is bound.
     */
    final class OutboundGap implements RekeyBehaviour {
        private static final long GAP = 100_000_000L;

        @Override
        public long outboundGapNanos(final ChildSa child) {
            return child.initiator() ? 0 : GAP;
        }
    }

    /** CSCty30063, our model of its title: a responder of Quick Mode sends with the new SPI before QM3 has come. */
    final class NewSpiEarly implements RekeyBehaviour {
        @Override
        public boolean outboundBeforeComplete(final ChildSa child) {
            return child.policy().version() == 1 && !child.initiator();
        }
    }

    /**
     * Several defects at once.
     *
     * @param parts each.
     */
    record All(List<RekeyBehaviour> parts) implements RekeyBehaviour {
        @Override
        public boolean outboundBeforeComplete(final ChildSa child) {
            return parts.stream().anyMatch(part -> part.outboundBeforeComplete(child));
        }

        @Override
        public boolean endsOldInbound(final ChildSa child) {
            return parts.stream().anyMatch(part -> part.endsOldInbound(child));
        }

        @Override
        public long outboundGapNanos(final ChildSa child) {
            return parts.stream().mapToLong(part -> part.outboundGapNanos(child)).max().orElse(0);
        }
    }
}
