package org.qfpsim.controlplane.ike.v1;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkePath;

/** A Transaction exchange (draft-ietf-ipsec-isakmp-mode-cfg-05 section 3.1): one message there, one back, same message id. */
final class Transaction implements Exchange {
    private static final int LINGER_SECONDS = 60;

    private final IsakmpSa sa;
    private final int messageId;
    private final CbcChain chain;
    private final Retransmitter retransmitter;
    private final @Nullable Answered answered;
    private byte @Nullable [] lastReceived;

    /** Takes the answer. */
    @FunctionalInterface
    interface Answered {
        /**
         * The answer came.
         *
         * @param answer of the peer.
         */
        void take(ConfigBody answer);
    }

    private Transaction(final IsakmpSa sa, final int messageId, final @Nullable Answered answered) {
        this.sa = sa;
        this.messageId = messageId;
        this.answered = answered;
        chain = sa.chain(messageId);
        retransmitter = new Retransmitter(sa, "phase 2", () -> sa.context().control().close(sa, "Death by retransmission P2", true));
    }

    /**
     * Begins one.
     *
     * @param sa       whose keys protect it.
     * @param type     {@link ConfigBody#REQUEST} or {@link ConfigBody#SET}.
     * @param content  what to ask for or to set.
     * @param answered takes the answer.
     */
    static void begin(final IsakmpSa sa, final int type, final List<Attribute> content, final Answered answered) {
        final int messageId = sa.context().entropy().messageId();
        final Transaction transaction = new Transaction(sa, messageId, answered);
        sa.exchanges().claim(messageId);
        sa.exchanges().open(messageId, transaction);
        transaction.retransmitter.send(transaction.protect(new ConfigBody(type, messageId & 0xffff, content)));
    }

    /**
     * The peer begins one.
     *
     * @param sa      whose keys protect it.
     * @param message the peer's first.
     * @param path    where it came from.
     * @throws MalformedException if it is not what it should be.
     */
    static void accept(final IsakmpSa sa, final IsakmpMessage message, final IkePath path) throws MalformedException {
        new Transaction(sa, message.messageId(), null).receive(message, path);
    }

    private byte[] protect(final ConfigBody body) {
        return Informational.protect(sa, chain, Isakmp.TRANSACTION, messageId, List.of(body.payload()));
    }

    @Override
    public void receive(final IsakmpMessage message, final IkePath path) throws MalformedException {
        if (lastReceived != null) {
            if (Arrays.equals(lastReceived, message.body())) {
                sa.context().count(Ikev1Counter.DUPLICATE);
                if (answered == null) {
                    retransmitter.again();
                }
            } else {
                sa.context().count(Ikev1Counter.UNEXPECTED);
            }
            return;
        }
        final ConfigBody body = ConfigBody.parse(Informational.open(sa, chain, message).need(Isakmp.ATTRIBUTES));
        lastReceived = message.body();
        sa.heard(path);
        if (answered != null) {
            retransmitter.answered();
            linger();
            answered.take(body);
            return;
        }
        sa.exchanges().claim(messageId);
        sa.exchanges().open(messageId, this);
        linger();
        Xauth.answer(sa, body, answer -> retransmitter.sendOnce(protect(answer)));
    }

    private void linger() {
        sa.context().after(LINGER_SECONDS, () -> sa.exchanges().remove(messageId, this));
    }

    @Override
    public boolean done() {
        return lastReceived != null;
    }

    @Override
    public void abort(final String reason) {
        retransmitter.answered();
    }
}
