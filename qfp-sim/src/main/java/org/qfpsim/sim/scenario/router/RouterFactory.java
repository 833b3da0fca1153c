package org.qfpsim.sim.scenario.router;

import java.util.List;
import java.util.Set;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.net.Node;
import org.qfpsim.sim.net.ThreadedNode;
import org.qfpsim.sim.router.Mode;
import org.qfpsim.sim.scenario.NodeFactory;
import org.qfpsim.sim.scenario.RouterSpec;

/** Makes routers that run IOS configurations. */
public final class RouterFactory implements NodeFactory {
    private final RouterCrypto shared = new RouterCrypto(true);
    private final RouterCrypto separate = new RouterCrypto(false);
    private final KeyExport keys;

    /**
     * Makes it.
     *
     * @param keys is told every key that IKE makes.
     */
    public RouterFactory(final KeyExport keys) {
        this.keys = keys;
    }

    @Override
    public Node router(final RouterSpec spec, final Mode mode) {
        final ConfigFile file = ConfigFile.read(spec.file(), spec.configuration());
        final List<ConfigFile.Problem> refused = file.refused();
        if (!refused.isEmpty()) {
            throw new InputException(refused.getFirst().message() + "\n" + refused.getFirst().display().stripTrailing());
        }
        final boolean threads = mode == Mode.DEDICATED;
        final RouterNode node = new RouterNode(spec, file, RouterSettings.of(spec), threads ? separate : shared, keys);
        return threads ? new ThreadedNode(node) : node;
    }

    @Override
    public Set<String> settings() {
        return RouterSettings.KEYS;
    }
}
