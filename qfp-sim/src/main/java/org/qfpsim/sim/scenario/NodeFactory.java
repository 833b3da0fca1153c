package org.qfpsim.sim.scenario;

import java.util.Set;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.router.Mode;

/** Makes the routers of scenarios. */
public interface NodeFactory {
    /**
     * Makes a router that runs its configuration.
     *
     * @param spec what the scenario says.
     * @param mode whether it shall work on the caller's thread or on threads of its own, as
     *             {@link org.qfpsim.sim.net.ThreadedNode} does for a node that has none.
     * @return a new node of that name.
     * @throws org.qfpsim.sim.InputException if the configuration or a setting cannot be used; the message names file, line and fix.
     */
    Node router(RouterSpec spec, Mode mode);

    /** The keys that a router may have in {@code scenario.yaml}; others are refused there. */
    Set<String> settings();
}
