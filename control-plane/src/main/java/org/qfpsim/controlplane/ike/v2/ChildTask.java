package org.qfpsim.controlplane.ike.v2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.crypto.DhGroup;
import org.qfpsim.controlplane.ike.crypto.DhKey;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.Proposal;

/**
 * CREATE_CHILD_SA for a new pair, or for one that replaces another (RFC 7296 sections 1.3.1, 1.3.3). What can cross it, and what then
 * happens, is in sections 2.8.1 and 2.25.1:
 * <pre>
 *   the peer rekeys the same pair      both exchanges end well; the pair with the lowest of the four nonces is deleted by its initiator
 *   the peer deletes the pair          it answers TEMPORARY_FAILURE, or has answered ours before
 *   the peer has rekeyed it already    TEMPORARY_FAILURE or CHILD_SA_NOT_FOUND; the pair that came of the peer's rekey is there
 *   the peer does not know the pair    CHILD_SA_NOT_FOUND: removed here too, and a new pair is asked for
 * </pre>
 */
final class ChildTask implements Task {
    /** The lowest nonce of an exchange, and the pair that came of it. */
    private record Rival(Child child, byte[] lowest) {
    }

    private static final int MAX_ATTEMPTS = 10;
    private static final long PAUSE_NANOS = Ikev2Context.seconds(2);

    private final Lifecycle lifecycle;
    private final ChildRequest request;
    private boolean fresh;
    private int attempts;
    private byte[] ni = new byte[0];
    private @Nullable ChildInitiation initiation;
    private @Nullable Child old;
    private @Nullable Rival rival;

    ChildTask(final Lifecycle lifecycle, final ChildRequest request) {
        this.lifecycle = lifecycle;
        this.request = request;
        fresh = request.replaces() == null;
    }

    @Override
    public int exchange() {
        return Header.CREATE_CHILD_SA;
    }

    /** Whether it is about to replace a pair. */
    boolean rekeys(final Child child) {
        return old == child;
    }

    /** The peer has rekeyed the same pair while our request was on its way. */
    void collides(final Child child, final byte[] lowestNonce) {
        lifecycle.counters.count(Ikev2Event.COLLISION);
        rival = new Rival(child, lowestNonce);
    }

    static byte[] lowest(final byte[] a, final byte[] b) {
        return Arrays.compareUnsigned(a, b) <= 0 ? a : b;
    }

    @Override
    public @Nullable List<Payload> start(final IkeSa sa) {
        if (!fresh && !findOld(sa)) {
            return null;
        }
        final DhGroup group = DhGroup.of(request.policy().pfsGroup()).orElse(null);
        final DhKey dh = group == null ? null : group.generate(lifecycle.context.random());
        final ChildInitiation begun = new ChildInitiation(lifecycle, sa, request, dh);
        initiation = begun;
        rival = null;
        ni = lifecycle.context.nonce();
        final List<Payload> payloads = new ArrayList<>();
        if (old != null) {
            payloads.add(new Payload.Notify(Proposal.ESP, ChildOffers.spiOctets(old.inboundSpi), NotifyType.REKEY_SA, new byte[0]));
        }
        payloads.add(begun.proposals());
        payloads.add(new Payload.Nonce(ni));
        if (dh != null) {
            payloads.add(new Payload.KeyExchange(dh.group().number(), dh.publicValue()));
        }
        payloads.addAll(begun.selectors());
        return payloads;
    }

    /** Looks at the pair to be replaced; false if there is nothing to do any more. */
    private boolean findOld(final IkeSa sa) {
        final Child now = request.replaces() == null ? null : sa.children.get(request.replaces());
        final Child before = old;
        if (now == null && before == null) {
            // Not of this IKE SA: a new pair will do.
            fresh = true;
            return true;
        }
        old = now;
        if (now != null && !now.replaced && !now.closing) {
            return true;
        }
        if (now == null ? before != null && !before.replaced : !now.replaced) {
            request.fail(lifecycle.context.engine(), "the SA to be replaced has been deleted");
        }
        return false;
    }

    @Override
    public void answered(final IkeSa sa, final Payloads response) {
        final ChildInitiation begun = initiation;
        if (begun == null) {
            return;
        }
        initiation = null;
        if (response.error().isPresent()) {
            sa.deletedEarly.clear();
            begun.abandon();
            refused(sa, response.error().get().code());
            return;
        }
        final byte[] nr = response.nonce().orElse(new byte[0]);
        final byte[] lowest = lowest(ni, nr);
        final boolean redundant = rival != null && Arrays.compareUnsigned(lowest, rival.lowest) < 0;
        final Child child = begun.complete(sa, response, ni, nr, !redundant);
        sa.deletedEarly.clear();
        if (child == null) {
            request.fail(lifecycle.context.engine(), "the peer's answer is not acceptable, or its pair is gone already");
            return;
        }
        if (redundant) {
            child.redundant = true;
            sa.say(() -> "Simultaneous rekey: ours has the lowest nonce and is deleted");
            lifecycle.deleteChild(sa, child);
            return;
        }
        if (rival != null) {
            rival.child.redundant = true;
        }
        if (old != null && sa.children.containsKey(old.inboundSpi)) {
            old.replaced = true;
            lifecycle.deleteChild(sa, old);
        }
    }

    private void refused(final IkeSa sa, final int code) {
        sa.say(() -> "Received " + NotifyType.name(code) + " notify");
        if (code == NotifyType.TEMPORARY_FAILURE) {
            lifecycle.counters.count(Ikev2Event.TEMPORARY_FAILURE);
        }
        if (old != null && old.replaced) {
            // The peer's rekey of the same pair has given what was wanted.
            return;
        }
        if (code == NotifyType.TEMPORARY_FAILURE) {
            later(sa);
        } else if (code == NotifyType.CHILD_SA_NOT_FOUND && old != null) {
            notFound(sa, old);
        } else {
            request.fail(lifecycle.context.engine(), NotifyType.name(code));
        }
    }

    private void later(final IkeSa sa) {
        if (++attempts > MAX_ATTEMPTS) {
            // Section 2.25: after so long the two ends do not agree about something.
            request.fail(lifecycle.context.engine(), "TEMPORARY_FAILURE again and again");
            lifecycle.disconnect(sa, "the peer refuses for too long");
            return;
        }
        final long pause = PAUSE_NANOS + lifecycle.context.random().nextLong(PAUSE_NANOS);
        lifecycle.context.timers().after(pause, () -> {
            final IkeSa now = sa.latest();
            if (now.state == IkeSa.State.READY) {
                now.lane.enqueue(this);
            } else {
                request.fail(lifecycle.context.engine(), "the IKE SA is gone");
            }
        });
    }

    private void notFound(final IkeSa sa, final Child missing) {
        if (!sa.children.containsKey(missing.inboundSpi)) {
            request.fail(lifecycle.context.engine(), "the peer has deleted the SA to be replaced");
            return;
        }
        lifecycle.forget(sa, missing);
        lifecycle.context.engine().deletedByPeer(sa.path, List.of(missing.outboundSpi));
        fresh = true;
        old = null;
        sa.lane.enqueueNext(this);
    }

    @Override
    public void failed(final String reason) {
        if (initiation != null) {
            initiation.abandon();
            initiation = null;
        }
        request.fail(lifecycle.context.engine(), reason);
    }
}
