package org.qfpsim.controlplane.ipsec;

import java.util.ArrayList;
import java.util.List;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/** Brings flows and SAs to life that nobody has to negotiate: those of the configuration, and those of before a restart. */
final class FlowSetup {
    private final Timers timers;
    private final Flows flows;
    private final SaLife life;
    private final SaKeeper keeper;
    private final Removal removal;

    FlowSetup(final Timers timers, final Flows flows, final SaLife life, final SaKeeper keeper, final Removal removal) {
        this.timers = timers;
        this.flows = flows;
        this.life = life;
        this.keeper = keeper;
        this.removal = removal;
    }

    void configure(final List<FlowSpec> specs) {
        final List<FlowSpec> missing = new ArrayList<>(specs);
        for (final Flow flow : flows.all()) {
            final FlowSpec template = flow.template();
            final boolean stays = template == null ? missing.remove(flow.spec()) : specs.contains(template);
            if (!stays) {
                removal.remove(flow.pairs(), "configuration changed", true);
                // A flow that was made from a template has gone with its last pair.
                if (flows.find(flow.id()) == flow) {
                    flows.remove(flow);
                }
            }
        }
        for (final FlowSpec template : flows.templates()) {
            if (!missing.remove(template)) {
                flows.removeTemplate(template);
            }
        }
        for (final FlowSpec spec : missing) {
            flows.add(spec);
            manual(spec);
        }
    }

    private void manual(final FlowSpec spec) {
        final FlowSpec.Manual keys = spec.manual();
        final Flow flow = flows.find(spec.policy().id());
        final IpAddress peer = spec.policy().peer();
        if (keys != null && flow != null && peer != null) {
            final ChildPolicy policy = spec.policy();
            final ChildSa child = new ChildSa(policy, IkePath.between(policy.local(), peer), false, keys.inboundSpi(),
                keys.outboundSpi(), policy.suites().getFirst(), policy.mode(), false, keys.inboundKeys(), keys.outboundKeys(),
                policy.selector(), 0, 0, true, null);
            life.useOutbound(life.install(flow, child, timers.nanos(), 0), 0);
        }
    }

    /** All flows first: the datapath is given its rules once, not once for each peer. */
    void restore() {
        final List<Runnable> pairs = new ArrayList<>();
        for (final SaStore.StoredSa stored : keeper.kept()) {
            final ChildSa child = stored.child();
            final Flow flow = flows.accept(child.policy().version(), child.path(), child.selector(), child.mode())
                .map(flows::ofPolicy).orElse(null);
            if (flow == null) {
                keeper.forget(child.inboundSpi());
            } else {
                pairs.add(() -> restore(flow, stored));
            }
        }
        keeper.restoring(() -> pairs.forEach(Runnable::run));
    }

    private void restore(final Flow flow, final SaStore.StoredSa stored) {
        final SaPair pair = life.install(flow, stored.child(), stored.createdNanos(), stored.inboundSequence());
        if (stored.outboundUsed()) {
            life.useOutbound(pair, SaKeeper.safeSequence(stored));
        }
    }
}
