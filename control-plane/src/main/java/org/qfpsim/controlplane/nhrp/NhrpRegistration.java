package org.qfpsim.controlplane.nhrp;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.NhrpConfig;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Our registration with one next hop server (RFC 2332 section 5.2.3):
 * <ol>
 *   <li>a request is sent, and again after 1, 2, 4, ... 64 s with the same number, until it is answered
 *   <li>accepted: the next one follows after the registration timeout
 *   <li>refused: said so, and tried again as if there had been no answer, with a new number
 *   <li>{@value #MAX_MISSED} requests without an answer: the server counts as down until it answers
 * </ol>
 */
final class NhrpRegistration {
    /** Attempts without an answer after which a server counts as down. */
    static final int MAX_MISSED = 3;

    private final NhrpTunnel tunnel;
    private final NhrpConfig.Server server;
    private final NhrpWire wire;
    private final NhrpRequests requests;
    private final Timers timers;
    private final EventLog log;
    private Timers.@Nullable Timer timer;
    private int requestId;
    private int attempts;
    private boolean waiting;
    private boolean up;

    NhrpRegistration(final NhrpTunnel tunnel, final NhrpConfig.Server server, final NhrpWire wire, final NhrpRequests requests,
                     final Timers timers, final EventLog log) {
        this.tunnel = tunnel;
        this.server = server;
        this.wire = wire;
        this.requests = requests;
        this.timers = timers;
        this.log = log;
    }

    NhrpConfig.Server server() {
        return server;
    }

    /** Whether the server has accepted us, and has not been silent since. */
    boolean isUp() {
        return up;
    }

    /** Begins a new request. */
    void start() {
        requestId = requests.number();
        attempts = 0;
        attempt();
    }

    private void attempt() {
        final IpAddress nbma = tunnel.nbmaOf(server);
        final IpAddress own = tunnel.own(server.protocol().v6());
        up &= attempts < MAX_MISSED;
        if (nbma != null && own != null && wire.isUp(tunnel)) {
            waiting = true;
            wire.send(tunnel, nbma, NhrpPacket.request(NhrpPacket.Kind.REGISTRATION_REQUEST, NhrpPacket.REGISTER_UNIQUE, requestId,
                tunnel.source(), own, server.protocol(), NhrpCie.ofSource(NhrpCie.ONE_ADDRESS, tunnel.mtu(),
                    tunnel.config().holdtime()), NhrpRequests.extensions()));
        }
        timer = timers.after(NhrpRequests.waitNanos(attempts++), this::attempt);
    }

    /** Takes an answer; false if it is none to our request. */
    boolean answered(final NhrpPacket reply) {
        if (!waiting || reply.requestId() != requestId || !reply.destination().equals(server.protocol())) {
            return false;
        }
        waiting = false;
        final int code = reply.cies().isEmpty() ? 0 : reply.cies().getFirst().code();
        if (code == 0) {
            up = true;
            NhrpCache.cancel(timer);
            timer = timers.after(TimeUnit.SECONDS.toNanos(tunnel.registrationSeconds()), this::start);
        } else {
            up = false;
            requestId = requests.number();
            log.message("NHRP", 3, "PAKREPLY", "Receive Registration Reply packet with error - " + NhrpNames.code(code));
        }
        return true;
    }

    /** Ends it. A server that knows us is told (section 5.2.5); nobody waits for its answer. */
    void stop() {
        NhrpCache.cancel(timer);
        final IpAddress nbma = tunnel.nbmaOf(server);
        final IpAddress own = tunnel.own(server.protocol().v6());
        if (up && nbma != null && own != null) {
            up = false;
            wire.send(tunnel, nbma, NhrpPacket.request(NhrpPacket.Kind.PURGE_REQUEST, NhrpPacket.NO_REPLY, requests.number(),
                tunnel.source(), own, server.protocol(), NhrpCie.of(NhrpCie.ONE_ADDRESS, 0, 0, tunnel.source(), own),
                NhrpRequests.extensions()));
        }
    }
}
