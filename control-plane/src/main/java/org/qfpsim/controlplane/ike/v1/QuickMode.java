package org.qfpsim.controlplane.ike.v1;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.crypto.DhKey;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** What both ends of Quick Mode have in common (RFC 2409 section 5.5). The commit bit is not heeded and never set, as on IOS. */
abstract class QuickMode implements Exchange {
    /** How long a finished exchange still answers duplicates. */
    private static final int LINGER_SECONDS = 60;
    private static final int MIN_NONCE = 8;
    private static final int MAX_NONCE = 256;

    private final IsakmpSa sa;
    private final int messageId;
    private final CbcChain chain;
    private final Retransmitter retransmitter;
    private final byte[] nonce;
    private byte[] peerNonce = {};
    private byte @Nullable [] lastReceived;
    private boolean done;

    QuickMode(final IsakmpSa sa, final int messageId) {
        this.sa = sa;
        this.messageId = messageId;
        chain = sa.chain(messageId);
        nonce = sa.context().entropy().nonce();
        retransmitter = new Retransmitter(sa, "phase 2", this::unanswered);
    }

    /** The last retransmission has not been answered. */
    abstract void unanswered();

    /**
     * A new message of this exchange, decrypted; the chain of IVs has not moved on yet.
     *
     * @param payloads what is in it, a hash first.
     * @return whether it took the exchange further.
     * @throws MalformedException if it is not what it should be; nothing has changed then.
     */
    abstract boolean step(PayloadChain payloads, IsakmpMessage message) throws MalformedException;

    @Override
    public final void receive(final IsakmpMessage message, final IkePath path) throws MalformedException {
        if (lastReceived != null && Arrays.equals(lastReceived, message.body())) {
            sa.context().count(Ikev1Counter.DUPLICATE);
            sa.debug(() -> "phase 2 packet is a duplicate of a previous packet.");
            // One end only answers duplicates at a time: the responder until it has message 3, the initiator from then on.
            if (done == this instanceof QuickInitiator) {
                // A NAT may have moved the peer, which this does not prove: only the answer goes there (RFC 7296 section 2.11).
                retransmitter.again(sa.peer().natRemote() ? path : sa.path());
            }
            return;
        }
        if (done) {
            sa.context().count(Ikev1Counter.UNEXPECTED);
            return;
        }
        final PayloadChain payloads = PayloadChain.parse(message.next(), chain.decrypt(message.body()), true);
        if (payloads.first() != Isakmp.HASH) {
            throw new MalformedException("Quick Mode begins with payload " + payloads.first());
        }
        if (step(payloads, message)) {
            lastReceived = message.body();
            sa.heard(path);
        } else {
            sa.context().count(Ikev1Counter.UNEXPECTED);
        }
    }

    final IsakmpSa sa() {
        return sa;
    }

    final Ikev1Context context() {
        return sa.context();
    }

    final int messageId() {
        return messageId;
    }

    final CbcChain ivs() {
        return chain;
    }

    final Retransmitter retransmitter() {
        return retransmitter;
    }

    final byte[] nonce() {
        return nonce;
    }

    final byte[] peerNonce() {
        return peerNonce;
    }

    @Override
    public final boolean done() {
        return done;
    }

    /** Whether a message of the peer's has been taken. */
    final boolean heard() {
        return lastReceived != null;
    }

    final String number() {
        return Integer.toUnsignedString(messageId);
    }

    /** Takes the peer's nonce. */
    final void takeNonce(final PayloadChain payloads) throws MalformedException {
        final byte[] theirs = payloads.need(Isakmp.NONCE);
        if (theirs.length < MIN_NONCE || theirs.length > MAX_NONCE) {
            throw new MalformedException("a nonce of " + theirs.length + " octets");
        }
        peerNonce = theirs;
    }

    /** The secret of PFS; null without. */
    static byte @Nullable [] secret(final PayloadChain payloads, final @Nullable DhKey key) throws MalformedException {
        return key == null ? null : key.agree(payloads.need(Isakmp.KE))
            .orElseThrow(() -> new MalformedException("a public value that is not of the group"));
    }

    /** The pair as it was negotiated. */
    final ChildSa child(final ChildPolicy policy, final Phase2Transform agreed, final TrafficSelector selector, final int inbound,
                        final int outbound, final byte @Nullable [] secret, final boolean initiator, final @Nullable Integer replaces) {
        final byte[] nonceI = initiator ? nonce : peerNonce;
        final byte[] nonceR = initiator ? peerNonce : nonce;
        return new ChildSa(policy, sa.path(), agreed.udp(), inbound, outbound, agreed.suite(), policy.mode(), agreed.esn(),
            sa.keys().child(agreed.suite(), inbound, nonceI, nonceR, secret),
            sa.keys().child(agreed.suite(), outbound, nonceI, nonceR, secret),
            selector, agreed.agreedSeconds(policy), agreed.agreedKilobytes(policy), initiator, replaces);
    }

    /** Original addresses, which transport mode behind a NAT needs for checksums (RFC 3947 section 5.2): first the initiator's. */
    final List<Payload> originalAddresses(final SaSpec.Mode mode) {
        if (mode != SaSpec.Mode.TRANSPORT || !sa.peer().nat()) {
            return List.of();
        }
        final IkePath path = sa.path();
        final boolean first = this instanceof QuickInitiator;
        return List.of(originalAddress(first ? path.local() : path.remote()), originalAddress(first ? path.remote() : path.local()));
    }

    private static Payload originalAddress(final IpAddress address) {
        return new Payload(Isakmp.NAT_OA, Octets.join(new byte[] {(byte) (address.v6() ? 5 : 1), 0, 0, 0}, address.octets()));
    }

    /** The SAs are there. */
    final void installed(final ChildSa pair) {
        sa.debug(() -> "Successfully installed IPSEC SA (SPI:" + String.format("0x%08X", pair.inboundSpi()) + ") on "
            + context().engine().interfaceName(pair.policy()));
    }

    /** It has come to its end; the node stays a while to answer duplicates. */
    final void finish(final String reason) {
        done = true;
        sa.debug(() -> "deleting node " + number() + " error FALSE reason \"" + reason + "\"");
        context().count(Ikev1Counter.PHASE2_DONE);
        context().after(LINGER_SECONDS, () -> sa.exchanges().remove(messageId, this));
    }

    /** It has failed. */
    final void end(final String reason) {
        done = true;
        retransmitter.answered();
        sa.exchanges().remove(messageId, this);
        sa.debug(() -> "deleting node " + number() + " error TRUE reason \"" + reason + "\"");
        context().count(Ikev1Counter.PHASE2_FAILED);
    }
}
