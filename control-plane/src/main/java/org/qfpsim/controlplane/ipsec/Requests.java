package org.qfpsim.controlplane.ipsec;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/** Asks IKE for pairs: one request for a flow at a time, a pause after one that failed. */
final class Requests {
    private static final long SECOND = 1_000_000_000L;
    /** IKE answers every request; this is for one that it lost. */
    private static final long LOST = 300 * SECOND;
    /** Pause after a failure, so that a refusing peer is not asked by every packet. Our guess. */
    private static final long PAUSE = SECOND;
    /** Pause after a failed rekey; the old pair lives on meanwhile. Our guess. */
    private static final long REKEY_PAUSE = 5 * SECOND;

    private final Timers timers;
    private final IpsecLog log;
    private final IntFunction<@Nullable IkeService> services;

    Requests(final Timers timers, final IpsecLog log, final IntFunction<@Nullable IkeService> services) {
        this.timers = timers;
        this.log = log;
        this.services = services;
    }

    /** Asks for a flow's first pair, unless it is being negotiated. */
    boolean first(final Flow flow, final String reason) {
        final IpAddress peer = flow.policy().peer();
        if (peer == null || flow.spec().manual() != null || flow.waiting() || timers.nanos() < flow.notBefore()) {
            return false;
        }
        return ask(flow, peer, null, reason);
    }

    /** Asks another peer of a flow, as soon as whoever told of the failure is done. */
    void other(final Flow flow, final IpAddress failed, final String reason) {
        final IpAddress next = flow.policy().peer();
        log.say(failed, "IPSEC(key_engine): peer " + failed + " of " + flow.name() + " failed: " + reason + "; trying peer " + next);
        flow.notBefore(Flow.IDLE);
        timers.after(0, () -> {
            if (flow.active() == null) {
                first(flow, "another peer");
            }
        });
    }

    /** Asks for a pair in place of another one. */
    void rekey(final SaPair pair, final String reason) {
        if (pair.rekeying() || !pair.is(SaPair.State.ACTIVE) || pair.flow().spec().manual() != null) {
            return;
        }
        pair.rekeying(true);
        if (!ask(pair.flow(), pair.path().remote(), pair.inboundSpi(), reason)) {
            pair.rekeying(false);
        }
    }

    private boolean ask(final Flow flow, final IpAddress peer, final @Nullable Integer replaces, final String reason) {
        final IkeService service = services.apply(flow.policy().version());
        if (service == null) {
            return false;
        }
        log.say(peer, "IPSEC(sa_request): , (key eng. msg.) OUTBOUND local= " + flow.policy().local() + ":500, remote= " + peer
            + ":500, " + flow.name() + ": " + reason);
        flow.notBefore(timers.nanos() + LOST);
        service.requestChild(flow.policy(), peer, replaces);
        return true;
    }

    void answered(final Flow flow) {
        flow.notBefore(Flow.IDLE);
    }

    void failed(final ChildPolicy policy, final @Nullable Flow flow, final @Nullable SaPair replaced, final IpAddress peer,
                final String reason) {
        log.say(peer, "IPSEC(key_engine): request timer fired or refused for " + policy.name() + ": " + reason);
        if (flow != null) {
            flow.notBefore(timers.nanos() + PAUSE);
        }
        if (replaced != null) {
            replaced.rekeying(false);
            timers.after(REKEY_PAUSE, () -> rekey(replaced, "another try"));
        }
    }
}
