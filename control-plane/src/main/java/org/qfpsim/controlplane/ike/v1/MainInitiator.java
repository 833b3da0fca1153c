package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.qfpsim.controlplane.ike.IkePath;

/** Main Mode as initiator (RFC 2409 section 5.4): sends messages 1, 3 and 5. */
final class MainInitiator extends Phase1 {
    private final byte[] psk;
    private final List<Phase1Transform> offers;
    private final BooleanSupplier initialContact;
    private int awaited = 2;

    MainInitiator(final IsakmpSa sa, final byte[] psk, final List<Phase1Transform> offers, final BooleanSupplier initialContact) {
        super(sa);
        this.psk = psk;
        this.offers = offers;
        this.initialContact = initialContact;
    }

    @Override
    void start() {
        sa().step("IKE_MESG_FROM_IPSEC, IKE_SA_REQ_MM", "IKE_I_MM1");
        sa().debug(() -> "beginning Main Mode exchange");
        final List<Payload> payloads = new ArrayList<>(List.of(transforms().offer(offers)));
        payloads.addAll(vendors(false));
        retransmitter().send(message(Isakmp.MAIN_MODE, payloads, false));
    }

    @Override
    boolean answersDuplicates() {
        // Our own timer sends again; answering duplicates at both ends would multiply them.
        return false;
    }

    @Override
    boolean step(final PayloadChain payloads, final IsakmpMessage message, final IkePath path) throws MalformedException {
        if (message.encrypted() != (awaited == 6) || message.exchange() != Isakmp.MAIN_MODE) {
            return false;
        }
        switch (awaited) {
            case 2 -> second(payloads, message);
            case 4 -> fourth(payloads, path);
            case 6 -> {
                return sixth(payloads, message);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void second(final PayloadChain payloads, final IsakmpMessage message) throws MalformedException {
        if (message.cookieR() == 0) {
            throw new MalformedException("no responder's cookie");
        }
        sa().debug(() -> "processing SA payload. message ID = 0");
        sa().chosen(transforms().chosen(payloads.need(Isakmp.SA), offers));
        noteVendors(payloads);
        sa().bind(message.cookieR());
        sa().step("IKE_MESG_FROM_PEER, IKE_MM_EXCH", "IKE_I_MM2");
        sa().state(IsakmpSa.State.MM_SA_SETUP);
        final List<Payload> answer = new ArrayList<>(keyAndNonce());
        answer.addAll(natDetection());
        awaited = 4;
        retransmitter().send(message(Isakmp.MAIN_MODE, answer, false));
        sa().step("IKE_MESG_INTERNAL, IKE_PROCESS_COMPLETE", "IKE_I_MM3");
    }

    private void fourth(final PayloadChain payloads, final IkePath path) throws MalformedException {
        takeKeyAndNonce(payloads);
        derive(psk);
        noteVendors(payloads);
        detectNat(payloads, path);
        sa().step("IKE_MESG_FROM_PEER, IKE_MM_EXCH", "IKE_I_MM4");
        sa().state(IsakmpSa.State.MM_KEY_EXCH);
        floatPorts();
        final IdBody id = ownId();
        final List<Payload> answer = new ArrayList<>(List.of(id.payload(), ownHash(id)));
        if (initialContact.getAsBoolean()) {
            answer.add(initialContact());
        }
        sa().debug(() -> "SA is doing pre-shared key authentication using id type " + id.type());
        awaited = 6;
        retransmitter().send(message(Isakmp.MAIN_MODE, answer, true));
        sa().step("IKE_MESG_INTERNAL, IKE_PROCESS_COMPLETE", "IKE_I_MM5");
    }

    private boolean sixth(final PayloadChain payloads, final IsakmpMessage message) throws MalformedException {
        final byte[] body = payloads.need(Isakmp.ID);
        final IdBody id = IdBody.parse(body);
        if (!authentic(body, payloads.need(Isakmp.HASH))) {
            return false;
        }
        ivs().advance(message.body());
        retransmitter().answered();
        awaited = 0;
        sa().step("IKE_MESG_FROM_PEER, IKE_MM_EXCH", "IKE_I_MM6");
        complete(payloads, id);
        sa().step("IKE_MESG_INTERNAL, IKE_PROCESS_COMPLETE", "IKE_P1_COMPLETE");
        proceed();
        return true;
    }
}
