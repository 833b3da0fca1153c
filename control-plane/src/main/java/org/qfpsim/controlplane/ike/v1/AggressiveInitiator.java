package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.qfpsim.controlplane.ike.IkePath;

/** Aggressive Mode as initiator (RFC 2409 section 5.4): sends messages 1 and 3. One group only, because its key goes with the offer. */
final class AggressiveInitiator extends Phase1 {
    private final byte[] psk;
    private final List<Phase1Transform> offers;
    private final BooleanSupplier initialContact;
    private boolean done;

    AggressiveInitiator(final IsakmpSa sa, final byte[] psk, final List<Phase1Transform> offers, final BooleanSupplier initialContact) {
        super(sa);
        this.psk = psk;
        this.offers = offers.stream().filter(each -> each.group() == offers.getFirst().group()).toList();
        this.initialContact = initialContact;
    }

    @Override
    void start() {
        sa().step("IKE_MESG_FROM_IPSEC, IKE_SA_REQ_AM", "IKE_I_AM1");
        sa().debug(() -> "beginning Aggressive Mode exchange");
        final List<Payload> payloads = new ArrayList<>(List.of(transforms().offer(offers)));
        sa().chosen(offers.getFirst());
        payloads.addAll(keyAndNonce());
        payloads.add(ownId().payload());
        payloads.addAll(vendors(offers.getFirst().auth() == Phase1Transform.XAUTH_INIT_PRESHARED));
        sa().state(IsakmpSa.State.AG_INIT_EXCH);
        retransmitter().send(message(Isakmp.AGGRESSIVE_MODE, payloads, false));
    }

    @Override
    boolean answersDuplicates() {
        // The responder repeats message 2 until it has message 3.
        return true;
    }

    @Override
    boolean step(final PayloadChain payloads, final IsakmpMessage message, final IkePath path) throws MalformedException {
        if (done || message.encrypted() || message.exchange() != Isakmp.AGGRESSIVE_MODE) {
            return false;
        }
        if (message.cookieR() == 0) {
            throw new MalformedException("no responder's cookie");
        }
        final Phase1Transform picked = transforms().chosen(payloads.need(Isakmp.SA), offers);
        final byte[] body = payloads.need(Isakmp.ID);
        final IdBody id = IdBody.parse(body);
        final byte[] hash = payloads.need(Isakmp.HASH);
        takeKeyAndNonce(payloads);
        if (sa().cookieR() == 0) {
            sa().bind(message.cookieR());
        }
        sa().chosen(picked);
        derive(psk);
        if (!authentic(body, hash)) {
            return false;
        }
        done = true;
        retransmitter().answered();
        noteVendors(payloads);
        detectNat(payloads, path);
        sa().step("IKE_MESG_FROM_PEER, IKE_AM_EXCH", "IKE_I_AM2");
        floatPorts();
        final List<Payload> third = new ArrayList<>(List.of(ownHash(ownId())));
        third.addAll(natDetection());
        if (initialContact.getAsBoolean()) {
            third.add(initialContact());
        }
        complete(payloads, id);
        retransmitter().sendOnce(message(Isakmp.AGGRESSIVE_MODE, third, true));
        sa().step("IKE_MESG_INTERNAL, IKE_PROCESS_COMPLETE", "IKE_P1_COMPLETE");
        proceed();
        return true;
    }
}
