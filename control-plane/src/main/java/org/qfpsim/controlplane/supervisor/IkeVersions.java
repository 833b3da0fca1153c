package org.qfpsim.controlplane.supervisor;

import java.util.List;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.v1.Ikev1Service;
import org.qfpsim.controlplane.ike.v1.Ikev1Settings;
import org.qfpsim.controlplane.ike.v2.Ikev2Context;
import org.qfpsim.controlplane.ike.v2.Ikev2Service;
import org.qfpsim.controlplane.router.IkeFactory;

/** The versions of IKE that a router speaks. */
final class IkeVersions {
    private IkeVersions() {
    }

    /** Both, in the order in which they are asked. */
    static List<IkeFactory> all(final IkeKeyLog keyLog) {
        return List.of(
            (config, engine, transport, timers, log, random) ->
                new Ikev1Service(config, engine, transport, timers, log, random, keyLog, Ikev1Settings.DEFAULT),
            (config, engine, transport, timers, log, random) ->
                new Ikev2Service(new Ikev2Context(config, engine, transport, timers, log, random, keyLog)));
    }
}
