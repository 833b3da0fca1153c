package org.qfpsim.controlplane.router;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.AccessConfig;
import org.qfpsim.controlplane.config.model.EzvpnClient;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.NhrpConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.ike.IkeAddresses;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Addresses of EzVPN. A server takes them from the group's pool; a client keeps its own for as long as there are free ones, and afterwards
 * the one that was handed out first and whose client has no IKE SA is used again. A client in {@code mode network-plus} puts its address
 * on a loopback interface, whose number is the platform's first one for such, and treats it like a network behind an inside interface.
 */
final class EzvpnAddresses implements IkeAddresses {
    private static final int FIRST_LOOPBACK = 10_000;

    private final Supplier<RouterConfig> config;
    private final Predicate<IpAddress> connected;
    private final Runnable changed;
    private final Map<IpAddress, IpAddress> leases = new LinkedHashMap<>();
    private final Map<String, IpAddress> own = new TreeMap<>();

    /**
     * For one router.
     *
     * @param config    asked anew each time.
     * @param connected whether there is an IKE SA with a client.
     * @param changed   is told that {@link #applied} gives something else now.
     */
    EzvpnAddresses(final Supplier<RouterConfig> config, final Predicate<IpAddress> connected, final Runnable changed) {
        this.config = config;
        this.connected = connected;
        this.changed = changed;
    }

    private Optional<EzvpnClient> client(final IpAddress server) {
        return config.get().crypto().ezvpn().stream().filter(each -> each.peers().contains(server)).findFirst();
    }

    @Override
    public boolean wanted(final IpAddress server) {
        return client(server).map(each -> each.mode() == EzvpnClient.Mode.NETWORK_PLUS).orElse(false);
    }

    @Override
    public void assigned(final IpAddress server, final IpAddress address) {
        client(server).ifPresent(each -> {
            if (!address.equals(own.put(each.name(), address))) {
                changed.run();
            }
        });
    }

    @Override
    public @Nullable IpAddress lease(final IpAddress client, final String group) {
        final AccessConfig.Pool pool = pool(group);
        if (pool == null || !responds()) {
            return null;
        }
        final IpAddress before = leases.get(client);
        if (before != null && before.compareTo(pool.first()) >= 0 && before.compareTo(pool.last()) <= 0) {
            return before;
        }
        final IpAddress free = free(pool);
        if (free != null) {
            leases.values().remove(free);
            leases.put(client, free);
        }
        return free;
    }

    private AccessConfig.@Nullable Pool pool(final String group) {
        return config.get().crypto().isakmp().groups().stream().filter(each -> each.name().equals(group)).findFirst()
            .map(IsakmpConfig.Group::pool).flatMap(config.get().access()::pool).orElse(null);
    }

    private boolean responds() {
        return config.get().crypto().maps().stream().anyMatch(map -> map.modeConfig() == IsakmpConfig.ModeConfig.RESPOND)
            || config.get().crypto().isakmp().profiles().stream()
                .anyMatch(profile -> profile.modeConfig() == IsakmpConfig.ModeConfig.RESPOND);
    }

    private @Nullable IpAddress free(final AccessConfig.Pool pool) {
        final Set<IpAddress> taken = new HashSet<>(leases.values());
        for (long low = pool.first().low(); low <= pool.last().low(); low++) {
            final IpAddress address = IpAddress.v4((int) low);
            if (!taken.contains(address)) {
                return address;
            }
        }
        return leases.entrySet().stream().filter(lease -> !connected.test(lease.getKey())).map(Map.Entry::getValue)
            .filter(address -> address.compareTo(pool.first()) >= 0 && address.compareTo(pool.last()) <= 0).findFirst().orElse(null);
    }

    /**
     * A configuration with the addresses that servers have handed out to us.
     *
     * @param plain as it was entered.
     * @return the same, with a loopback interface for each address.
     */
    RouterConfig applied(final RouterConfig plain) {
        own.keySet().removeIf(name -> plain.crypto().ezvpn().stream()
            .noneMatch(each -> each.name().equals(name) && each.mode() == EzvpnClient.Mode.NETWORK_PLUS));
        if (own.isEmpty()) {
            return plain;
        }
        final List<InterfaceConfig> interfaces = new ArrayList<>(plain.interfaces());
        int number = FIRST_LOOPBACK;
        for (final Map.Entry<String, IpAddress> each : own.entrySet()) {
            while (plain.interfaceNamed(InterfaceConfig.Kind.LOOPBACK.label() + number).isPresent()) {
                number++;
            }
            interfaces.add(new InterfaceConfig(InterfaceConfig.Kind.LOOPBACK.label() + number++, null,
                List.of(new InterfaceConfig.Address(each.getValue(), each.getValue().bits())), List.of(), InterfaceConfig.DEFAULT_MTU, null,
                false, null, null, null, List.of(new InterfaceConfig.EzvpnAttachment(each.getKey(), true)), null, NhrpConfig.OFF));
        }
        return new RouterConfig(plain.hostname(), plain.domainName(), plain.logging(), plain.access(), plain.crypto(), interfaces,
            plain.accessLists(), plain.routes(), plain.applets(), plain.platform(), plain.terminal(), plain.simulator());
    }
}
