package org.qfpsim.controlplane.ipsec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * The flows of a router: those that the configuration names, and those of peers that came by themselves to a template. The latter exist in
 * the datapath from their first pair of SAs to their last.
 */
final class Flows {
    /** Negotiations with unknown peers that may be under way at a time; the oldest is forgotten. */
    private static final int CANDIDATES = 1024;

    private final IpsecDatapath datapath;
    private final FlowIds ids;
    private final Map<Integer, Flow> byId = new LinkedHashMap<>();
    private final Map<IpAddress, List<Flow>> byPeer = new HashMap<>();
    private final List<FlowSpec> templates = new ArrayList<>();
    private final Map<Integer, Flow> candidates = new LinkedHashMap<>();

    Flows(final IpsecDatapath datapath, final FlowIds ids) {
        this.datapath = datapath;
        this.ids = ids;
    }

    Collection<Flow> all() {
        return new ArrayList<>(byId.values());
    }

    List<FlowSpec> templates() {
        return List.copyOf(templates);
    }

    @Nullable Flow find(final int id) {
        return byId.get(id);
    }

    void add(final FlowSpec spec) {
        if (spec.template()) {
            templates.add(spec);
        } else {
            put(new Flow(spec, null));
        }
    }

    private void put(final Flow flow) {
        byId.put(flow.id(), flow);
        flow.spec().peers().peers().forEach(peer -> byPeer.computeIfAbsent(peer, key -> new ArrayList<>()).add(flow));
        datapath.addFlow(flow.spec());
    }

    void remove(final Flow flow) {
        byId.remove(flow.id());
        for (final IpAddress peer : flow.spec().peers().peers()) {
            final List<Flow> others = byPeer.getOrDefault(peer, List.of());
            if (others.remove(flow) && others.isEmpty()) {
                byPeer.remove(peer);
            }
        }
        datapath.removeFlow(flow.id());
        if (flow.template() != null) {
            ids.release(flow.id());
        }
    }

    void removeTemplate(final FlowSpec spec) {
        templates.remove(spec);
    }

    /** The flow of an installed pair; a candidate becomes one. Null if it has gone from the configuration meanwhile. */
    @Nullable Flow ofPolicy(final ChildPolicy policy) {
        final Flow candidate = candidates.remove(policy.id());
        if (candidate != null) {
            put(candidate);
            return candidate;
        }
        return byId.get(policy.id());
    }

    /** Flows that may be with a peer, in the order of the configuration. */
    List<Flow> with(final IpAddress peer) {
        return List.copyOf(byPeer.getOrDefault(peer, List.of()));
    }

    void forgetCandidate(final int id) {
        if (candidates.remove(id) != null) {
            ids.release(id);
        }
    }

    /** A flow of a peer that came by itself is found here before its template: a rekey stays in its flow. */
    Optional<ChildPolicy> accept(final int version, final IkePath path, final TrafficSelector proposed, final SaSpec.Mode mode) {
        for (final Flow flow : byPeer.getOrDefault(path.remote(), List.of())) {
            final ChildPolicy policy = flow.policy();
            if (flow.spec().manual() == null) {
                final Optional<TrafficSelector> agreed = agreed(policy, version, path, proposed, mode);
                if (agreed.isPresent()) {
                    return Optional.of(with(policy, policy.id(), path, agreed.get()));
                }
            }
        }
        for (final FlowSpec template : templates) {
            final Optional<TrafficSelector> agreed = agreed(template.policy(), version, path, proposed, mode);
            if (agreed.isPresent()) {
                return Optional.of(candidate(template, path, agreed.get()));
            }
        }
        return Optional.empty();
    }

    /** The flow to a peer of a multipoint tunnel, made if there is none; null if there is no such tunnel. */
    @Nullable Flow onDemand(final String interfaceName, final IpAddress peer) {
        for (final Flow flow : byPeer.getOrDefault(peer, List.of())) {
            if (flow.spec().interfaceName().equals(interfaceName)) {
                return flow;
            }
        }
        for (final FlowSpec template : templates) {
            final ChildPolicy policy = template.policy();
            if (template.interfaceName().equals(interfaceName) && template.attachment() == Attachment.MGRE_DYNAMIC) {
                final IkePath path = IkePath.between(policy.local(), peer);
                return ofPolicy(candidate(template, path, SelectorMath.hosts(policy.selector(), policy.local(), peer)));
            }
        }
        return null;
    }

    private ChildPolicy candidate(final FlowSpec template, final IkePath path, final TrafficSelector selector) {
        final int id = ids.take();
        final ChildPolicy policy = with(template.policy(), id, path, selector);
        final FlowSpec spec = new FlowSpec(policy, template.attachment(), template.interfaceName(), null);
        candidates.put(id, new Flow(spec, template));
        if (candidates.size() > CANDIDATES) {
            forgetCandidate(candidates.keySet().iterator().next());
        }
        return policy;
    }

    /** IKEv1 takes a proposal that is within ours as it is (RFC 2409 knows no narrowing); IKEv2 cuts it (RFC 7296 section 2.9). */
    private static Optional<TrafficSelector> agreed(final ChildPolicy policy, final int version, final IkePath path,
                                                    final TrafficSelector proposed, final SaSpec.Mode mode) {
        if (policy.version() != version || policy.mode() != mode || !policy.local().equals(path.local())) {
            return Optional.empty();
        }
        // Behind a NAT the peers do not know each other's outer addresses (RFC 3948 section 3.1.2).
        final TrafficSelector asked = mode == SaSpec.Mode.TRANSPORT && proposed.source().length() == path.local().bits()
            && proposed.destination().length() == path.remote().bits()
            ? SelectorMath.hosts(proposed, path.local(), path.remote()) : proposed;
        return SelectorMath.intersect(policy.selector(), asked).filter(common -> version == 2 || common.equals(asked));
    }

    private static ChildPolicy with(final ChildPolicy policy, final int id, final IkePath path, final TrafficSelector selector) {
        final IpAddress peer = path.remote();
        return new ChildPolicy(id, policy.name(), policy.local(), peer, selector, policy.mode(), policy.suites(), policy.esn(),
            policy.pfsGroup(), policy.seconds(), policy.kilobytes(), policy.replayWindow(), policy.version());
    }
}
