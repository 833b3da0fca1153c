package org.qfpsim.controlplane.router;

import java.util.random.RandomGenerator;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ike.IkeTransport;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;

/** Makes a version of IKE for one router. */
@FunctionalInterface
public interface IkeFactory {
    /**
     * Makes it.
     *
     * @param config    the configuration.
     * @param engine    owns the IPsec SAs.
     * @param transport sends messages.
     * @param timers    the control plane's clock.
     * @param log       for messages and debug lines.
     * @param random    for cookies, nonces and private values.
     * @return the service.
     */
    IkeService create(IkeConfig config, IpsecEngine engine, IkeTransport transport, Timers timers, EventLog log, RandomGenerator random);
}
