package org.qfpsim.controlplane.ike.v2;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.DhKey;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;

/** IKE_SA_INIT (RFC 7296 section 1.2): again with a cookie (2.6) or another group (2.7) if the peer wants that. */
final class InitTask implements Task {
    private static final int MAX_RESTARTS = 5;
    private static final int MAX_COOKIE = 64;

    private final Lifecycle lifecycle;
    private final ChildRequest first;
    private final @Nullable Boolean initialContact;
    private final List<IkeProposal> proposals;
    private final List<DhGroup> groups;
    private DhKey dh;
    private byte[] cookie = new byte[0];
    private int restarts;

    /**
     * The first exchange.
     *
     * @param proposals      what is configured, with at least one group.
     * @param first          the pair that IKE_AUTH sets up.
     * @param initialContact whether INITIAL_CONTACT is sent; null: if we know of no other IKE SA with the peer.
     */
    InitTask(final Lifecycle lifecycle, final List<IkeProposal> proposals, final ChildRequest first,
             final @Nullable Boolean initialContact) {
        this.lifecycle = lifecycle;
        this.proposals = proposals;
        this.first = first;
        this.initialContact = initialContact;
        groups = IkeOffers.groups(proposals);
        dh = groups.getFirst().generate(lifecycle.context.random());
    }

    @Override
    public int exchange() {
        return Header.IKE_SA_INIT;
    }

    @Override
    public List<Payload> start(final IkeSa sa) {
        sa.say(() -> "Generating IKE_SA_INIT message");
        if (sa.ni.length == 0) {
            sa.ni = lifecycle.context.nonce();
        }
        final List<Payload> payloads = new ArrayList<>();
        if (cookie.length > 0) {
            payloads.add(new Payload.Notify(NotifyType.COOKIE, cookie));
        }
        payloads.add(new Payload.SecurityAssociation(IkeOffers.offer(proposals, new byte[0])));
        payloads.add(new Payload.KeyExchange(dh.group().number(), dh.publicValue()));
        payloads.add(new Payload.Nonce(sa.ni));
        payloads.addAll(NatDetection.notifies(sa.localSpi, 0, sa.path));
        if (lifecycle.context.config().fragmentationMtu() > 0) {
            payloads.add(new Payload.Notify(NotifyType.FRAGMENTATION_SUPPORTED));
        }
        return payloads;
    }

    @Override
    public void answered(final IkeSa sa, final Payloads response) {
        final Optional<Payload.Notify> wanted = response.notification(NotifyType.COOKIE);
        final Optional<Payload.Notify> error = response.error();
        if (wanted.isPresent() && wanted.get().data().length <= MAX_COOKIE && response.nonce().isEmpty()) {
            cookie = wanted.get().data();
            again(sa);
        } else if (error.isPresent()) {
            refused(sa, error.get());
        } else if (!agreed(sa, response)) {
            giveUp(sa, "the answer is not acceptable");
        }
    }

    private void refused(final IkeSa sa, final Payload.Notify error) {
        sa.say(() -> "Received " + NotifyType.name(error.code()) + " notify");
        if (error.code() == NotifyType.INVALID_KE_PAYLOAD && error.data().length == 2) {
            final int number = ByteBuffer.wrap(error.data()).getShort() & 0xffff;
            // Only a group that we offered, and not the same one again: otherwise anybody could choose for us.
            final Optional<DhGroup> other = groups.stream().filter(group -> group.number() == number && group != dh.group()).findFirst();
            if (other.isPresent()) {
                dh = other.get().generate(lifecycle.context.random());
                again(sa);
                return;
            }
        }
        giveUp(sa, NotifyType.name(error.code()));
    }

    private void again(final IkeSa sa) {
        if (++restarts > MAX_RESTARTS) {
            giveUp(sa, "the peer asks again and again");
        } else {
            sa.lane.restart(this);
        }
    }

    private void giveUp(final IkeSa sa, final String reason) {
        lifecycle.close(sa, reason, false);
        fail(sa, reason);
    }

    private boolean agreed(final IkeSa sa, final Payloads response) {
        final Optional<Payload.SecurityAssociation> reply = response.first(Payload.SecurityAssociation.class);
        final Optional<Payload.KeyExchange> ke = response.first(Payload.KeyExchange.class);
        final Optional<byte[]> nr = response.nonce();
        if (reply.isEmpty() || reply.get().proposals().size() != 1 || ke.isEmpty() || nr.isEmpty() || sa.remoteSpi == 0) {
            return false;
        }
        final Optional<IkeOffers.Chosen> chosen = IkeOffers.choose(proposals, reply.get().proposals(), dh.group().number());
        final Optional<byte[]> secret = ke.get().group() == dh.group().number() ? dh.agree(ke.get().value()) : Optional.empty();
        if (chosen.isEmpty() || secret.isEmpty() || chosen.get().suite().group() != dh.group()) {
            return false;
        }
        sa.nr = nr.get();
        sa.seconds = chosen.get().seconds();
        final IkeSuite suite = chosen.get().suite();
        sa.secure(suite, IkeKeys.derive(suite, IkeKeys.seed(suite.prf(), secret.get(), sa.ni, sa.nr), sa.ni, sa.nr, sa.localSpi,
            sa.remoteSpi));
        sa.nat = NatDetection.compare(sa.localSpi, sa.remoteSpi, sa.path, response);
        sa.fragmentation = lifecycle.context.config().fragmentationMtu() > 0 && response.has(NotifyType.FRAGMENTATION_SUPPORTED);
        if (sa.nat.found() && sa.path.localPort() != IkePath.NAT_PORT) {
            // Section 2.23: from here on by the port that NATs know.
            sa.say(() -> "NAT found, changing to port 4500");
            sa.path = new IkePath(sa.path.local(), IkePath.NAT_PORT, sa.path.remote(), IkePath.NAT_PORT);
        }
        sa.lane.enqueueNext(new AuthTask(lifecycle, sa, first, initialContact));
        return true;
    }

    private void fail(final IkeSa sa, final String reason) {
        first.fail(lifecycle.context.engine(), reason);
        sa.outcome(false, reason);
    }

    @Override
    public void failed(final String reason) {
        first.fail(lifecycle.context.engine(), reason);
    }
}
