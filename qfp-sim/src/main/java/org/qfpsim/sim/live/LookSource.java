package org.qfpsim.sim.live;

import java.util.List;
import java.util.Optional;
import org.qfpsim.controlplane.live.RouterLook;

/** Where looks at routers come from. Only reads: the routers do not notice. */
public interface LookSource extends AutoCloseable {
    /** Names of the routers, in the order of their scenario; never empty. */
    List<String> routers();

    /**
     * Takes a look.
     *
     * @param router one of {@link #routers}.
     * @return the look; empty of a router that is down.
     * @throws GoneException if its process has ended, or gives no answer.
     */
    Optional<RouterLook> look(String router);

    @Override
    default void close() {
    }
}
