package org.qfpsim.sim.scenario;

import java.util.Set;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.net.ThreadedNode;
import org.qfpsim.sim.net.host.TestRouter;
import org.qfpsim.sim.router.Mode;

/** Makes routers that can do little. */
final class TestRouters implements NodeFactory {
    @Override
    public Node router(final RouterSpec spec, final Mode mode) {
        final Node router = new TestRouter(spec.name(), spec.configuration(), spec.file());
        return mode == Mode.DEDICATED ? new ThreadedNode(router) : router;
    }

    @Override
    public Set<String> settings() {
        return Set.of("ppes", "slots", "slot-bytes", "release");
    }
}
