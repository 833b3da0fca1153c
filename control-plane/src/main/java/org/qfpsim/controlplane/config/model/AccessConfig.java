package org.qfpsim.controlplane.config.model;

import java.util.List;
import java.util.Optional;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Users and lists that EzVPN asks.
 *
 * @param newModel           {@code aaa new-model}.
 * @param loginLists         names of {@code aaa authentication login ... local}.
 * @param authorizationLists names of {@code aaa authorization network ... local}.
 * @param users              local users.
 * @param pools              {@code ip local pool}.
 */
public record AccessConfig(boolean newModel, List<String> loginLists, List<String> authorizationLists, List<User> users,
                           List<Pool> pools) {
    /**
     * A user.
     *
     * @param name     of the user.
     * @param password of the user.
     */
    public record User(String name, Secret password) {
    }

    /**
     * Addresses for clients.
     *
     * @param name  of the pool.
     * @param first address.
     * @param last  address, not below the first.
     */
    public record Pool(String name, IpAddress first, IpAddress last) {
    }

    /** Copies the lists. */
    public AccessConfig {
        loginLists = List.copyOf(loginLists);
        authorizationLists = List.copyOf(authorizationLists);
        users = List.copyOf(users);
        pools = List.copyOf(pools);
    }

    /**
     * Finds a user.
     *
     * @param name of the user.
     * @return the user.
     */
    public Optional<User> user(final String name) {
        return users.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Finds a pool.
     *
     * @param name of the pool.
     * @return the pool.
     */
    public Optional<Pool> pool(final String name) {
        return pools.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
