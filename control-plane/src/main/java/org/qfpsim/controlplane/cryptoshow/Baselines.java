package org.qfpsim.controlplane.cryptoshow;

import java.util.Map;
import java.util.WeakHashMap;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.FlowTotals;
import org.qfpsim.controlplane.router.ControlPlane;

/**
 * {@code clear crypto sa counters}: the datapath's counters have one writer and go on; what they said when they were cleared is taken off
 * when they are shown.
 */
final class Baselines {
    private final ControlPlane plane;
    private final Map<Flow, Counted> cleared = new WeakHashMap<>();

    /**
     * What is shown of a flow.
     *
     * @param totals    of all its SAs.
     * @param withoutSa packets that found no outbound SA.
     */
    record Counted(FlowTotals totals, long withoutSa) {
    }

    Baselines(final ControlPlane plane) {
        this.plane = plane;
    }

    private Counted raw(final Flow flow) {
        return new Counted(flow.totals(), plane.datapath().withoutSa(flow.id()));
    }

    Counted of(final Flow flow) {
        final Counted now = raw(flow);
        final Counted then = cleared.get(flow);
        return then == null ? now : new Counted(now.totals().minus(then.totals()), now.withoutSa() - then.withoutSa());
    }

    void clear() {
        plane.ipsec().flows().forEach(flow -> cleared.put(flow, raw(flow)));
    }
}
