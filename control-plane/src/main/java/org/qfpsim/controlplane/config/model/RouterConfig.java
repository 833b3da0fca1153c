package org.qfpsim.controlplane.config.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration of one router.
 *
 * @param hostname    {@code Router} unless set.
 * @param domainName  {@code ip domain name}, or null; with the host name it is the identity of {@code crypto isakmp identity hostname}.
 * @param logging     time stamps, buffer, hosts, rate limit.
 * @param access      users and lists that EzVPN asks.
 * @param crypto      IKE and IPsec.
 * @param interfaces  in the order of {@code show running-config}: loopbacks, tunnels, then physical ones, each by number.
 * @param accessLists by name.
 * @param routes      static routes, IPv4 before IPv6.
 * @param applets     EEM applets, in the order in which they were entered.
 * @param platform    thresholds and policers of the QFP.
 * @param terminal    terminal lines.
 * @param simulator   settings of ours.
 */
public record RouterConfig(String hostname, @Nullable String domainName, LoggingConfig logging, AccessConfig access, CryptoConfig crypto,
                           List<InterfaceConfig> interfaces, List<AccessList> accessLists, List<StaticRoute> routes,
                           List<EemApplet> applets, PlatformConfig platform, TerminalConfig terminal,
                           SimulatorConfig simulator) {
    /** Copies the lists. */
    public RouterConfig {
        interfaces = List.copyOf(interfaces);
        accessLists = List.copyOf(accessLists);
        routes = List.copyOf(routes);
        applets = List.copyOf(applets);
    }

    /**
     * Finds an interface.
     *
     * @param name in full, such as {@code GigabitEthernet0/0/0}.
     * @return the interface.
     */
    public Optional<InterfaceConfig> interfaceNamed(final String name) {
        return interfaces.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Finds an access list.
     *
     * @param name name or number.
     * @return the access list.
     */
    public Optional<AccessList> accessList(final String name) {
        return accessLists.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
