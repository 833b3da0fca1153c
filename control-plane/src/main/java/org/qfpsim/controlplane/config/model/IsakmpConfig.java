package org.qfpsim.controlplane.config.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * IKEv1.
 *
 * @param policies            by priority.
 * @param keys                {@code crypto isakmp key}.
 * @param keyrings            {@code crypto keyring}, by name.
 * @param profiles            {@code crypto isakmp profile}, by name.
 * @param groups              {@code crypto isakmp client configuration group}: what an EzVPN server gives, by name.
 * @param identity            who we say we are: the address or the host name.
 * @param keepalive           dead peer detection, or null.
 * @param natKeepalive        seconds between NAT keepalives; 0 is off.
 * @param invalidSpiRecovery  whether an IKE SA is set up for a sender of unknown SPIs.
 * @param aggressiveModeOff   {@code crypto isakmp aggressive-mode disable}: Aggressive Mode is refused.
 */
public record IsakmpConfig(List<Policy> policies, List<Key> keys, List<Keyring> keyrings, List<Profile> profiles, List<Group> groups,
                           LocalIdentity identity, @Nullable DpdConfig keepalive, int natKeepalive, boolean invalidSpiRecovery,
                           boolean aggressiveModeOff) {
    /** Lifetime of an IKE SA unless set. */
    public static final int DEFAULT_SECONDS = 86_400;

    /**
     * An ISAKMP policy. Where the platform's default is not simulated (DES, group 1, RSA signatures) the field is null or false, and the
     * policy is not offered: {@link #complete}.
     *
     * @param priority 1 to 10000.
     * @param cipher   {@code aes-cbc-128|192|256}, or null.
     * @param hash     {@code sha1|sha256|sha384|sha512}.
     * @param group    Diffie-Hellman group, or null.
     * @param preShare whether pre-shared keys authenticate.
     * @param seconds  60 to 86400.
     */
    public record Policy(int priority, @Nullable String cipher, String hash, @Nullable Integer group, boolean preShare, int seconds) {
        /** Whether it can be offered. */
        public boolean complete() {
            return cipher != null && group != null && preShare;
        }
    }

    /**
     * A pre-shared key.
     *
     * @param peer    whom it is for.
     * @param key     the key.
     * @param noXauth whether the peer is never asked for XAUTH.
     */
    public record Key(PeerMatch peer, Secret key, boolean noXauth) {
    }

    /**
     * Keys that profiles name.
     *
     * @param name of the keyring.
     * @param keys the keys.
     */
    public record Keyring(String name, List<Key> keys) {
        /** Copies the list. */
        public Keyring {
            keys = List.copyOf(keys);
        }
    }

    /**
     * An ISAKMP profile.
     *
     * @param name              its name.
     * @param keyring           name, or null: the global keys.
     * @param matches           peers; none: the profile is incomplete.
     * @param groups            names of EzVPN groups that match, too.
     * @param self              identity, or null: the global one.
     * @param keepalive         dead peer detection, or null: the global one.
     * @param aggressive        whether we begin with Aggressive Mode.
     * @param authenticationList list of {@code client authentication list} (XAUTH), or null.
     * @param authorizationList list of {@code isakmp authorization list}, or null.
     * @param modeConfig        how addresses are given to clients.
     */
    public record Profile(String name, @Nullable String keyring, List<PeerMatch> matches, List<String> groups, @Nullable LocalIdentity self,
                          @Nullable DpdConfig keepalive, boolean aggressive, @Nullable String authenticationList,
                          @Nullable String authorizationList, ModeConfig modeConfig) {
        /** Copies the lists. */
        public Profile {
            matches = List.copyOf(matches);
            groups = List.copyOf(groups);
        }
    }

    /** Mode Config of a server. */
    public enum ModeConfig {
        /** No addresses. */
        OFF,
        /** {@code client configuration address respond}: the client asks. */
        RESPOND
    }

    /**
     * What an EzVPN server gives to the members of a group.
     *
     * @param name of the group: the key id that the client sends.
     * @param key  the group's key, or null: incomplete.
     * @param pool name of the pool that a client gets its address from, or null: none is handed out.
     */
    public record Group(String name, @Nullable Secret key, @Nullable String pool) {
    }

    /** Copies the lists. */
    public IsakmpConfig {
        policies = List.copyOf(policies);
        keys = List.copyOf(keys);
        keyrings = List.copyOf(keyrings);
        profiles = List.copyOf(profiles);
        groups = List.copyOf(groups);
    }

    /**
     * Finds a keyring.
     *
     * @param name its name.
     * @return the keyring.
     */
    public Optional<Keyring> keyring(final String name) {
        return keyrings.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Finds a profile.
     *
     * @param name its name.
     * @return the profile.
     */
    public Optional<Profile> profile(final String name) {
        return profiles.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
