package org.qfpsim.controlplane.ike.v1;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.crypto.DhKey;
import org.qfpsim.datapath.packet.IpAddress;

/** What Main Mode and Aggressive Mode have in common (RFC 2409 section 5), at either end. */
abstract class Phase1 {
    private static final int MIN_NONCE = 8;
    private static final int MAX_NONCE = 256;

    private final IsakmpSa sa;
    private final Retransmitter retransmitter;
    private final Phase1Offers offers;
    private byte @Nullable [] lastReceived;
    private byte[] nonce = {};
    private byte[] peerNonce = {};
    private byte[] peerPublic = {};
    private @Nullable DhKey key;
    private @Nullable CbcChain chain;

    Phase1(final IsakmpSa sa) {
        this.sa = sa;
        offers = new Phase1Offers(sa);
        retransmitter = new Retransmitter(sa, "phase 1", () -> {
            sa.debug(() -> "peer does not do paranoid keepalives.");
            sa.context().control().close(sa, "Death by retransmission P1", false);
        });
    }

    /** Sends the first message (initiator). */
    abstract void start();

    /**
     * A new message of this exchange, decrypted.
     *
     * @param payloads what is in it.
     * @param message  as it came.
     * @param path     where it came from.
     * @return whether it took the exchange further.
     * @throws MalformedException if it is not what it should be; nothing has changed then.
     */
    abstract boolean step(PayloadChain payloads, IsakmpMessage message, IkePath path) throws MalformedException;

    /** Whether the last message is sent again when the message that it answers comes again. */
    abstract boolean answersDuplicates();

    /** A message with message id 0 came. */
    final void receive(final IsakmpMessage message, final IkePath path) throws MalformedException {
        if (lastReceived != null && Arrays.equals(lastReceived, message.body())) {
            sa.context().count(Ikev1Counter.DUPLICATE);
            sa.debug("ISAKMP: ", () -> "phase 1 packet is a duplicate of a previous packet.");
            if (answersDuplicates()) {
                retransmitter.again();
            }
            return;
        }
        final CbcChain ivs = chain;
        if (message.encrypted() && ivs == null) {
            sa.context().count(Ikev1Counter.UNEXPECTED);
            return;
        }
        final byte[] body = message.encrypted() && ivs != null ? ivs.decrypt(message.body()) : message.body();
        if (step(PayloadChain.parse(message.next(), body, message.encrypted()), message, path)) {
            lastReceived = message.body();
        } else {
            sa.context().count(Ikev1Counter.UNEXPECTED);
        }
    }

    /** The SA is gone. */
    final void stop() {
        retransmitter.answered();
    }

    final IsakmpSa sa() {
        return sa;
    }

    final Ikev1Context context() {
        return sa.context();
    }

    final Retransmitter retransmitter() {
        return retransmitter;
    }

    /** Which transform it will be. */
    final Phase1Offers transforms() {
        return offers;
    }

    /** The vendor ids of our first message. */
    final List<Payload> vendors(final boolean xauth) {
        final List<Payload> vendors = new ArrayList<>(List.of(VendorId.DPD.payload()));
        if (context().settings().natTraversal()) {
            vendors.add(VendorId.NAT_T.payload());
        }
        if (xauth) {
            vendors.add(VendorId.XAUTH.payload());
            vendors.add(VendorId.UNITY.payload());
        }
        return vendors;
    }

    /** Notes what the peer's vendor ids say. */
    final void noteVendors(final PayloadChain payloads) {
        for (final VendorId vendor : VendorId.values()) {
            if (vendor.in(payloads)) {
                sa.debug(() -> "vendor ID is " + vendor.text());
            }
        }
        sa.peer(new IsakmpSa.Peer(sa.peer().dpd() || VendorId.DPD.in(payloads),
            sa.peer().natT() || VendorId.NAT_T.in(payloads) && context().settings().natTraversal(), false, false));
    }

    /** Our key and nonce, made when first asked for. */
    final List<Payload> keyAndNonce() {
        final DhKey own = ownKey();
        nonce = context().entropy().nonce();
        return List.of(new Payload(Isakmp.KE, own.publicValue()), new Payload(Isakmp.NONCE, nonce));
    }

    private DhKey ownKey() {
        final Phase1Transform chosen = sa.chosen();
        if (chosen == null) {
            throw new IllegalStateException("no transform is chosen");
        }
        if (key == null || key.group() != chosen.group()) {
            key = context().entropy().key(chosen.group());
        }
        return key;
    }

    /** Takes the peer's key and nonce. */
    final void takeKeyAndNonce(final PayloadChain payloads) throws MalformedException {
        final byte[] theirs = payloads.need(Isakmp.NONCE);
        if (theirs.length < MIN_NONCE || theirs.length > MAX_NONCE) {
            throw new MalformedException("a nonce of " + theirs.length + " octets");
        }
        peerPublic = payloads.need(Isakmp.KE);
        peerNonce = theirs;
        sa.debug(() -> "processing KE payload. message ID = 0");
        sa.debug(() -> "processing NONCE payload. message ID = 0");
    }

    /** Derives the keys from both halves. */
    final void derive(final byte[] psk) throws MalformedException {
        final DhKey own = ownKey();
        final Phase1Transform chosen = sa.chosen();
        if (chosen == null) {
            throw new IllegalStateException("no transform is chosen");
        }
        final byte[] secret = own.agree(peerPublic).orElseThrow(() -> new MalformedException("a public value that is not of the group"));
        final boolean first = sa.initiator();
        final Ikev1Keys keys = Ikev1Keys.derive(chosen, psk, first ? nonce : peerNonce, first ? peerNonce : nonce, secret,
            Octets.join(Octets.of(sa.cookieI()), Octets.of(sa.cookieR())));
        chain = new CbcChain(keys, keys.firstIv(first ? own.publicValue() : peerPublic, first ? peerPublic : own.publicValue()));
        sa.keys(keys, chain);
    }

    /** NAT-D payloads: the peer's end first, then ours (RFC 3947 section 3.2). */
    final List<Payload> natDetection() {
        final IkePath path = sa.path();
        return sa.peer().natT() ? List.of(new Payload(Isakmp.NAT_D, natHash(path.remote(), path.remotePort())),
            new Payload(Isakmp.NAT_D, natHash(path.local(), path.localPort()))) : List.of();
    }

    private byte[] natHash(final IpAddress address, final int port) {
        final Phase1Transform chosen = sa.chosen();
        if (chosen == null) {
            throw new IllegalStateException("no transform is chosen");
        }
        return chosen.hash().digest(Octets.of(sa.cookieI()), Octets.of(sa.cookieR()), address.octets(),
            new byte[] {(byte) (port >> 8), (byte) port});
    }

    /** Compares the peer's NAT-D payloads with what we see. */
    final void detectNat(final PayloadChain payloads, final IkePath path) {
        final List<byte[]> hashes = payloads.all(Isakmp.NAT_D);
        if (!sa.peer().natT() || hashes.size() < 2) {
            return;
        }
        final boolean local = !Arrays.equals(hashes.getFirst(), natHash(path.local(), path.localPort()));
        final byte[] theirs = natHash(path.remote(), path.remotePort());
        final boolean remote = hashes.stream().skip(1).noneMatch(hash -> Arrays.equals(hash, theirs));
        sa.peer(new IsakmpSa.Peer(sa.peer().dpd(), true, local, remote));
        sa.debug(() -> local ? "NAT found, the node inside NAT" : remote ? "His hash no match - this node outside NAT"
            : "No NAT Found for self or peer");
    }

    /** Where messages and ESP go once a NAT is found (RFC 3947 section 4). */
    final void floatPorts() {
        if (sa.peer().nat()) {
            sa.floatTo(new IkePath(sa.path().local(), IkePath.NAT_PORT, sa.path().remote(), IkePath.NAT_PORT));
        }
    }

    /** Our identification payload. */
    final IdBody ownId() {
        final IkeIdentity identity = context().config().identity(1, sa.path().local(), sa.path().remote());
        return IdBody.of(identity);
    }

    /** HASH_I or HASH_R over our identification. */
    final Payload ownHash(final IdBody id) {
        return new Payload(Isakmp.HASH, sa.keys().authentication(ownKey().publicValue(), peerPublic,
            sa.initiator() ? sa.cookieI() : sa.cookieR(), sa.initiator() ? sa.cookieR() : sa.cookieI(), offers.body(), id.encode()));
    }

    /**
     * Whether the peer knows the pre-shared key.
     *
     * @param id   body of its identification payload.
     * @param hash what it sent.
     * @return true if so; otherwise it is counted.
     */
    final boolean authentic(final byte[] id, final byte[] hash) {
        final byte[] expected = sa.keys().authentication(peerPublic, ownKey().publicValue(), sa.initiator() ? sa.cookieR() : sa.cookieI(),
            sa.initiator() ? sa.cookieI() : sa.cookieR(), offers.body(), id);
        final boolean good = MessageDigest.isEqual(expected, hash);
        if (!good) {
            context().count(Ikev1Counter.BAD_HASH);
            sa.debug("ISAKMP-ERROR: ", () -> "Hash payload does not match: authentication failed");
        }
        return good;
    }

    /** The chain of IVs once there are keys. */
    final CbcChain ivs() {
        if (chain == null) {
            throw new IllegalStateException("phase 1 has no keys yet");
        }
        return chain;
    }

    /** A message of this exchange, encrypted or not. */
    final byte[] message(final int exchange, final List<Payload> payloads, final boolean encrypted) {
        final PayloadChain plain = PayloadChain.of(payloads);
        return new IsakmpMessage(sa.cookieI(), sa.cookieR(), plain.first(), exchange, encrypted ? Isakmp.ENCRYPTED : 0, 0,
            encrypted ? ivs().encrypt(plain.octets()) : plain.octets()).encode();
    }

    /** INITIAL_CONTACT, to send. */
    final Payload initialContact() {
        sa.debug(() -> "Send initial contact");
        return new NotifyBody(Isakmp.PROTO_ISAKMP, Isakmp.INITIAL_CONTACT,
            Octets.join(Octets.of(sa.cookieI()), Octets.of(sa.cookieR())), new byte[0]).payload();
    }

    /** Authentication has succeeded: notes the peer, heeds its notifies, and starts what the SA lives by. */
    final void complete(final PayloadChain payloads, final IdBody id) throws MalformedException {
        final Phase1Transform chosen = sa.chosen();
        sa.peerIdentity(id.identity());
        sa.debug(() -> "SA authentication status:");
        sa.debug(() -> "        authenticated");
        sa.debug(() -> "SA has been authenticated with " + sa.path().remote());
        context().table().settled(sa);
        context().table().meet(sa.path().remote(), true);
        context().count(Ikev1Counter.PHASE1_DONE);
        for (final byte[] body : payloads.all(Isakmp.NOTIFY)) {
            final NotifyBody notify = NotifyBody.parse(body);
            sa.debug(() -> "processing NOTIFY " + Isakmp.notifyName(notify.type()) + " protocol " + notify.protocol());
            if (notify.type() == Isakmp.INITIAL_CONTACT) {
                context().control().initialContact(sa);
            }
        }
        if (!sa.initiator()) {
            context().control().doubtOthers(sa);
        }
        sa.upkeep().start(chosen == null ? 1 : chosen.seconds());
    }

    /** What follows authentication: XAUTH, or Quick Mode. */
    final void proceed() {
        final Phase1Transform chosen = sa.chosen();
        if (chosen != null && chosen.auth() == Phase1Transform.XAUTH_INIT_PRESHARED) {
            sa.state(IsakmpSa.State.CONF_XAUTH);
            sa.debug(() -> "Need XAUTH");
            Xauth.begin(sa);
        } else {
            context().control().usable(sa);
        }
    }
}
