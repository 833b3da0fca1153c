package org.qfpsim.controlplane.nhrp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Finds next hops that packets want (RFC 2332 section 5.2.1). While one is looked for, its packets go to the server, which passes them on;
 * one that is not found is looked for again after {@value #NEGATIVE_SECONDS} s, if packets still want it.
 */
final class NhrpResolver {
    /** How long it is remembered that a next hop could not be found. */
    static final int NEGATIVE_SECONDS = 180;
    /** Next hops looked for at a time: a scan of the tunnel's network does not fill the memory. */
    static final int MAX_INCOMPLETE = 1024;

    private final NhrpCache cache;
    private final NhrpWire wire;
    private final NhrpRequests requests;
    private final Timers timers;
    private final EventLog log;

    NhrpResolver(final NhrpCache cache, final NhrpWire wire, final NhrpRequests requests, final Timers timers, final EventLog log) {
        this.cache = cache;
        this.wire = wire;
        this.requests = requests;
        this.timers = timers;
        this.log = log;
    }

    /**
     * Packets want a next hop.
     *
     * @param tunnel that they want to leave through.
     * @param target the next hop.
     * @param count  packets that were lost for want of it.
     * @param server outer address of the server to ask, or null if there is none.
     */
    void wanted(final NhrpTunnel tunnel, final IpAddress target, final long count, final @Nullable IpAddress server) {
        final NhrpEntry found = cache.find(tunnel.index(), target);
        if (found != null) {
            found.hits += count;
            return;
        }
        if (server == null || !tunnel.covers(target) || tunnel.owns(target) || tunnel.fixed(target) != null
            || cache.entries().stream().filter(entry -> entry.incomplete).count() >= MAX_INCOMPLETE) {
            return;
        }
        final NhrpEntry entry = cache.make(tunnel.index(), target);
        if (entry != null) {
            entry.incomplete = true;
            entry.nbma = server;
            entry.hits = count;
            entry.requestId = requests.number();
            cache.hold(entry, NEGATIVE_SECONDS);
            NhrpDebug.cache(log, tunnel, "add incomplete", entry);
            cache.publish();
            ask(tunnel, entry, server);
        }
    }

    /** Asks, and asks again after 1, 2, 4, ... s with the same number. */
    private void ask(final NhrpTunnel tunnel, final NhrpEntry entry, final IpAddress server) {
        final IpAddress own = tunnel.own(entry.key.protocol().v6());
        if (own != null && wire.isUp(tunnel)) {
            wire.send(tunnel, server, NhrpPacket.request(NhrpPacket.Kind.RESOLUTION_REQUEST,
                NhrpPacket.ROUTER | NhrpPacket.AUTHORITATIVE | NhrpPacket.SOURCE_STABLE, entry.requestId, tunnel.source(), own,
                entry.key.protocol(), NhrpCie.ofSource(0, tunnel.mtu(), tunnel.config().holdtime()), NhrpRequests.extensions()));
        }
        entry.retry = timers.after(NhrpRequests.waitNanos(entry.attempts++), () -> ask(tunnel, entry, server));
    }

    /** Takes an answer; false if nobody waits for it. */
    boolean answered(final NhrpReceived reply) {
        final NhrpTunnel tunnel = reply.tunnel();
        final NhrpPacket packet = reply.packet();
        final NhrpEntry entry = cache.find(tunnel.index(), packet.destination());
        if (entry == null || !entry.incomplete || entry.requestId != packet.requestId()) {
            return false;
        }
        NhrpCache.cancel(entry.retry);
        final NhrpCie best = best(tunnel, packet.cies());
        if (best == null) {
            NhrpDebug.cache(log, tunnel, "keep negative", entry);
            return true;
        }
        entry.incomplete = false;
        entry.nbma = best.nbma();
        entry.via = best.protocol() == null ? packet.destination() : best.protocol();
        entry.unique = packet.has(NhrpPacket.UNIQUE);
        entry.teacher = reply.outer();
        cache.hold(entry, best.holdingTime());
        NhrpDebug.cache(log, tunnel, "update", entry);
        cache.publish();
        return true;
    }

    /** The positive answer that is preferred, the first of equal ones. */
    private static @Nullable NhrpCie best(final NhrpTunnel tunnel, final List<NhrpCie> cies) {
        NhrpCie best = null;
        for (final NhrpCie cie : cies) {
            final IpAddress nbma = cie.nbma();
            if (cie.code() == 0 && cie.holdingTime() > 0 && nbma != null && nbma.v6() == tunnel.source().v6()
                && !nbma.equals(tunnel.source()) && (best == null || cie.preference() > best.preference())) {
                best = cie;
            }
        }
        return best;
    }
}
