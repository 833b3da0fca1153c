package org.qfpsim.controlplane.ipsec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** What becomes of what IKE negotiates, finds out and is told: IKE's side of {@link IpsecManager}. */
final class Negotiated implements IpsecEngine {
    private final Timers timers;
    private final IpsecLog log;
    private final Pairs pairs;
    private final Flows flows;
    private final SpiTable spis;
    private final SaLife life;
    private final Requests requests;
    private final SaKeeper keeper;
    private final Removal removal;

    Negotiated(final Timers timers, final IpsecLog log, final Pairs pairs, final Flows flows, final SpiTable spis, final SaLife life,
               final Requests requests, final SaKeeper keeper, final Removal removal) {
        this.timers = timers;
        this.log = log;
        this.pairs = pairs;
        this.flows = flows;
        this.spis = spis;
        this.life = life;
        this.requests = requests;
        this.keeper = keeper;
        this.removal = removal;
    }

    @Override
    public Optional<ChildPolicy> accept(final int version, final IkePath path, final IkeIdentity identity,
                                        final TrafficSelector selector, final SaSpec.Mode mode) {
        return flows.accept(version, path, selector, mode);
    }

    @Override
    public int reserveSpi(final IpAddress local, final IpAddress peer) {
        return spis.reserve(peer, timers.nanos());
    }

    @Override
    public void releaseSpi(final int spi) {
        spis.release(spi);
    }

    @Override
    public boolean install(final ChildSa child, final boolean useOutbound) {
        spis.release(child.inboundSpi());
        final Flow flow = flows.ofPolicy(child.policy());
        if (flow == null || pairs.inbound(child.inboundSpi()) != null) {
            return false;
        }
        requests.answered(flow);
        flow.connected(child.path().remote());
        try {
            final SaPair pair = life.install(flow, child, timers.nanos(), 0);
            keeper.put(pair);
            if (useOutbound && child.policy().version() == 1) {
                life.useOutboundSoon(pair);
            } else if (useOutbound || life.outboundBeforeComplete(child)) {
                life.useOutbound(pair, 0);
            }
            return true;
        } catch (final IllegalStateException full) {
            log.say(child.path().remote(), "IPSEC(create_sa): refused: " + full.getMessage());
            return false;
        }
    }

    @Override
    public String interfaceName(final ChildPolicy policy) {
        final Flow flow = flows.find(policy.id());
        return flow == null ? "" : flow.spec().interfaceName();
    }

    @Override
    public void useOutbound(final int inboundSpi) {
        final SaPair pair = pairs.inbound(inboundSpi);
        if (pair != null) {
            life.useOutbound(pair, 0);
        }
    }

    @Override
    public boolean holds(final int inboundSpi) {
        return pairs.inbound(inboundSpi) != null;
    }

    @Override
    public List<Integer> deletedByPeer(final IkePath path, final List<Integer> outboundSpis) {
        final List<Integer> removed = new ArrayList<>();
        for (final int spi : outboundSpis) {
            final SaPair pair = pairs.outbound(path.remote(), spi);
            if (pair != null && pair.isWith(path) && pair.flow().spec().manual() == null) {
                removed.add(pair.inboundSpi());
                removal.end(pair, "deleted by peer");
            }
        }
        return removed;
    }

    @Override
    public void failed(final ChildPolicy policy, final IpAddress peer, final @Nullable Integer replaces, final String reason) {
        flows.forgetCandidate(policy.id());
        final Flow flow = flows.find(policy.id());
        requests.failed(policy, flow, replaces == null ? null : pairs.inbound(replaces), peer, reason);
        if (flow != null && flow.template() != null && flow.isEmpty()) {
            flows.remove(flow);
        } else if (flow != null && replaces == null && flow.refused(peer)) {
            requests.other(flow, peer, reason);
        }
    }

    @Override
    public void peerSilent(final IkePath path) {
        flows.with(path.remote()).forEach(flow -> flow.dead(path.remote()));
    }

    @Override
    public void peerGone(final IkePath path, final String reason) {
        removal.remove(pairs.with(path.remote()).stream().filter(pair -> pair.isWith(path) && pair.flow().spec().manual() == null).toList(),
            reason, false);
    }

    @Override
    public void pathChanged(final IkePath before, final IkePath now) {
        pairs.with(before.remote()).stream().filter(pair -> pair.isWith(before) && pair.child().udp())
            .forEach(pair -> {
                life.move(pair, now);
                keeper.put(pair);
            });
    }

    @Override
    public boolean heardSince(final IkePath path, final long nanos) {
        return pairs.with(path.remote()).stream().anyMatch(pair -> pair.isWith(path) && pair.inboundUse().lastNanos() >= nanos);
    }

    @Override
    public boolean sentSince(final IkePath path, final long nanos) {
        return pairs.with(path.remote()).stream().anyMatch(pair -> pair.isWith(path) && pair.outboundUse().lastNanos() >= nanos);
    }
}
