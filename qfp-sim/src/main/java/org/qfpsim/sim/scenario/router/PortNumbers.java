package org.qfpsim.sim.scenario.router;

import java.util.List;
import java.util.function.Supplier;

/**
 * The numbers of a router's interfaces in the network and in the router: they differ when it has started with another configuration than
 * the network was built with. An interface keeps both for as long as the router runs.
 */
final class PortNumbers {
    private static final int NONE = -1;

    private final List<String> network;
    private final Supplier<List<String>> router;
    private int[] toNetwork = {};
    private int[] toRouter = {};

    /**
     * Makes the table.
     *
     * @param network names by the network's numbers.
     * @param router  gives names by the router's numbers; grows.
     */
    PortNumbers(final List<String> network, final Supplier<List<String>> router) {
        this.network = List.copyOf(network);
        this.router = router;
        refresh();
    }

    private void refresh() {
        final List<String> names = router.get();
        toNetwork = names.stream().mapToInt(network::indexOf).toArray();
        toRouter = network.stream().mapToInt(names::indexOf).toArray();
    }

    /** The network's number of an interface of the router; less than 0 if the network does not know it. */
    int ofNetwork(final int index) {
        if (index >= toNetwork.length) {
            refresh();
        }
        return toNetwork[index];
    }

    /** The router's number of an interface in the network; less than 0 if the router has none of its name. */
    int ofRouter(final int index) {
        if (toRouter[index] == NONE) {
            refresh();
        }
        return toRouter[index];
    }
}
