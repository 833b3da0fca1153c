package org.qfpsim.sim.device;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.pipeline.OutboundOptions;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * Everything that a router needs to know before packets come.
 *
 * @param addresses     ours, IPv4 and IPv6.
 * @param replayWindow  of SAs that name none.
 * @param inbound       SAs towards us; no two have the same destination and SPI.
 * @param outbound      SAs from us; no two have the same destination and SPI.
 * @param policies      first match wins.
 * @param defaultPolicy what happens to packets that match no policy: BYPASS or DENY_DROP.
 * @param outboundOptions MTU, DF bit and fragmentation of what is encrypted here.
 */
public record DeviceConfig(List<IpAddress> addresses, int replayWindow, List<SaSpec> inbound,
                           List<SaSpec> outbound, List<PolicyRule> policies, PolicyRule.Action defaultPolicy,
                           OutboundOptions outboundOptions) {
    /** The replay window where nothing else is said, packets. */
    public static final int DEFAULT_REPLAY_WINDOW = 64;

    /** Takes unmodifiable copies. */
    public DeviceConfig {
        addresses = List.copyOf(addresses);
        inbound = List.copyOf(inbound);
        outbound = List.copyOf(outbound);
        policies = List.copyOf(policies);
    }

    /**
     * With the platform's defaults for what is encrypted here.
     *
     * @param addresses     as above.
         * @param replayWindow  as above.
     * @param inbound       as above.
     * @param outbound      as above.
     * @param policies      as above.
     * @param defaultPolicy as above.
     */
    public DeviceConfig(final List<IpAddress> addresses, final int replayWindow,
                        final List<SaSpec> inbound, final List<SaSpec> outbound, final List<PolicyRule> policies,
                        final PolicyRule.Action defaultPolicy) {
        this(addresses, replayWindow, inbound, outbound, policies, defaultPolicy, OutboundOptions.DEFAULT);
    }

    /**
     * Adds inbound SAs and their destinations, unless an SA with the same destination and SPI is there.
     *
     * @param more the SAs.
     * @return the device with both.
     */
    public DeviceConfig withSas(final List<SaSpec> more) {
        final Set<IpAddress> ours = new LinkedHashSet<>(addresses);
        final List<SaSpec> all = new ArrayList<>(inbound);
        for (final SaSpec sa : more) {
            if (inbound.stream().noneMatch(known -> known.spi() == sa.spi() && known.destination().equals(sa.destination()))) {
                all.add(sa);
                ours.add(sa.destination());
            }
        }
        return new DeviceConfig(List.copyOf(ours), replayWindow, all, outbound, policies, defaultPolicy,
            outboundOptions);
    }

    /**
     * Changes every SA.
     *
     * @param change what to do to each.
     * @return the device with the changed SAs.
     */
    public DeviceConfig mapSas(final UnaryOperator<SaSpec> change) {
        return new DeviceConfig(addresses, replayWindow, inbound.stream().map(change).toList(),
            outbound.stream().map(change).toList(), policies, defaultPolicy, outboundOptions);
    }

    /**
     * What an SA is called that has no name.
     *
     * @param spi         its SPI.
     * @param destination its destination.
     * @return {@code 0x0000abcd@20.1.1.2}.
     */
    static String saName(final int spi, final IpAddress destination) {
        return "0x%08x@%s".formatted(spi, destination);
    }
}
