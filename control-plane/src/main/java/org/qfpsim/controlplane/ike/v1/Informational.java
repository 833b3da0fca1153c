package org.qfpsim.controlplane.ike.v1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.qfpsim.controlplane.ike.IkePath;

/** Informational exchanges (RFC 2409 section 5.7): one message, protected, never answered as such. */
final class Informational {
    private static final int COOKIES = 16;

    private Informational() {
    }

    /** Sends payloads over an SA. */
    static void send(final IsakmpSa sa, final List<Payload> payloads) {
        final int messageId = sa.context().entropy().messageId();
        sa.exchanges().claim(messageId);
        sa.transmit(protect(sa, sa.chain(messageId), Isakmp.INFORMATIONAL, messageId, payloads));
    }

    /** A message whose first payload is the hash over the others. */
    static byte[] protect(final IsakmpSa sa, final CbcChain chain, final int exchange, final int messageId, final List<Payload> payloads) {
        final byte[] hash = sa.keys().protection(messageId, PayloadChain.of(payloads).octets());
        final List<Payload> all = new ArrayList<>(List.of(new Payload(Isakmp.HASH, hash)));
        all.addAll(payloads);
        return new IsakmpMessage(sa.cookieI(), sa.cookieR(), Isakmp.HASH, exchange, Isakmp.ENCRYPTED, messageId,
            chain.encrypt(PayloadChain.of(all).octets())).encode();
    }

    /**
     * Decrypts a message of that form and checks its hash.
     *
     * @param sa      whose keys protect it.
     * @param chain   of IVs; moved on only if the message is good.
     * @param message as it came.
     * @return its payloads, the hash first.
     * @throws MalformedException if it does not decrypt to payloads, or the hash is wrong.
     */
    static PayloadChain open(final IsakmpSa sa, final CbcChain chain, final IsakmpMessage message) throws MalformedException {
        final PayloadChain payloads = PayloadChain.parse(message.next(), chain.decrypt(message.body()), true);
        final byte[] expected = sa.keys().protection(message.messageId(), payloads.afterFirst());
        if (payloads.first() != Isakmp.HASH || !MessageDigest.isEqual(expected, payloads.payloads().getFirst().body())) {
            throw new MalformedException("the hash is wrong", Ikev1Counter.BAD_HASH);
        }
        chain.advance(message.body());
        return payloads;
    }

    /** A message came over an authenticated SA. */
    static void receive(final IsakmpSa sa, final IsakmpMessage message, final IkePath path) throws MalformedException {
        final PayloadChain payloads = open(sa, sa.chain(message.messageId()), message);
        if (sa.exchanges().repeated(message.messageId())) {
            sa.context().count(Ikev1Counter.DUPLICATE);
            return;
        }
        sa.exchanges().claim(message.messageId());
        sa.heard(path);
        final List<NotifyBody> notifies = new ArrayList<>();
        for (final byte[] body : payloads.all(Isakmp.NOTIFY)) {
            notifies.add(NotifyBody.parse(body));
        }
        final List<DeleteBody> deletes = new ArrayList<>();
        for (final byte[] body : payloads.all(Isakmp.DELETE)) {
            deletes.add(DeleteBody.parse(body));
        }
        for (final NotifyBody notify : notifies) {
            notified(sa, notify, message.messageId());
        }
        for (final DeleteBody delete : deletes) {
            deleted(sa, delete, message.messageId());
        }
    }

    private static void notified(final IsakmpSa sa, final NotifyBody notify, final int messageId) {
        sa.debug(() -> "processing NOTIFY " + Isakmp.notifyName(notify.type()) + " protocol " + notify.protocol());
        sa.debug(() -> "        spi "
            + (notify.spi().length == Integer.BYTES ? Integer.toUnsignedString(ByteBuffer.wrap(notify.spi()).getInt()) : "0")
            + ", message ID = " + Integer.toUnsignedString(messageId));
        switch (notify.type()) {
            case Isakmp.R_U_THERE, Isakmp.R_U_THERE_ACK -> dpd(sa, notify);
            case Isakmp.INITIAL_CONTACT -> sa.context().control().initialContact(sa);
            default -> {
                // Notify types below 16384 are errors (RFC 2408 section 3.14.1): the Quick Mode that they are about has failed.
                if (notify.type() < 16384 && notify.type() != Isakmp.INVALID_SPI && notify.protocol() != Isakmp.PROTO_ISAKMP) {
                    refused(sa, notify);
                }
            }
        }
    }

    private static void dpd(final IsakmpSa sa, final NotifyBody notify) {
        if (notify.data().length != Integer.BYTES || notify.spi().length != COOKIES) {
            sa.context().count(Ikev1Counter.MALFORMED);
            return;
        }
        final int sequence = ByteBuffer.wrap(notify.data()).getInt();
        if (notify.type() == Isakmp.R_U_THERE) {
            sa.upkeep().asked(sequence);
        } else {
            sa.upkeep().answered(sequence);
        }
    }

    /** By the SPI if the peer says one; otherwise it can only be about the one Quick Mode that waits for an answer. */
    private static void refused(final IsakmpSa sa, final NotifyBody notify) {
        final List<QuickInitiator> open = sa.exchanges().all().stream().filter(QuickInitiator.class::isInstance)
            .map(QuickInitiator.class::cast).filter(QuickInitiator::waits).toList();
        final List<QuickInitiator> meant = notify.spi().length == Integer.BYTES
            ? open.stream().filter(each -> each.spi() == ByteBuffer.wrap(notify.spi()).getInt()).toList() : open;
        if (meant.size() == 1) {
            meant.getFirst().fail(Isakmp.notifyName(notify.type()), true);
        }
    }

    private static void deleted(final IsakmpSa sa, final DeleteBody delete, final int messageId) {
        sa.debug(() -> "processing DELETE payload. message ID = " + Integer.toUnsignedString(messageId) + ", sa = " + sa.id());
        if (delete.protocol() == Isakmp.PROTO_ESP) {
            sa.context().engine().deletedByPeer(sa.path(), delete.espSpis());
            for (final Exchange open : sa.exchanges().all()) {
                if (open instanceof QuickResponder responder) {
                    responder.deleted(delete.espSpis());
                }
            }
            return;
        }
        if (delete.protocol() != Isakmp.PROTO_ISAKMP) {
            return;
        }
        for (final byte[] cookies : delete.spis()) {
            final ByteBuffer in = ByteBuffer.wrap(cookies);
            final IsakmpSa other = sa.context().table().find(in.getLong(), in.getLong());
            // A peer may say so of any SA with itself, and of no other.
            if (other != null && other.authenticated() && other.path().remote().equals(sa.path().remote())
                && other.path().local().equals(sa.path().local())) {
                sa.context().control().close(other, "No reason", false);
            }
        }
    }
}
