package org.qfpsim.controlplane.config.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Local users, and the lists that EzVPN asks.
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
     * A user, with a password or a secret.
     *
     * @param name      of the user.
     * @param privilege 0 to 15: 15 begins in privileged exec mode.
     * @param password  as it was typed, or null.
     * @param hash      of a secret, or null: with a secret alone somebody comes in over the network.
     */
    public record User(String name, int privilege, @Nullable Secret password, @Nullable HashedSecret hash) {
        /** Unless set. */
        public static final int DEFAULT_PRIVILEGE = 1;

        /**
         * Checks what somebody has typed.
         *
         * @param typed the password.
         * @return true if it is the one.
         */
        public boolean accepts(final String typed) {
            return hash != null ? hash.matches(typed)
                : password != null && MessageDigest.isEqual(password.octets(), typed.getBytes(StandardCharsets.UTF_8));
        }
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
