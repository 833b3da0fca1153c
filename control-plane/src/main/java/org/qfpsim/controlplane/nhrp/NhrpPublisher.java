package org.qfpsim.controlplane.nhrp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
 * Tells the datapath where next hops are. What others have put there stays, and goes before what was learnt; what the configuration says
 * goes before both. A mapping begins with the flow that packets to the same outer address have already, otherwise with the tunnel's own,
 * which stands for "no flow yet".
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

    /**
     * Tells the datapath, if there is something new.
     *
     * @param tunnels on which NHRP is spoken: what their configuration says holds, whatever was learnt.
     * @param entries what was learnt.
     */
    void publish(final Iterable<NhrpTunnel> tunnels, final Iterable<NhrpEntry> entries) {
        final RoutedConfig config = datapath.configuration();
        final RoutedConfig next = in(config, tunnels, entries);
        if (next != config) {
            datapath.configure(policy.apply(next));
        }
    }

    /** A configuration with the mappings as they are now; itself if it has them. */
    RoutedConfig in(final RoutedConfig config, final Iterable<NhrpTunnel> tunnels, final Iterable<NhrpEntry> entries) {
        final Map<NhrpEntry.Key, NhrpMapping> next = new LinkedHashMap<>();
        final Map<Peer, Integer> flows = new HashMap<>();
        final Map<NhrpEntry.Key, IpAddress> fixed = fixed(tunnels);
        for (final NhrpMapping mapping : config.nhrp()) {
            final NhrpEntry.Key key = new NhrpEntry.Key(mapping.interfaceIndex(), mapping.protocolAddress());
            flows.putIfAbsent(new Peer(mapping.interfaceIndex(), mapping.nbma()), mapping.flow());
            if (fixed.containsKey(key) ? mapping.nbma().equals(fixed.get(key)) : !published.contains(key)) {
                next.put(key, mapping);
            }
        }
        published.retainAll(next.keySet());
        fixed.forEach((key, nbma) -> add(config, next, flows, key, nbma));
        for (final NhrpEntry entry : entries) {
            if (entry.nbma != null) {
                add(config, next, flows, entry.key, entry.nbma);
            }
        }
        final List<NhrpMapping> mappings = List.copyOf(next.values());
        return mappings.equals(config.nhrp()) ? config : config.withNhrp(mappings);
    }

    private void add(final RoutedConfig config, final Map<NhrpEntry.Key, NhrpMapping> next, final Map<Peer, Integer> flows,
                     final NhrpEntry.Key key, final IpAddress nbma) {
        final int tunnel = key.tunnel();
        if (tunnel < config.interfaces().size() && !next.containsKey(key)) {
            final TunnelSpec outside = config.interfaces().get(tunnel).tunnel();
            final int own = outside == null ? RoutedConfig.NO_FLOW : outside.flow();
            next.put(key, new NhrpMapping(tunnel, key.protocol(), nbma, flows.getOrDefault(new Peer(tunnel, nbma), own)));
            published.add(key);
        }
    }

    private static Map<NhrpEntry.Key, IpAddress> fixed(final Iterable<NhrpTunnel> tunnels) {
        final Map<NhrpEntry.Key, IpAddress> fixed = new LinkedHashMap<>();
        for (final NhrpTunnel tunnel : tunnels) {
            tunnel.fixed().forEach(mapping -> fixed.put(new NhrpEntry.Key(tunnel.index(), mapping.protocol()), mapping.nbma()));
        }
        return fixed;
    }
}
