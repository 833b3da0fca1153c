package org.qfpsim.controlplane.ike.v2;

import java.util.List;
import java.util.Optional;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.v2.wire.Header;
import org.qfpsim.controlplane.ike.v2.wire.MalformedMessageException;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.PayloadReader;
import org.qfpsim.controlplane.ike.v2.wire.Reassembly;

/** Takes messages to the IKE SA that they belong to: window, repetition, integrity, fragments, and where the peer is now. */
final class Receiver {
    private final Lifecycle lifecycle;
    private final ResponderSetup setup;
    private final RequestHandler handler;

    Receiver(final Lifecycle lifecycle, final ResponderSetup setup, final RequestHandler handler) {
        this.lifecycle = lifecycle;
        this.setup = setup;
        this.handler = handler;
    }

    void initResponse(final IkePath path, final Header header, final byte[] message, final Payloads payloads) {
        final IkeSa sa = lifecycle.table.bySpi(header.initiatorSpi());
        if (sa == null || !sa.path.remote().equals(path.remote())) {
            lifecycle.counters.count(Ikev2Event.UNKNOWN_SPI);
        } else if (sa.state != IkeSa.State.CONNECTING || header.initiator() || !sa.lane.awaits(header)) {
            lifecycle.counters.count(Ikev2Event.OUT_OF_PLACE);
        } else {
            sa.remoteSpi = header.responderSpi();
            sa.firstResponse = message;
            sa.lane.complete(payloads);
        }
    }

    void protectedMessage(final IkePath path, final Header header, final byte[] message, final Payload.Encrypted encrypted)
        throws MalformedMessageException {
        final IkeSa sa = lifecycle.table.bySpi(header.initiator() ? header.responderSpi() : header.initiatorSpi());
        if (sa == null || sa.initiator == header.initiator()
            || sa.remoteSpi != (header.initiator() ? header.initiatorSpi() : header.responderSpi())) {
            lifecycle.counters.count(Ikev2Event.UNKNOWN_SPI);
            lifecycle.context.debug(path.remote(), () -> "Message with unknown IKE SPI from " + path.remote() + " dropped");
        } else if (!sa.isSecured() || encrypted.type() == Payload.SKF && !sa.fragmentation) {
            lifecycle.counters.count(Ikev2Event.OUT_OF_PLACE);
        } else if (header.response()) {
            response(sa, path, header, message, encrypted);
        } else {
            request(sa, path, header, message, encrypted);
        }
    }

    private Optional<byte[]> open(final IkeSa sa, final byte[] message, final Payload.Encrypted encrypted) {
        final Optional<byte[]> plain = sa.secured().in().open(message, encrypted);
        if (plain.isEmpty()) {
            lifecycle.counters.count(Ikev2Event.NOT_AUTHENTIC);
        }
        return plain;
    }

    /** The whole message's payloads; empty while fragments are missing. */
    private static Optional<Payloads> whole(final Header header, final Payload.Encrypted encrypted, final byte[] plain,
                                            final Reassembly fragments) throws MalformedMessageException {
        if (encrypted.type() == Payload.SK) {
            return Optional.of(new Payloads(PayloadReader.inner(encrypted.first(), plain)));
        }
        final Optional<Reassembly.Whole> whole = fragments.add(header.messageId(), encrypted, plain);
        return whole.isEmpty() ? Optional.empty()
            : Optional.of(new Payloads(PayloadReader.inner(whole.get().first(), whole.get().plain())));
    }

    private void response(final IkeSa sa, final IkePath path, final Header header, final byte[] message,
                          final Payload.Encrypted encrypted) throws MalformedMessageException {
        if (sa.state == IkeSa.State.DEAD || !sa.lane.awaits(header)) {
            lifecycle.counters.count(Ikev2Event.OUT_OF_PLACE);
            return;
        }
        final Optional<byte[]> plain = open(sa, message, encrypted);
        if (plain.isEmpty()) {
            return;
        }
        try {
            final Optional<Payloads> payloads = whole(header, encrypted, plain.get(), sa.responseFragments);
            if (payloads.isPresent()) {
                heard(sa, path);
                sa.lane.complete(payloads.get());
            }
        } catch (final MalformedMessageException e) {
            // Authentic and not readable: the two ends do not speak the same language (section 2.21.3).
            lifecycle.close(sa, "its response cannot be read: " + e.getMessage(), false);
            throw e;
        }
    }

    private void request(final IkeSa sa, final IkePath path, final Header header, final byte[] message,
                         final Payload.Encrypted encrypted) throws MalformedMessageException {
        final boolean repeated = header.messageId() == sa.nextRequest - 1 && !sa.lastResponse.isEmpty();
        if (!repeated && (header.messageId() != sa.nextRequest || !allowed(sa, header))) {
            lifecycle.counters.count(Ikev2Event.OUT_OF_PLACE);
            return;
        }
        final Optional<byte[]> plain = open(sa, message, encrypted);
        if (plain.isEmpty()) {
            return;
        }
        if (repeated) {
            // RFC 7383 section 2.6.1: of a fragmented request only the first fragment asks for the response.
            if (encrypted.number() == 1) {
                lifecycle.counters.count(Ikev2Event.REPEATED_REQUEST);
                sa.lastResponse.forEach(datagram -> lifecycle.context.transport().send(path, datagram));
            }
            return;
        }
        try {
            final Optional<Payloads> payloads = whole(header, encrypted, plain.get(), sa.requestFragments);
            if (payloads.isPresent()) {
                heard(sa, path);
                final Answer answer = sa.state == IkeSa.State.HALF_OPEN ? setup.auth(sa, payloads.get())
                    : handler.handle(sa, header.exchange(), payloads.get());
                respond(sa, path, header, answer);
            }
        } catch (final MalformedMessageException e) {
            heard(sa, path);
            respond(sa, path, header, new Answer(List.of(new Payload.Notify(NotifyType.INVALID_SYNTAX)),
                () -> lifecycle.close(sa, "its request cannot be read", true)));
            throw e;
        }
    }

    private static boolean allowed(final IkeSa sa, final Header header) {
        return switch (sa.state) {
            case HALF_OPEN -> header.exchange() == Header.IKE_AUTH;
            case READY, CANDIDATE, REKEYED, DELETING ->
                header.exchange() == Header.CREATE_CHILD_SA || header.exchange() == Header.INFORMATIONAL;
            case CONNECTING, DEAD -> false;
        };
    }

    private void respond(final IkeSa sa, final IkePath path, final Header request, final Answer answer) {
        final Header header = sa.header(request.exchange(), true, request.messageId());
        sa.lastResponse = sa.seal(header, answer.payloads(), lifecycle.context.config().fragmentationMtu());
        sa.nextRequest++;
        sa.say(() -> "Sending Packet [To " + path.remote() + ":" + path.remotePort() + "/From " + path.local() + ":" + path.localPort()
            + "/VRF i0:f0] " + RequestLane.exchangeName(request.exchange()) + " Exchange RESPONSE Message id: " + request.messageId());
        sa.lastResponse.forEach(datagram -> lifecycle.context.transport().send(path, datagram));
        answer.after().run();
    }

    /** Section 2.23: an authentic message that is not a repetition, from elsewhere: the peer's NAT has changed its mind. */
    private void heard(final IkeSa sa, final IkePath path) {
        sa.heardNanos = lifecycle.context.timers().nanos();
        final IkePath before = sa.path;
        if (path.equals(before) || !path.local().equals(before.local())) {
            return;
        }
        if (sa.state == IkeSa.State.HALF_OPEN) {
            lifecycle.table.move(sa, path);
        } else if (sa.nat.remote() && !sa.nat.local()) {
            sa.say(() -> "Peer has moved from " + before.remote() + ":" + before.remotePort() + " to " + path.remote() + ":"
                + path.remotePort());
            lifecycle.table.move(sa, path);
            lifecycle.context.engine().pathChanged(before, path);
        }
    }
}
