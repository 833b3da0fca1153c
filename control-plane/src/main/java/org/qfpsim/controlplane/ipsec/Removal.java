package org.qfpsim.controlplane.ipsec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.time.Timers;

/** Takes pairs away, tells the peers (one DELETE for all SAs with a peer), and lets flows go that existed for them only. */
final class Removal {
    private final Timers timers;
    private final IntFunction<@Nullable IkeService> services;
    private final SaLife life;
    private final SaKeeper keeper;
    private final SaHistory history;
    private final Flows flows;

    private record Receiver(int version, IkePath path) {
    }

    Removal(final Timers timers, final IntFunction<@Nullable IkeService> services, final SaLife life, final SaKeeper keeper,
            final SaHistory history, final Flows flows) {
        this.timers = timers;
        this.services = services;
        this.life = life;
        this.keeper = keeper;
        this.history = history;
        this.flows = flows;
    }

    void remove(final List<SaPair> pairs, final String reason, final boolean tell) {
        final Map<Receiver, List<Integer>> told = new LinkedHashMap<>();
        for (final SaPair pair : pairs) {
            if (pair.is(SaPair.State.GONE)) {
                continue;
            }
            if (tell && pair.flow().spec().manual() == null) {
                told.computeIfAbsent(new Receiver(pair.flow().policy().version(), pair.path()), ignored -> new ArrayList<>())
                    .add(pair.inboundSpi());
            }
            end(pair, reason);
        }
        told.forEach((receiver, inbound) -> {
            final IkeService service = services.apply(receiver.version());
            if (service != null) {
                service.sendDelete(receiver.path().local(), receiver.path().remote(), inbound, false);
            }
        });
    }

    void end(final SaPair pair, final String reason) {
        life.end(pair, reason);
        keeper.forget(pair.inboundSpi());
        history.removed(pair, timers.nanos(), reason);
        final Flow flow = pair.flow();
        if (flow.template() != null && flow.isEmpty()) {
            flows.remove(flow);
        }
    }
}
