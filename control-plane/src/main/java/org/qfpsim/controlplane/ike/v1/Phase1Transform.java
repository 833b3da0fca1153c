package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.IkeCipher;
import org.qfpsim.controlplane.ike.crypto.IkeHash;

/**
 * Algorithms of an ISAKMP SA.
 *
 * @param cipher  AES-CBC.
 * @param hash    its HMAC is the prf.
 * @param group   of Diffie-Hellman.
 * @param auth    {@link #PRESHARED} or {@link #XAUTH_INIT_PRESHARED}.
 * @param seconds lifetime; -1 if none was said.
 */
record Phase1Transform(IkeCipher cipher, IkeHash hash, DhGroup group, int auth, long seconds) {
    /** Authentication by pre-shared keys. */
    static final int PRESHARED = 1;
    /** The same, and XAUTH of the initiator afterwards (draft-ietf-ipsec-isakmp-xauth-06 section 7.2). */
    static final int XAUTH_INIT_PRESHARED = 65001;
    private static final int AES_CBC = 7;

    /**
     * The transform of an isakmp policy.
     *
     * @param policy of the configuration: the first of each list counts.
     * @param auth   how to authenticate.
     * @return the transform; empty if the policy names what IKEv1 has not.
     */
    static Optional<Phase1Transform> of(final IkeProposal policy, final int auth) {
        if (policy.ciphers().isEmpty() || policy.hashes().isEmpty() || policy.groups().isEmpty()) {
            return Optional.empty();
        }
        final Optional<IkeCipher> cipher = IkeCipher.named(policy.ciphers().getFirst()).filter(each -> !each.combined());
        final Optional<IkeHash> hash = IkeHash.named(policy.hashes().getFirst());
        final Optional<DhGroup> group = DhGroup.of(policy.groups().getFirst());
        return cipher.isEmpty() || hash.isEmpty() || group.isEmpty() ? Optional.empty()
            : Optional.of(new Phase1Transform(cipher.get(), hash.get(), group.get(), auth, policy.seconds()));
    }

    /**
     * What a peer offers or has chosen.
     *
     * @param transform from its SA payload.
     * @return the algorithms; empty if we have them not.
     * @throws MalformedException if an attribute is not a number.
     */
    static Optional<Phase1Transform> parse(final Transform transform) throws MalformedException {
        if (transform.id() != Isakmp.KEY_IKE || transform.value(Isakmp.A1_CIPHER) != AES_CBC) {
            return Optional.empty();
        }
        final long bits = transform.value(Isakmp.A1_KEY_LENGTH);
        final long hashNumber = transform.value(Isakmp.A1_HASH);
        final Optional<IkeCipher> cipher = IkeCipher.named("aes-cbc-" + bits);
        final Optional<DhGroup> group = DhGroup.of((int) transform.value(Isakmp.A1_GROUP));
        final Optional<IkeHash> hash = List.of(IkeHash.values()).stream().filter(each -> number(each) == hashNumber).findFirst();
        if (cipher.isEmpty() || group.isEmpty() || hash.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Phase1Transform(cipher.get(), hash.get(), group.get(), (int) transform.value(Isakmp.A1_AUTH),
            transform.life(Isakmp.A1_LIFE_TYPE, Isakmp.A1_LIFE, Isakmp.LIFE_SECONDS)));
    }

    /** As a transform to offer. */
    Transform encode(final int number) {
        final List<Attribute> attributes = new ArrayList<>();
        attributes.add(Attribute.basic(Isakmp.A1_CIPHER, AES_CBC));
        attributes.add(Attribute.basic(Isakmp.A1_KEY_LENGTH, cipher.keyBits()));
        attributes.add(Attribute.basic(Isakmp.A1_HASH, number(hash)));
        attributes.add(Attribute.basic(Isakmp.A1_GROUP, group.number()));
        attributes.add(Attribute.basic(Isakmp.A1_AUTH, auth));
        attributes.add(Attribute.basic(Isakmp.A1_LIFE_TYPE, Isakmp.LIFE_SECONDS));
        attributes.add(Attribute.number(Isakmp.A1_LIFE, seconds));
        return new Transform(number, Isakmp.KEY_IKE, attributes);
    }

    /** Whether the algorithms are the same, whatever the lifetimes are. */
    boolean sameAlgorithms(final Phase1Transform other) {
        return cipher == other.cipher && hash == other.hash && group == other.group && auth == other.auth;
    }

    /** The hash's number (RFC 2409 appendix A, RFC 4868 section 3). */
    private static int number(final IkeHash hash) {
        return switch (hash) {
            case SHA1 -> 2;
            case SHA256 -> 4;
            case SHA384 -> 5;
            case SHA512 -> 6;
        };
    }
}
