package org.qfpsim.controlplane.qfp.ipsec;

import java.util.ArrayList;
import java.util.List;
import org.qfpsim.controlplane.ipsec.IpsecDatapath;
import org.qfpsim.controlplane.ipsec.SaPair;

/**
 * An SA of one direction as the QFP has it.
 *
 * @param pair    that it belongs to.
 * @param inbound its direction.
 */
record QfpSa(SaPair pair, boolean inbound) {
    /** Connections are numbered from here on; {@code flow_id: HW:n} of {@code show crypto ipsec sa} is the rest. */
    private static final int FIRST_CONNECTION = 2000;

    /** The SAs that are installed of a pair. */
    static List<QfpSa> of(final SaPair pair) {
        final List<QfpSa> both = new ArrayList<>(2);
        both.add(new QfpSa(pair, true));
        if (!pair.is(SaPair.State.INBOUND_ONLY)) {
            both.add(new QfpSa(pair, false));
        }
        return both;
    }

    /** Its number: flow of the forwarding manager, SA of the QFP, and HW:n of IOS are one and the same here. */
    int id() {
        return pair.connection() - FIRST_CONNECTION + (inbound ? 0 : 1);
    }

    /** That of the other direction, 0 if there is none. */
    int sibling() {
        return inbound && pair.is(SaPair.State.INBOUND_ONLY) ? 0 : id() + (inbound ? 1 : -1);
    }

    int spi() {
        return inbound ? pair.inboundSpi() : pair.outboundSpi();
    }

    /** Number of the policy entry: flows are numbered from 0. */
    int sp() {
        return pair.flow().id() + 1;
    }

    String interfaceName() {
        return pair.flow().spec().interfaceName();
    }

    boolean expired() {
        return pair.is(SaPair.State.EXPIRED);
    }

    IpsecDatapath.Use use() {
        return inbound ? pair.inboundUse() : pair.outboundUse();
    }
}
