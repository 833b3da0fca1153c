package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkePath;

/** Aggressive Mode as responder (RFC 2409 section 5.4): sends message 2. The key is chosen by who the initiator says it is. */
final class AggressiveResponder extends Phase1 {
    private byte @Nullable [] peerId;
    private boolean done;

    AggressiveResponder(final IsakmpSa sa) {
        super(sa);
    }

    @Override
    void start() {
        // The initiator's first message starts it.
    }

    @Override
    boolean answersDuplicates() {
        return !done;
    }

    @Override
    boolean step(final PayloadChain payloads, final IsakmpMessage message, final IkePath path) throws MalformedException {
        if (done || message.exchange() != Isakmp.AGGRESSIVE_MODE) {
            return false;
        }
        final byte[] id = peerId;
        return id == null ? !message.encrypted() && first(payloads) : third(payloads, message, path, id);
    }

    private boolean first(final PayloadChain payloads) throws MalformedException {
        final byte[] body = payloads.need(Isakmp.ID);
        sa().peerIdentity(IdBody.parse(body).identity());
        sa().step("IKE_MESG_FROM_PEER, IKE_AM_EXCH", "IKE_R_AM1");
        noteVendors(payloads);
        final Optional<Payload> answer = transforms().choose(payloads.need(Isakmp.SA));
        final byte[] psk = context().config().presharedKey(1, sa().path().remote(), sa().peerIdentity()).orElse(null);
        if (answer.isEmpty() || psk == null) {
            sa().debug("ISAKMP-ERROR: ", () -> "Aggressive Mode with " + sa().path().remote() + " refused");
            return false;
        }
        takeKeyAndNonce(payloads);
        final List<Payload> second = new ArrayList<>(List.of(answer.get()));
        second.addAll(keyAndNonce());
        derive(psk);
        final IdBody own = ownId();
        second.add(own.payload());
        second.add(ownHash(own));
        second.addAll(vendors(VendorId.XAUTH.in(payloads)));
        second.addAll(natDetection());
        peerId = body;
        sa().state(IsakmpSa.State.AG_INIT_EXCH);
        // Repeated by itself: the initiator is done with message 3 and would not miss it if that was lost.
        retransmitter().send(message(Isakmp.AGGRESSIVE_MODE, second, false));
        sa().step("IKE_MESG_INTERNAL, IKE_PROCESS_COMPLETE", "IKE_R_AM2");
        return true;
    }

    private boolean third(final PayloadChain payloads, final IsakmpMessage message, final IkePath path, final byte[] id)
        throws MalformedException {
        if (!authentic(id, payloads.need(Isakmp.HASH))) {
            return false;
        }
        if (message.encrypted()) {
            ivs().advance(message.body());
        }
        done = true;
        retransmitter().answered();
        detectNat(payloads, path);
        if (sa().peer().nat()) {
            sa().floatTo(path);
        }
        sa().step("IKE_MESG_FROM_PEER, IKE_AM_EXCH", "IKE_P1_COMPLETE");
        complete(payloads, IdBody.parse(id));
        proceed();
        return true;
    }
}
