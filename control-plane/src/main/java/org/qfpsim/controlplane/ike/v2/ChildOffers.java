package org.qfpsim.controlplane.ike.v2;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.IkeHash;
import org.qfpsim.controlplane.ike.crypto.Integrity;
import org.qfpsim.controlplane.ike.v2.wire.Proposal;
import org.qfpsim.controlplane.ike.v2.wire.Transform;
import org.qfpsim.datapath.crypto.EspSuite;

/** Offers and chooses the algorithms of a pair of ESP SAs (RFC 7296 sections 2.7, 3.3; numbers of RFC 4106, 7634, 4868). */
final class ChildOffers {
    private static final int ENCR_NULL = 11;
    private static final int AES_CBC = 12;
    private static final int AES_GCM_8 = 18;
    private static final int AES_GCM_12 = 19;
    private static final int AES_GCM_16 = 20;
    private static final int CHACHA20_POLY1305 = 28;
    private static final int NONE = 0;

    /**
     * What was chosen.
     *
     * @param reply the proposal to answer with, without SPI.
     * @param spi   the peer's SPI.
     * @param suite the algorithms.
     * @param esn   whether extended sequence numbers are used.
     * @param group group of perfect forward secrecy, or null.
     */
    record Chosen(Proposal reply, int spi, EspSuite suite, boolean esn, @Nullable DhGroup group) {
        /** The reply with our SPI in it. */
        Proposal replyWith(final int ourSpi) {
            return new Proposal(reply.number(), Proposal.ESP, spiOctets(ourSpi), reply.transforms());
        }
    }

    private ChildOffers() {
    }

    static byte[] spiOctets(final int spi) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(spi).array();
    }

    /**
     * What we offer: a proposal for each suite.
     *
     * @param policy the flow.
     * @param spi    our SPI.
     * @param group  group of perfect forward secrecy, or null; never in IKE_AUTH (section 1.2).
     * @return the proposals.
     */
    static List<Proposal> offer(final ChildPolicy policy, final int spi, final @Nullable DhGroup group) {
        final List<Proposal> offers = new ArrayList<>();
        for (final EspSuite suite : policy.suites()) {
            if (negotiable(suite)) {
                final List<Transform> transforms = algorithms(suite);
                if (group != null) {
                    transforms.add(new Transform(Transform.GROUP, group.number()));
                }
                if (policy.esn()) {
                    transforms.add(new Transform(Transform.ESN, 1));
                }
                transforms.add(new Transform(Transform.ESN, NONE));
                offers.add(new Proposal(offers.size() + 1, Proposal.ESP, spiOctets(spi), transforms));
            }
        }
        return offers;
    }

    /** CBC without integrity is for manual keys only. */
    private static boolean negotiable(final EspSuite suite) {
        return suite.authenticated();
    }

    private static List<Transform> algorithms(final EspSuite suite) {
        final List<Transform> transforms = new ArrayList<>();
        transforms.add(cipher(suite));
        if (!suite.combined()) {
            transforms.add(new Transform(Transform.INTEGRITY, integrity(suite).number()));
        }
        return transforms;
    }

    private static Transform cipher(final EspSuite suite) {
        final int bits = suite.keyBytes() * Byte.SIZE;
        return switch (suite.cipher()) {
            case AES_CBC -> Transform.cipher(AES_CBC, bits);
            case AES_GCM -> Transform.cipher(suite.icvBytes() == 16 ? AES_GCM_16 : suite.icvBytes() == 12 ? AES_GCM_12 : AES_GCM_8, bits);
            case CHACHA20_POLY1305 -> Transform.cipher(CHACHA20_POLY1305, 0);
            case NULL -> Transform.cipher(ENCR_NULL, 0);
        };
    }

    private static Integrity integrity(final EspSuite suite) {
        return switch (suite.auth()) {
            case HMAC_SHA1_96 -> Integrity.of(IkeHash.SHA1);
            case HMAC_SHA256_128 -> Integrity.of(IkeHash.SHA256);
            case HMAC_SHA384_192 -> Integrity.of(IkeHash.SHA384);
            case HMAC_SHA512_256 -> Integrity.of(IkeHash.SHA512);
            case NONE -> throw new IllegalArgumentException(suite + " has no integrity");
        };
    }

    /**
     * Chooses.
     *
     * @param policy the flow.
     * @param theirs what the peer proposes.
     * @param pfs    whether groups count: not in IKE_AUTH.
     * @param keGroup group of the KE payload that came, 0 if none.
     * @return empty if there is nothing acceptable, which includes a group that is wanted and not offered.
     */
    static Optional<Chosen> choose(final ChildPolicy policy, final List<Proposal> theirs, final boolean pfs, final int keGroup) {
        for (final Proposal proposal : theirs) {
            final boolean readable = proposal.protocol() == Proposal.ESP && proposal.spi().length == Integer.BYTES
                && proposal.transforms().stream().allMatch(one -> one.type() >= 1 && one.type() <= Transform.ESN);
            for (final EspSuite suite : readable ? policy.suites() : List.<EspSuite>of()) {
                final Chosen chosen = match(policy, suite, proposal, pfs, keGroup);
                if (chosen != null) {
                    return Optional.of(chosen);
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable Chosen match(final ChildPolicy policy, final EspSuite suite, final Proposal theirs, final boolean pfs,
                                          final int keGroup) {
        if (!negotiable(suite) || !theirs.transforms().containsAll(algorithms(suite))) {
            return null;
        }
        final boolean separate = theirs.of(Transform.INTEGRITY).stream().anyMatch(one -> one.id() != NONE);
        if (suite.combined() && separate && !has(theirs, Transform.INTEGRITY, NONE)) {
            return null;
        }
        final boolean esn = policy.esn() && has(theirs, Transform.ESN, 1);
        if (!esn && !theirs.of(Transform.ESN).isEmpty() && !has(theirs, Transform.ESN, NONE)) {
            return null;
        }
        final List<Transform> reply = algorithms(suite);
        DhGroup group = null;
        if (pfs) {
            final int number = groupNumber(policy, theirs, keGroup);
            group = DhGroup.of(number).orElse(null);
            if (number != NONE && group == null) {
                return null;
            }
        }
        if (group != null) {
            reply.add(new Transform(Transform.GROUP, group.number()));
        }
        reply.add(new Transform(Transform.ESN, esn ? 1 : NONE));
        return new Chosen(new Proposal(theirs.number(), Proposal.ESP, new byte[0], reply), ByteBuffer.wrap(theirs.spi()).getInt(), suite,
            esn, group);
    }

    /** 0 if none is used, -1 if none is acceptable. Without a configured group the peer's is accepted. */
    private static int groupNumber(final ChildPolicy policy, final Proposal theirs, final int keGroup) {
        final List<Transform> offered = theirs.of(Transform.GROUP);
        if (policy.pfsGroup() != NONE) {
            return has(theirs, Transform.GROUP, policy.pfsGroup()) ? policy.pfsGroup() : -1;
        }
        if (offered.isEmpty() || has(theirs, Transform.GROUP, NONE)) {
            return NONE;
        }
        if (DhGroup.of(keGroup).isPresent() && has(theirs, Transform.GROUP, keGroup)) {
            return keGroup;
        }
        return offered.stream().map(Transform::id).filter(id -> DhGroup.of(id).isPresent()).findFirst().orElse(-1);
    }

    private static boolean has(final Proposal theirs, final int type, final int id) {
        return theirs.of(type).stream().anyMatch(transform -> transform.understood() && transform.id() == id);
    }
}
