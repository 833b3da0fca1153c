package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qfpsim.controlplane.ike.IkePath;

/** Main Mode as responder (RFC 2409 section 5.4): sends messages 2, 4 and 6. */
final class MainResponder extends Phase1 {
    private int awaited = 1;

    MainResponder(final IsakmpSa sa) {
        super(sa);
    }

    @Override
    void start() {
        // The initiator's first message starts it.
    }

    @Override
    boolean answersDuplicates() {
        return true;
    }

    @Override
    boolean step(final PayloadChain payloads, final IsakmpMessage message, final IkePath path) throws MalformedException {
        if (message.encrypted() != (awaited == 5) || message.exchange() != Isakmp.MAIN_MODE) {
            return false;
        }
        return switch (awaited) {
            case 1 -> first(payloads);
            case 3 -> third(payloads, path);
            case 5 -> fifth(payloads, message, path);
            default -> false;
        };
    }

    private boolean first(final PayloadChain payloads) throws MalformedException {
        sa().step("IKE_MESG_FROM_PEER, IKE_MM_EXCH", "IKE_R_MM1");
        sa().debug(() -> "processing SA payload. message ID = 0");
        noteVendors(payloads);
        final Optional<Payload> answer = transforms().choose(payloads.need(Isakmp.SA));
        if (answer.isEmpty()) {
            return false;
        }
        sa().step("IKE_MESG_INTERNAL, IKE_PROCESS_MAIN_MODE", "IKE_R_MM1");
        sa().state(IsakmpSa.State.MM_SA_SETUP);
        final List<Payload> second = new ArrayList<>(List.of(answer.get()));
        second.addAll(vendors(VendorId.XAUTH.in(payloads)));
        awaited = 3;
        // Sent once: the source may be forged, and the initiator asks again if it is not.
        retransmitter().expect(message(Isakmp.MAIN_MODE, second, false));
        sa().step("IKE_MESG_INTERNAL, IKE_PROCESS_COMPLETE", "IKE_R_MM2");
        return true;
    }

    private boolean third(final PayloadChain payloads, final IkePath path) throws MalformedException {
        final byte[] psk = context().config().presharedKey(1, sa().path().remote(), null).orElse(null);
        if (psk == null) {
            sa().debug("ISAKMP-ERROR: ", () -> "No pre-shared key with " + sa().path().remote() + "!");
            return false;
        }
        takeKeyAndNonce(payloads);
        sa().step("IKE_MESG_FROM_PEER, IKE_MM_EXCH", "IKE_R_MM3");
        final List<Payload> fourth = new ArrayList<>(keyAndNonce());
        derive(psk);
        noteVendors(payloads);
        detectNat(payloads, path);
        fourth.addAll(natDetection());
        sa().state(IsakmpSa.State.MM_KEY_EXCH);
        awaited = 5;
        retransmitter().send(message(Isakmp.MAIN_MODE, fourth, false));
        sa().step("IKE_MESG_INTERNAL, IKE_PROCESS_COMPLETE", "IKE_R_MM4");
        return true;
    }

    private boolean fifth(final PayloadChain payloads, final IsakmpMessage message, final IkePath path) throws MalformedException {
        final byte[] body = payloads.need(Isakmp.ID);
        final IdBody id = IdBody.parse(body);
        sa().debug(() -> "processing ID payload. message ID = 0");
        sa().debug(() -> "processing HASH payload. message ID = 0");
        if (!authentic(body, payloads.need(Isakmp.HASH))) {
            return false;
        }
        ivs().advance(message.body());
        sa().step("IKE_MESG_FROM_PEER, IKE_MM_EXCH", "IKE_R_MM5");
        awaited = 0;
        if (sa().peer().nat()) {
            sa().floatTo(path);
        }
        complete(payloads, id);
        final IdBody own = ownId();
        retransmitter().sendOnce(message(Isakmp.MAIN_MODE, List.of(own.payload(), ownHash(own)), true));
        sa().step("IKE_MESG_INTERNAL, IKE_PROCESS_COMPLETE", "IKE_P1_COMPLETE");
        proceed();
        return true;
    }
}
