package org.qfpsim.controlplane.ike.v2;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.IkeCipher;
import org.qfpsim.controlplane.ike.crypto.IkeHash;
import org.qfpsim.controlplane.ike.crypto.Integrity;
import org.qfpsim.controlplane.ike.crypto.Prf;
import org.qfpsim.controlplane.ike.v2.wire.Proposal;
import org.qfpsim.controlplane.ike.v2.wire.Transform;

/** Offers and chooses the algorithms of an IKE SA (RFC 7296 sections 2.7 and 3.3). */
final class IkeOffers {
    private static final int NO_INTEGRITY = 0;

    /**
     * What was chosen.
     *
     * @param reply   the proposal to answer with, without SPI.
     * @param suite   the algorithms.
     * @param seconds lifetime of the configured proposal.
     */
    record Chosen(Proposal reply, IkeSuite suite, long seconds) {
    }

    private IkeOffers() {
    }

    /**
     * What we offer. GCM and CBC go into proposals of their own, because only CBC has integrity beside it (section 3.3).
     *
     * @param ours the configuration.
     * @param spi  empty, or our new SPI when an IKE SA is rekeyed.
     * @return at least one proposal unless the configuration has none.
     */
    static List<Proposal> offer(final List<IkeProposal> ours, final byte[] spi) {
        final List<Proposal> offers = new ArrayList<>();
        for (final IkeProposal own : ours) {
            for (final boolean combined : new boolean[] {false, true}) {
                final List<IkeCipher> ciphers = ciphers(own).stream().filter(cipher -> cipher.combined() == combined).toList();
                if (!ciphers.isEmpty()) {
                    offers.add(new Proposal(offers.size() + 1, Proposal.IKE, spi, transforms(own, ciphers, combined)));
                }
            }
        }
        return offers;
    }

    private static List<Transform> transforms(final IkeProposal own, final List<IkeCipher> ciphers, final boolean combined) {
        final List<Transform> transforms = new ArrayList<>();
        ciphers.forEach(cipher -> transforms.add(Transform.cipher(cipher.number(), cipher.keyBits())));
        prfs(own).forEach(prf -> transforms.add(new Transform(Transform.PRF, prf.number())));
        if (!combined) {
            hashes(own.hashes()).forEach(hash -> transforms.add(new Transform(Transform.INTEGRITY, Integrity.of(hash).number())));
        }
        groups(own).forEach(group -> transforms.add(new Transform(Transform.GROUP, group.number())));
        return transforms;
    }

    /** The groups that a configuration offers, the preferred one first. */
    static List<DhGroup> groups(final List<IkeProposal> ours) {
        return ours.stream().flatMap(own -> groups(own).stream()).distinct().toList();
    }

    private static List<DhGroup> groups(final IkeProposal own) {
        return own.groups().stream().map(DhGroup::of).flatMap(Optional::stream).toList();
    }

    private static List<IkeCipher> ciphers(final IkeProposal own) {
        return own.ciphers().stream().map(IkeCipher::named).flatMap(Optional::stream).toList();
    }

    private static List<IkeHash> hashes(final Collection<String> names) {
        return names.stream().map(IkeHash::named).flatMap(Optional::stream).toList();
    }

    private static List<Prf> prfs(final IkeProposal own) {
        return hashes(own.prfs().isEmpty() ? own.hashes() : own.prfs()).stream().map(Prf::of).toList();
    }

    /**
     * Chooses.
     *
     * @param ours    the configuration.
     * @param theirs  what the peer proposes; its first acceptable proposal is taken.
     * @param keGroup group of its KE payload, preferred to save a round trip.
     * @return empty if there is nothing acceptable.
     */
    static Optional<Chosen> choose(final List<IkeProposal> ours, final List<Proposal> theirs, final int keGroup) {
        for (final Proposal proposal : theirs) {
            for (final IkeProposal own : ours) {
                final Chosen chosen = proposal.protocol() == Proposal.IKE ? match(own, proposal, keGroup) : null;
                if (chosen != null) {
                    return Optional.of(chosen);
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable Chosen match(final IkeProposal own, final Proposal theirs, final int keGroup) {
        // Section 3.3.6: a proposal with a type of transform that we do not know is not acceptable.
        if (theirs.transforms().stream().anyMatch(transform -> transform.type() > Transform.GROUP || transform.type() < 1)) {
            return null;
        }
        final Optional<IkeCipher> cipher = ciphers(own).stream().filter(one -> offered(theirs, Transform.ENCRYPTION,
            transform -> transform.id() == one.number() && transform.keyBits() == one.keyBits())).findFirst();
        final Optional<Prf> prf = prfs(own).stream().filter(one -> has(theirs, Transform.PRF, one.number())).findFirst();
        final Optional<DhGroup> group = groups(own).stream().filter(one -> has(theirs, Transform.GROUP, one.number()))
            .min((a, b) -> Boolean.compare(b.number() == keGroup, a.number() == keGroup));
        if (cipher.isEmpty() || prf.isEmpty() || group.isEmpty()) {
            return null;
        }
        Integrity integrity = null;
        if (!cipher.get().combined()) {
            integrity = hashes(own.hashes()).stream().map(Integrity::of)
                .filter(one -> has(theirs, Transform.INTEGRITY, one.number())).findFirst().orElse(null);
            if (integrity == null) {
                return null;
            }
        } else if (!theirs.of(Transform.INTEGRITY).isEmpty() && !has(theirs, Transform.INTEGRITY, NO_INTEGRITY)) {
            return null;
        }
        final IkeSuite suite = new IkeSuite(cipher.get(), integrity, prf.get(), group.get());
        return new Chosen(new Proposal(theirs.number(), Proposal.IKE, new byte[0], reply(suite)), suite, own.seconds());
    }

    private static List<Transform> reply(final IkeSuite suite) {
        final List<Transform> transforms = new ArrayList<>();
        transforms.add(Transform.cipher(suite.cipher().number(), suite.cipher().keyBits()));
        transforms.add(new Transform(Transform.PRF, suite.prf().number()));
        if (suite.integrity() != null) {
            transforms.add(new Transform(Transform.INTEGRITY, suite.integrity().number()));
        }
        transforms.add(new Transform(Transform.GROUP, suite.group().number()));
        return transforms;
    }

    private static boolean has(final Proposal theirs, final int type, final int id) {
        return offered(theirs, type, transform -> transform.id() == id);
    }

    private static boolean offered(final Proposal theirs, final int type, final Predicate<Transform> wanted) {
        return theirs.of(type).stream().anyMatch(transform -> transform.understood() && wanted.test(transform));
    }
}
