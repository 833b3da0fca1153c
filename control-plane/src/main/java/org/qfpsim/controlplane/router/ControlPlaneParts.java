package org.qfpsim.controlplane.router;

import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.qfpsim.controlplane.ipsec.IpsecDatapath;
import org.qfpsim.controlplane.ipsec.RekeyMargins;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;

/**
 * What a control plane is put together from.
 *
 * @param timers   its clock, which its owner moves.
 * @param datapath where SAs go.
 * @param output   takes IP packets of the router's own (IKE), from the IP header on, to be routed like any other.
 * @param log      messages and debug lines.
 * @param random   the only source of randomness: same seed, same run.
 * @param store    where SAs are kept; {@link SaStore#NONE} for nowhere.
 * @param margins  when SAs are replaced; {@link RekeyMargins#IOS} normally.
 * @param ike      versions of IKE, the preferred one first.
 */
public record ControlPlaneParts(Timers timers, IpsecDatapath datapath, Consumer<byte[]> output, EventLog log, RandomGenerator random,
                                SaStore store, RekeyMargins margins, List<IkeFactory> ike) {
    /** Copies the list. */
    public ControlPlaneParts {
        ike = List.copyOf(ike);
    }
}
