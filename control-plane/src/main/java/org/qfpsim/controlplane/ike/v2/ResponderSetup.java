package org.qfpsim.controlplane.ike.v2;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.crypto.DhKey;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.PayloadWriter;

/**
 * Answers IKE_SA_INIT and IKE_AUTH. Until a cookie or a Diffie-Hellman exchange is due nothing is kept about a peer: cookies (RFC 7296
 * section 2.6), refusals and wishes for another group are answered from the request alone.
 */
final class ResponderSetup {
    private final Lifecycle lifecycle;
    private final ChildResponder children;
    private final Cookies cookies;

    ResponderSetup(final Lifecycle lifecycle, final ChildResponder children) {
        this.lifecycle = lifecycle;
        this.children = children;
        cookies = new Cookies(lifecycle.context.timers(), lifecycle.context.random());
    }

    private IkeConfig config() {
        return lifecycle.context.config();
    }

    void init(final IkePath path, final Header header, final Payloads payloads, final byte[] message) {
        final IkeSa known = lifecycle.table.repeated(path, header.initiatorSpi(), message);
        if (known != null) {
            lifecycle.counters.count(Ikev2Event.REPEATED_REQUEST);
            if (known.firstResponse.length > 0) {
                lifecycle.context.transport().send(path, known.firstResponse);
            }
            return;
        }
        final Optional<Payload.SecurityAssociation> offers = payloads.first(Payload.SecurityAssociation.class);
        final Optional<Payload.KeyExchange> ke = payloads.first(Payload.KeyExchange.class);
        final Optional<byte[]> ni = payloads.nonce();
        if (offers.isEmpty() || ke.isEmpty() || ni.isEmpty() || header.initiatorSpi() == 0 || header.messageId() != 0) {
            lifecycle.counters.count(Ikev2Event.MALFORMED);
            return;
        }
        final List<IkeProposal> own = config().proposals(2, path.local(), path.remote());
        if (own.isEmpty()) {
            refuse(path, "no IKEv2 proposal is configured");
            return;
        }
        if (!admitted(path) || !cookieGood(path, header, payloads, ni.get())) {
            return;
        }
        if (payloads.critical().isPresent()) {
            stateless(path, header, new Payload.Notify(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD,
                new byte[] {payloads.critical().get().byteValue()}));
            return;
        }
        final Optional<IkeOffers.Chosen> chosen = IkeOffers.choose(own, offers.get().proposals(), ke.get().group());
        if (chosen.isEmpty()) {
            refuse(path, "no proposal chosen");
            stateless(path, header, new Payload.Notify(NotifyType.NO_PROPOSAL_CHOSEN));
        } else if (chosen.get().suite().group().number() != ke.get().group()) {
            stateless(path, header, Answer.wantedGroup(chosen.get().suite().group().number()).payloads().getFirst());
        } else {
            exchange(path, header, payloads, message, chosen.get());
        }
    }

    private void refuse(final IkePath path, final String reason) {
        lifecycle.counters.count(Ikev2Event.REFUSED);
        lifecycle.context.debug(path.remote(), () -> "IKE_SA_INIT from " + path.remote() + " refused: " + reason);
    }

    private boolean admitted(final IkePath path) {
        final int most = config().maxInNegotiation(2);
        if (most > 0 && lifecycle.table.inNegotiation() >= most) {
            lifecycle.counters.count(Ikev2Event.NOT_ADMITTED);
            lifecycle.context.debug(path.remote(), () -> "call admission: " + most + " exchanges are in negotiation");
            return false;
        }
        if (lifecycle.table.isFull(config().maxSas())) {
            lifecycle.counters.count(Ikev2Event.NOT_ADMITTED);
            lifecycle.context.debug(path.remote(), () -> "call admission: " + config().maxSas() + " IKE SAs are there");
            return false;
        }
        return true;
    }

    private boolean cookieGood(final IkePath path, final Header header, final Payloads payloads, final byte[] ni) {
        final int from = config().cookieChallenge();
        if (from <= 0 || lifecycle.table.halfOpen() < from) {
            return true;
        }
        final Optional<Payload.Notify> cookie = payloads.notification(NotifyType.COOKIE);
        if (cookie.isPresent() && cookies.good(cookie.get().data(), path, header.initiatorSpi(), ni)) {
            lifecycle.counters.count(Ikev2Event.COOKIE_RETURNED);
            return true;
        }
        lifecycle.counters.count(Ikev2Event.COOKIE_SENT);
        stateless(path, header, new Payload.Notify(NotifyType.COOKIE, cookies.make(path, header.initiatorSpi(), ni)));
        return false;
    }

    private void stateless(final IkePath path, final Header request, final Payload payload) {
        final Header header = new Header(request.initiatorSpi(), 0, 0, Header.IKE_SA_INIT, false, true, 0);
        lifecycle.context.transport().send(path, PayloadWriter.message(header, List.of(payload)));
    }

    private void exchange(final IkePath path, final Header header, final Payloads payloads, final byte[] message,
                          final IkeOffers.Chosen chosen) {
        final IkeSuite suite = chosen.suite();
        final DhKey dh = suite.group().generate(lifecycle.context.random());
        final Optional<byte[]> secret = payloads.first(Payload.KeyExchange.class).flatMap(ke -> dh.agree(ke.value()));
        if (secret.isEmpty()) {
            lifecycle.counters.count(Ikev2Event.MALFORMED);
            return;
        }
        final IkeSa sa = lifecycle.halfOpen(path, header.initiatorSpi(), message);
        sa.ni = payloads.nonce().orElseThrow();
        sa.nr = lifecycle.context.nonce();
        sa.seconds = chosen.seconds();
        sa.secure(suite, IkeKeys.derive(suite, IkeKeys.seed(suite.prf(), secret.get(), sa.ni, sa.nr), sa.ni, sa.nr, sa.remoteSpi,
            sa.localSpi));
        // In the request the responder's SPI is 0, and so it is in the hashes.
        sa.nat = NatDetection.compare(sa.remoteSpi, 0, path, payloads);
        final List<Payload> answer = new ArrayList<>();
        answer.add(new Payload.SecurityAssociation(List.of(chosen.reply())));
        answer.add(new Payload.KeyExchange(suite.group().number(), dh.publicValue()));
        answer.add(new Payload.Nonce(sa.nr));
        answer.addAll(NatDetection.notifies(sa.remoteSpi, sa.localSpi, path));
        sa.fragmentation = config().fragmentationMtu() > 0 && payloads.has(NotifyType.FRAGMENTATION_SUPPORTED);
        if (sa.fragmentation) {
            answer.add(new Payload.Notify(NotifyType.FRAGMENTATION_SUPPORTED));
        }
        sa.say(() -> "Generating IKE_SA_INIT message");
        sa.firstResponse = PayloadWriter.message(sa.header(Header.IKE_SA_INIT, true, 0), answer);
        lifecycle.context.transport().send(path, sa.firstResponse);
    }

    Answer auth(final IkeSa sa, final Payloads request) {
        final Optional<Payload.Identification> id = request.identification(true);
        final Optional<Payload.Authentication> auth = request.first(Payload.Authentication.class);
        if (id.isEmpty() || auth.isEmpty()) {
            return fatal(sa, NotifyType.INVALID_SYNTAX);
        }
        final IkeIdentity identity = new IkeIdentity(id.get().idType(), id.get().value());
        final Optional<byte[]> key = config().presharedKey(2, sa.path.remote(), identity);
        final IkeSa.Secured secured = sa.secured();
        if (key.isEmpty() || auth.get().method() != Payload.Authentication.SHARED_KEY || !MessageDigest.isEqual(auth.get().value(),
            Auth.code(secured.suite().prf(), key.get(), sa.firstRequest, sa.nr, secured.keys().pi(), id.get().body()))) {
            lifecycle.counters.count(Ikev2Event.AUTHENTICATION_FAILED);
            return fatal(sa, NotifyType.AUTHENTICATION_FAILED);
        }
        sa.peerIdentity = identity;
        if (request.has(NotifyType.INITIAL_CONTACT)) {
            forgetOthers(sa);
        }
        lifecycle.ready(sa);
        lifecycle.doubtOthers(sa);
        final IkeIdentity own = config().identity(2, sa.path.local(), sa.path.remote());
        final Payload.Identification ownId = new Payload.Identification(false, own.type(), own.value());
        final List<Payload> answer = new ArrayList<>();
        answer.add(ownId);
        answer.add(new Payload.Authentication(Payload.Authentication.SHARED_KEY,
            Auth.code(secured.suite().prf(), key.get(), sa.firstResponse, sa.ni, secured.keys().pr(), ownId.body())));
        if (request.first(Payload.SecurityAssociation.class).isPresent()) {
            answer.addAll(children.create(sa, request, sa.ni, sa.nr, true, null).payloads());
        }
        return Answer.of(answer);
    }

    private Answer fatal(final IkeSa sa, final int code) {
        final String reason = NotifyType.name(code);
        return new Answer(List.of(new Payload.Notify(code)), () -> lifecycle.close(sa, reason, true));
    }

    /**
     * INITIAL_CONTACT (section 2.4): what the peer had with us before is gone. An IKE SA that came up after this one was begun is not
     * meant: the peer did not have it yet when it said so.
     */
    private void forgetOthers(final IkeSa sa) {
        sa.say(() -> "Received INITIAL_CONTACT");
        for (final IkeSa other : lifecycle.table.with(sa.path.local(), sa.path.remote())) {
            if (other != sa && other.state != IkeSa.State.CONNECTING && other.readyNanos <= sa.createdNanos
                && Objects.equals(other.peerIdentity, sa.peerIdentity)) {
                lifecycle.close(other, "INITIAL_CONTACT", false);
            }
        }
    }
}
