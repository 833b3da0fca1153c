package org.qfpsim.controlplane.nhrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Answers requests as a next hop server (RFC 2332 section 5.2): keeps who has registered, tells where stations are, forgets them when they
 * ask for it. Behind a NAT a station is where its packets come from, not where it believes to be.
 */
final class NhrpResponder {
    /** Where the destination of a packet begins, without the addresses before it. */
    private static final int ADDRESSES = NhrpDecoder.FIXED + 8;

    private final NhrpCache cache;
    private final NhrpWire wire;
    private final NhrpRequests requests;
    private final NhrpRoute route;
    private final NhrpTransit transit;
    private final EventLog log;

    NhrpResponder(final NhrpCache cache, final NhrpWire wire, final NhrpRequests requests, final NhrpRoute route, final EventLog log) {
        this.cache = cache;
        this.wire = wire;
        this.requests = requests;
        this.route = route;
        this.log = log;
        transit = new NhrpTransit(wire);
    }

    /** Takes registrations (section 5.2.3). */
    void registration(final NhrpReceived request) {
        final NhrpPacket packet = request.packet();
        if (!isAnswerable(request)) {
            return;
        }
        final List<NhrpCie> answers = new ArrayList<>();
        for (final NhrpCie cie : packet.cies()) {
            final int code = register(request, cie);
            if (code != 0) {
                wire.counted(NhrpCounter.REFUSED);
            }
            answers.add(cie.answered(code));
        }
        reply(request, packet.flags(), answers);
    }

    /** Whether a request is for us and we understand all of it that we must. */
    private boolean isAnswerable(final NhrpReceived request) {
        final NhrpPacket packet = request.packet();
        if (!request.tunnel().owns(packet.destination())) {
            final IpAddress nbma = packet.sourceNbma();
            wire.error(request, NhrpNames.ERROR_UNREACHABLE,
                ADDRESSES + (nbma == null ? 0 : nbma.bits() >> 3) + (packet.source().bits() >> 3));
            return false;
        }
        return isUnderstood(request);
    }

    private boolean isUnderstood(final NhrpReceived request) {
        int offset = NhrpEncoder.extensionOffset(request.packet());
        for (final NhrpExtension extension : request.packet().extensions()) {
            if (extension.compulsory() && !extension.isKnown()) {
                wire.error(request, NhrpNames.ERROR_EXTENSION, offset);
                return false;
            }
            offset += extension.bytes();
        }
        return true;
    }

    /** Takes one entry; 0, or why not. */
    private int register(final NhrpReceived request, final NhrpCie cie) {
        final NhrpTunnel tunnel = request.tunnel();
        final NhrpPacket packet = request.packet();
        final IpAddress protocol = cie.protocol() == null ? packet.source() : cie.protocol();
        final boolean unique = packet.has(NhrpPacket.REGISTER_UNIQUE);
        if (!cie.isOneAddress(protocol.bits()) || cie.holdingTime() == 0 || unique && packet.cies().size() > 1
            || !tunnel.covers(protocol) || tunnel.owns(protocol) || request.outer().equals(tunnel.source())) {
            return NhrpNames.PROHIBITED;
        }
        final IpAddress fixed = tunnel.fixed(protocol);
        if (fixed != null && !fixed.equals(request.outer())) {
            return NhrpNames.ALREADY_REGISTERED;
        }
        final NhrpEntry entry = cache.make(tunnel.index(), protocol);
        if (entry == null) {
            return NhrpNames.NO_RESOURCES;
        }
        final boolean moved = entry.registered && !request.outer().equals(entry.nbma);
        if (moved && entry.unique) {
            return NhrpNames.ALREADY_REGISTERED;
        }
        final boolean changed = !entry.registered || moved;
        NhrpCache.cancel(entry.retry);
        entry.incomplete = false;
        entry.registered = true;
        entry.unique = unique;
        entry.nbma = request.outer();
        entry.teacher = request.outer();
        entry.via = protocol;
        final IpAddress said = cie.nbma() == null ? packet.sourceNbma() : cie.nbma();
        entry.claimed = request.outer().equals(said) ? null : said;
        cache.hold(entry, cie.holdingTime());
        NhrpDebug.cache(log, tunnel, changed ? "add" : "update", entry);
        if (moved) {
            takeBack(tunnel, entry);
        }
        if (changed) {
            cache.publish();
        }
        return 0;
    }

    /** Tells where a station is, or asks a server that may know it (section 5.2.2). */
    void resolution(final NhrpReceived request) {
        final NhrpTunnel tunnel = request.tunnel();
        final NhrpPacket packet = request.packet();
        final IpAddress target = packet.destination();
        final IpAddress fixed = tunnel.fixed(target);
        final NhrpEntry known = cache.known(tunnel.index(), target);
        // What we have only been told ourselves is not for those who want it from the server of the target.
        final NhrpEntry entry = known != null && (known.registered || !packet.has(NhrpPacket.AUTHORITATIVE)) ? known : null;
        final IpAddress server = route.server(tunnel, target);
        final int prefix = packet.has(NhrpPacket.UNIQUE) ? NhrpCie.ONE_ADDRESS : target.bits();
        final int flags = packet.flags() & (NhrpPacket.ROUTER | NhrpPacket.UNIQUE | NhrpPacket.SOURCE_STABLE);
        if (tunnel.owns(target)) {
            answer(request, flags | NhrpPacket.AUTHORITATIVE,
                NhrpCie.of(prefix, tunnel.mtu(), tunnel.config().holdtime(), tunnel.source(), target));
        } else if (fixed != null) {
            answer(request, flags | NhrpPacket.AUTHORITATIVE,
                NhrpCie.of(prefix, tunnel.mtu(), tunnel.config().holdtime(), fixed, target));
        } else if (entry != null && packet.has(NhrpPacket.UNIQUE) && !entry.unique) {
            answer(request, flags, NhrpCie.refused(NhrpNames.NOT_UNIQUE));
        } else if (entry != null && entry.nbma != null) {
            entry.hits++;
            entry.told(packet.source(), request.outer());
            answer(request, flags | (entry.registered ? NhrpPacket.AUTHORITATIVE : 0),
                NhrpCie.of(prefix, tunnel.mtu(), cache.remaining(entry), entry.nbma, entry.via));
        } else if (server != null && !server.equals(request.outer())) {
            transit.pass(request, server);
        } else {
            answer(request, flags, NhrpCie.refused(NhrpNames.NO_BINDING));
        }
    }

    private void answer(final NhrpReceived request, final int flags, final NhrpCie cie) {
        if (isUnderstood(request)) {
            if (cie.code() != 0) {
                wire.counted(NhrpCounter.REFUSED);
            }
            reply(request, flags, List.of(cie));
        }
    }

    /** Forgets what a station takes back that has told it (section 5.2.5). */
    void purge(final NhrpReceived request) {
        if (!isAnswerable(request)) {
            return;
        }
        final NhrpTunnel tunnel = request.tunnel();
        for (final NhrpCie cie : request.packet().cies()) {
            final NhrpEntry entry = cie.protocol() == null ? null : cache.find(tunnel.index(), cie.protocol());
            final IpAddress nbma = cie.nbma();
            if (entry != null && request.outer().equals(entry.teacher)
                && (nbma == null || nbma.equals(entry.nbma) || nbma.equals(entry.claimed))) {
                NhrpDebug.cache(log, tunnel, "delete", entry);
                takeBack(tunnel, entry);
                cache.remove(entry);
            }
        }
        cache.publish();
        if (!request.packet().has(NhrpPacket.NO_REPLY)) {
            reply(request, request.packet().flags(), request.packet().cies());
        }
    }

    /** Tells those who were told an entry that it holds no longer. */
    private void takeBack(final NhrpTunnel tunnel, final NhrpEntry entry) {
        for (final Map.Entry<IpAddress, IpAddress> asker : entry.takeAskers().entrySet()) {
            final IpAddress own = tunnel.own(asker.getKey().v6());
            if (own != null) {
                wire.send(tunnel, asker.getValue(), NhrpPacket.request(NhrpPacket.Kind.PURGE_REQUEST, NhrpPacket.NO_REPLY,
                    requests.number(), tunnel.source(), own, asker.getKey(),
                    new NhrpCie(0, NhrpCie.ONE_ADDRESS, 0, 0, null, entry.key.protocol(), 0), NhrpRequests.extensions()));
            }
        }
    }

    /** Passes a reply on to the station that has asked. */
    void passBack(final NhrpReceived reply) {
        final NhrpTunnel tunnel = reply.tunnel();
        final IpAddress fixed = tunnel.fixed(reply.packet().source());
        final NhrpEntry entry = cache.known(tunnel.index(), reply.packet().source());
        final IpAddress nbma = fixed != null || entry == null ? fixed : entry.nbma;
        if (nbma == null || nbma.equals(reply.outer())) {
            wire.counted(NhrpCounter.UNWANTED);
        } else {
            transit.pass(reply, nbma);
        }
    }

    private void reply(final NhrpReceived request, final int flags, final List<NhrpCie> answers) {
        final List<NhrpExtension> extensions = new ArrayList<>();
        for (final NhrpExtension extension : request.packet().extensions()) {
            final NhrpExtension answered = answered(request.tunnel(), request.packet(), extension);
            if (answered != null) {
                extensions.add(answered);
            }
        }
        wire.send(request.tunnel(), request.outer(), request.packet().reply(flags, answers, extensions));
    }

    /** What becomes of an extension of the request in the reply: our name goes in, the way there stays, the rest is left out. */
    private static @Nullable NhrpExtension answered(final NhrpTunnel tunnel, final NhrpPacket packet, final NhrpExtension extension) {
        final IpAddress own = tunnel.own(packet.v6());
        return switch (extension.type()) {
            case NhrpExtension.RESPONDER -> own == null ? null
                : new NhrpExtension(true, NhrpExtension.RESPONDER, NhrpEncoder.entries(List.of(tunnel.self(own))));
            case NhrpExtension.FORWARD_RECORD, NhrpExtension.REVERSE_RECORD -> extension;
            default -> null;
        };
    }
}
