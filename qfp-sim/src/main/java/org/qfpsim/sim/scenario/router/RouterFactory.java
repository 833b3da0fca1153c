package org.qfpsim.sim.scenario.router;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    private final @Nullable Path disks;

    /**
     * Makes it; the routers' disks are gone with them.
     *
     * @param keys is told every key that IKE makes.
     */
    public RouterFactory(final KeyExport keys) {
        this(keys, null);
    }

    /**
     * Makes it.
     *
     * @param keys  is told every key that IKE makes.
     * @param disks folder in which each router has what it keeps when its power fails; null: it keeps nothing beyond this process.
     */
    public RouterFactory(final KeyExport keys, final @Nullable Path disks) {
        this.keys = keys;
        this.disks = disks;
    }

    @Override
    public Node router(final RouterSpec spec, final Mode mode) {
        final RouterDisk disk = disks == null ? RouterDisk.temporary(spec.name(), spec.configuration())
            : RouterDisk.kept(spec.name(), disks, spec.configuration());
        final ConfigFile file = ConfigFile.read(disk.read().equals(spec.configuration()) ? spec.file() : "startup-config of " + spec.name(),
            disk.read());
        final List<ConfigFile.Problem> refused = file.refused();
        if (!refused.isEmpty()) {
            throw new InputException(refused.getFirst().message() + "\n" + refused.getFirst().display().stripTrailing());
        }
        final boolean threads = mode == Mode.DEDICATED;
        final RouterNode node = new RouterNode(spec, file, RouterSettings.of(spec), threads ? separate : shared, keys, disk);
        return threads ? new ThreadedNode(node) : node;
    }

    @Override
    public Set<String> settings() {
        return RouterSettings.KEYS;
    }
}
