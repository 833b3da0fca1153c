package org.qfpsim.controlplane.config.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * IKEv2.
 *
 * @param proposals        by name.
 * @param policies         by name.
 * @param keyrings         by name.
 * @param profiles         by name.
 * @param dpd              dead peer detection, or null.
 * @param natKeepalive     seconds between NAT keepalives; 0 is off.
 * @param cookieChallenge  half-open SAs from which on cookies are asked for; 0: never.
 * @param maxInNegotiation SAs in negotiation at most; 0: as call admission says.
 * @param fragmentationMtu octets of a packet from which on IKE messages are fragmented; 0 is off.
 */
public record Ikev2Config(List<Proposal> proposals, List<Policy> policies, List<Keyring> keyrings, List<Profile> profiles,
                          @Nullable DpdConfig dpd, int natKeepalive, int cookieChallenge, int maxInNegotiation, int fragmentationMtu) {
    /** Of {@code crypto ikev2 fragmentation} without a number. */
    public static final int DEFAULT_FRAGMENTATION_MTU = 576;

    /**
     * Algorithms, the preferred ones first; incomplete unless it has ciphers, groups and, with CBC, hashes.
     *
     * @param name    its name.
     * @param ciphers {@code aes-cbc-128|192|256}, {@code aes-gcm-128|256}.
     * @param hashes  {@code sha1|sha256|sha384|sha512}.
     * @param prfs    as hashes; empty: the hashes.
     * @param groups  Diffie-Hellman groups.
     */
    public record Proposal(String name, List<String> ciphers, List<String> hashes, List<String> prfs, List<Integer> groups) {
        /** Copies the lists. */
        public Proposal {
            ciphers = List.copyOf(ciphers);
            hashes = List.copyOf(hashes);
            prfs = List.copyOf(prfs);
            groups = List.copyOf(groups);
        }

        /** Whether it can be offered. */
        public boolean complete() {
            final boolean cbc = ciphers.stream().anyMatch(cipher -> cipher.startsWith("aes-cbc"));
            return !ciphers.isEmpty() && !groups.isEmpty() && (cbc ? !hashes.isEmpty() : !hashes.isEmpty() || !prfs.isEmpty());
        }
    }

    /**
     * Which proposals hold where.
     *
     * @param name      its name.
     * @param locals    our addresses that it is for; empty for all.
     * @param proposals names, the preferred one first; none: incomplete.
     */
    public record Policy(String name, List<IpAddress> locals, List<String> proposals) {
        /** Copies the lists. */
        public Policy {
            locals = List.copyOf(locals);
            proposals = List.copyOf(proposals);
        }
    }

    /**
     * Keys.
     *
     * @param name  its name.
     * @param peers in the order in which they were entered.
     */
    public record Keyring(String name, List<Peer> peers) {
        /** Copies the list. */
        public Keyring {
            peers = List.copyOf(peers);
        }
    }

    /**
     * A peer of a keyring.
     *
     * @param name     of this block.
     * @param address  {@code address}: where its packets come from, or null.
     * @param identity {@code identity}: what it says it is, or null.
     * @param local    key that we authenticate with, or null.
     * @param remote   key that it authenticates with, or null.
     */
    public record Peer(String name, PeerMatch.@Nullable Address address, @Nullable PeerMatch identity, @Nullable Secret local,
                       @Nullable Secret remote) {
    }

    /**
     * An IKEv2 profile; incomplete unless it has a remote match, both authentications and the keys for them.
     *
     * @param name            its name.
     * @param remotes         {@code match identity remote}.
     * @param identity        who we say we are.
     * @param localPreShare   {@code authentication local pre-share}.
     * @param remotePreShare  {@code authentication remote pre-share}.
     * @param localKey        key of that line, or null.
     * @param remoteKey       key of that line, or null.
     * @param keyring         name, or null.
     * @param dpd             dead peer detection, or null: the global one.
     * @param seconds         lifetime of the IKE SA, 120 to 86400.
     */
    public record Profile(String name, List<PeerMatch> remotes, LocalIdentity identity, boolean localPreShare, boolean remotePreShare,
                          @Nullable Secret localKey, @Nullable Secret remoteKey, @Nullable String keyring, @Nullable DpdConfig dpd,
                          int seconds) {
        /** Copies the list. */
        public Profile {
            remotes = List.copyOf(remotes);
        }

        /** Whether it can be used. */
        public boolean complete() {
            return !remotes.isEmpty() && localPreShare && remotePreShare && (keyring != null || localKey != null && remoteKey != null);
        }
    }

    /** Copies the lists. */
    public Ikev2Config {
        proposals = List.copyOf(proposals);
        policies = List.copyOf(policies);
        keyrings = List.copyOf(keyrings);
        profiles = List.copyOf(profiles);
    }

    /**
     * Finds a proposal.
     *
     * @param name its name.
     * @return the proposal.
     */
    public Optional<Proposal> proposal(final String name) {
        return proposals.stream().filter(each -> each.name().equals(name)).findFirst();
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
