package org.qfpsim.controlplane.ike.v2;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.DhKey;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.Proposal;

/**
 * CREATE_CHILD_SA that replaces the IKE SA (RFC 7296 sections 1.3.2, 2.18). If the peer does the same at the same time, both exchanges
 * are finished, the IKE SA with the lowest of the four nonces is deleted by its initiator, and the pairs go to the other one (2.8.2).
 */
final class RekeyIkeTask implements Task {
    private record Rival(IkeSa heir, byte[] lowest) {
    }

    private static final int MAX_ATTEMPTS = 10;
    private static final long PAUSE_NANOS = Ikev2Context.seconds(2);

    private final Lifecycle lifecycle;
    private int attempts;
    private int wantedGroup;
    private long spi;
    private byte[] ni = new byte[0];
    private @Nullable DhKey dh;
    private @Nullable Rival rival;

    RekeyIkeTask(final Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public int exchange() {
        return Header.CREATE_CHILD_SA;
    }

    /** The peer has rekeyed the same IKE SA while our request was on its way. */
    void collides(final IkeSa heir, final byte[] lowestNonce) {
        lifecycle.counters.count(Ikev2Event.COLLISION);
        rival = new Rival(heir, lowestNonce);
    }

    boolean hasRival() {
        return rival != null;
    }

    private List<IkeProposal> configured(final IkeSa sa) {
        return lifecycle.context.config().proposals(2, sa.path.local(), sa.path.remote());
    }

    @Override
    public @Nullable List<Payload> start(final IkeSa sa) {
        if (sa.state != IkeSa.State.READY) {
            return null;
        }
        final List<Proposal> offers = IkeOffers.offer(configured(sa), spiOctets(lifecycle.context.nonZeroSpi()));
        final int number = wantedGroup != 0 ? wantedGroup : sa.secured().suite().group().number();
        final List<DhGroup> groups = IkeOffers.groups(configured(sa));
        if (offers.isEmpty() || groups.isEmpty()) {
            return null;
        }
        final DhKey key = groups.stream().filter(group -> group.number() == number).findFirst().orElse(groups.getFirst())
            .generate(lifecycle.context.random());
        dh = key;
        spi = ByteBuffer.wrap(offers.getFirst().spi()).getLong();
        ni = lifecycle.context.nonce();
        rival = null;
        return List.of(new Payload.SecurityAssociation(offers), new Payload.Nonce(ni),
            new Payload.KeyExchange(key.group().number(), key.publicValue()));
    }

    static byte[] spiOctets(final long spi) {
        return ByteBuffer.allocate(Long.BYTES).putLong(spi).array();
    }

    @Override
    public void answered(final IkeSa sa, final Payloads response) {
        final Optional<Payload.Notify> error = response.error();
        if (error.isPresent()) {
            refused(sa, error.get());
            return;
        }
        final IkeSa heir = heir(sa, response);
        if (heir == null) {
            // The peer believes in a new IKE SA that we cannot share; better to begin anew.
            lifecycle.disconnect(sa, "the answer to the rekey is not acceptable");
            return;
        }
        final byte[] lowest = ChildTask.lowest(ni, response.nonce().orElse(new byte[0]));
        if (rival != null && Arrays.compareUnsigned(lowest, rival.lowest) < 0) {
            sa.say(() -> "Simultaneous rekey of the IKE SA: ours has the lowest nonce and is deleted");
            final IkeSa winner = rival.heir;
            rival = null;
            lifecycle.inherit(sa, winner);
            lifecycle.disconnect(heir, "it lost a collision");
            return;
        }
        if (rival != null) {
            lifecycle.redundant(rival.heir);
            rival = null;
        }
        lifecycle.inherit(sa, heir);
        lifecycle.table.to(sa, IkeSa.State.DELETING);
        sa.lane.enqueue(new DeleteIkeTask(lifecycle));
    }

    private @Nullable IkeSa heir(final IkeSa sa, final Payloads response) {
        final List<Proposal> reply = new ArrayList<>(response.first(Payload.SecurityAssociation.class)
            .map(Payload.SecurityAssociation::proposals).orElse(List.of()));
        final Optional<Payload.KeyExchange> ke = response.first(Payload.KeyExchange.class);
        final Optional<byte[]> nr = response.nonce();
        final DhKey own = dh;
        if (reply.size() != 1 || reply.getFirst().spi().length != Long.BYTES || ke.isEmpty() || nr.isEmpty() || own == null) {
            return null;
        }
        final Optional<IkeOffers.Chosen> chosen = IkeOffers.choose(configured(sa), reply, own.group().number());
        final Optional<byte[]> secret = ke.get().group() == own.group().number() ? own.agree(ke.get().value()) : Optional.empty();
        final long remoteSpi = ByteBuffer.wrap(reply.getFirst().spi()).getLong();
        if (chosen.isEmpty() || secret.isEmpty() || remoteSpi == 0 || chosen.get().suite().group() != own.group()) {
            return null;
        }
        final IkeSuite suite = chosen.get().suite();
        final byte[] seed = IkeKeys.rekeySeed(sa.secured().suite().prf(), sa.secured().keys().d(), secret.get(), ni, nr.get());
        final IkeKeys keys = IkeKeys.derive(suite, seed, ni, nr.get(), spi, remoteSpi);
        return lifecycle.heir(sa, true, spi, remoteSpi, suite, keys, chosen.get().seconds());
    }

    private void refused(final IkeSa sa, final Payload.Notify error) {
        sa.say(() -> "Received " + NotifyType.name(error.code()) + " notify");
        if (adopt(sa)) {
            return;
        }
        if (++attempts > MAX_ATTEMPTS) {
            lifecycle.disconnect(sa, "the peer refuses for too long");
        } else if (error.code() == NotifyType.TEMPORARY_FAILURE) {
            lifecycle.counters.count(Ikev2Event.TEMPORARY_FAILURE);
            sa.later(PAUSE_NANOS + lifecycle.context.random().nextLong(PAUSE_NANOS), () -> sa.lane.enqueue(this));
        } else if (error.code() == NotifyType.INVALID_KE_PAYLOAD && error.data().length == 2) {
            wantedGroup = ByteBuffer.wrap(error.data()).getShort() & 0xffff;
            sa.lane.enqueueNext(this);
        }
    }

    /** Ours is forgotten in favour of the peer's, if there is one. */
    boolean adopt(final IkeSa sa) {
        final Rival other = rival;
        rival = null;
        if (other == null || other.heir.state != IkeSa.State.CANDIDATE) {
            return false;
        }
        lifecycle.inherit(sa, other.heir);
        return true;
    }

    @Override
    public void failed(final String reason) {
        if (rival != null) {
            lifecycle.disconnect(rival.heir, reason);
            rival = null;
        }
    }
}
