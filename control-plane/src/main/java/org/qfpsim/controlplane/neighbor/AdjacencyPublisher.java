package org.qfpsim.controlplane.neighbor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.qfpsim.datapath.route.AdjacencySpec;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;

/** Tells the datapath which neighbours are known. What others have put there, for neighbours that were never ours, stays. */
final class AdjacencyPublisher {
    private final RoutedDatapath datapath;
    private final Set<Neighbor.Key> published = new HashSet<>();

    AdjacencyPublisher(final RoutedDatapath datapath) {
        this.datapath = datapath;
    }

    void publish(final List<NeighborTable.Entry> entries) {
        final RoutedConfig config = datapath.configuration();
        final List<AdjacencySpec> adjacencies = new ArrayList<>();
        for (final AdjacencySpec adjacency : config.adjacencies()) {
            if (!published.contains(new Neighbor.Key(adjacency.interfaceIndex(), adjacency.nextHop()))) {
                adjacencies.add(adjacency);
            }
        }
        published.clear();
        for (final NeighborTable.Entry entry : entries) {
            adjacencies.add(new AdjacencySpec(entry.interfaceIndex(), entry.address(), entry.mac()));
            published.add(new Neighbor.Key(entry.interfaceIndex(), entry.address()));
        }
        datapath.configure(config.withAdjacencies(adjacencies));
    }
}
