package org.qfpsim.controlplane.nhrp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.NhrpMapping;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;
import org.qfpsim.datapath.route.TunnelSpec;

/**
 * Tells the datapath where next hops are. What others have put there stays, and goes before what was learnt. A mapping begins with the flow
 * that packets to the same outer address have already, otherwise with the tunnel's own, which stands for "no flow yet".
 */
final class NhrpPublisher {
    private final RoutedDatapath datapath;
    private final Set<NhrpEntry.Key> published = new HashSet<>();
    private UnaryOperator<RoutedConfig> policy = UnaryOperator.identity();

    private record Peer(int tunnel, IpAddress nbma) {
    }

    NhrpPublisher(final RoutedDatapath datapath) {
        this.datapath = datapath;
    }

    void policy(final UnaryOperator<RoutedConfig> value) {
        policy = value;
    }

    void publish(final Iterable<NhrpEntry> entries) {
        final RoutedConfig config = datapath.configuration();
        final List<NhrpMapping> next = new ArrayList<>();
        final Set<NhrpEntry.Key> foreign = new HashSet<>();
        final Map<Peer, Integer> flows = new HashMap<>();
        for (final NhrpMapping mapping : config.nhrp()) {
            final NhrpEntry.Key key = new NhrpEntry.Key(mapping.interfaceIndex(), mapping.protocolAddress());
            flows.putIfAbsent(new Peer(mapping.interfaceIndex(), mapping.nbma()), mapping.flow());
            if (!published.contains(key)) {
                next.add(mapping);
                foreign.add(key);
            }
        }
        published.clear();
        for (final NhrpEntry entry : entries) {
            final IpAddress nbma = entry.nbma;
            final int tunnel = entry.key.tunnel();
            if (nbma != null && tunnel < config.interfaces().size() && !foreign.contains(entry.key)) {
                final TunnelSpec outside = config.interfaces().get(tunnel).tunnel();
                final int own = outside == null ? RoutedConfig.NO_FLOW : outside.flow();
                next.add(new NhrpMapping(tunnel, entry.key.protocol(), nbma, flows.getOrDefault(new Peer(tunnel, nbma), own)));
                published.add(entry.key);
            }
        }
        if (!next.equals(config.nhrp())) {
            datapath.configure(policy.apply(config.withNhrp(next)));
        }
    }
}
