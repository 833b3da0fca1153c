package org.qfpsim.controlplane.ipsec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Installs pairs, lets one take over from another without a gap, and ends them. The life of a pair:
 * <ol>
 *   <li>the inbound SA is installed; the outbound SA when IKE says that the peer has its end;
 *   <li>from then on packets leave through it, and older pairs of the flow are replaced: packets may still come in through them;
 *   <li>a margin before the end of the lifetime another pair is asked for;
 *   <li>at the end the datapath drops what still comes, and {@link #GRACE} later the pair is taken away.
 * </ol>
 */
final class SaLife {
    /** From the hard expiry until the control plane has taken an SA away. Our guess. */
    static final long GRACE = 100_000_000L;

    /** How long a responder of Quick Mode may take over the third message. strongSwan needs some milliseconds; ours. */
    static final long SETTLE = 100_000_000L;

    /** What passes meanwhile at 5 Gb/s: with less left in the old SA there is nothing to wait for. */
    private static final long SETTLE_OCTETS = 64 << 20;
    private static final long SECOND = 1_000_000_000L;
    /** More packets than can leave between reading a sequence number and the change of an outbound SA: no number is used twice. */
    private static final long AHEAD = 1 << 16;

    private final Timers timers;
    private final IpsecDatapath datapath;
    private final IpsecLog log;
    private final RandomGenerator random;
    private final Supplier<IpsecSettings> settings;
    private final SaSpecs specs;
    private final Pairs pairs;
    private final Events events;
    private final Set<SaPair> settling = new LinkedHashSet<>();
    private int connection = 2001;
    private SaObserver observer = SaObserver.NONE;

    /** Who is told. */
    interface Events {
        /** It is time for another pair. */
        void soft(SaPair pair);

        /** The lifetime is over and the grace too. */
        void expired(SaPair pair);

        /** Packets leave through it now. */
        void active(SaPair pair);
    }

    SaLife(final Timers timers, final IpsecDatapath datapath, final EventLog log, final RandomGenerator random,
           final Supplier<IpsecSettings> settings, final Pairs pairs, final Events events) {
        this.timers = timers;
        this.datapath = datapath;
        this.log = new IpsecLog(log);
        this.random = random;
        this.settings = settings;
        this.pairs = pairs;
        this.events = events;
        specs = new SaSpecs(settings);
    }

    void observe(final SaObserver who) {
        observer = who;
    }

    static long hardNanos(final ChildSa child, final long createdNanos) {
        return child.seconds() == 0 ? Long.MAX_VALUE : createdNanos + child.seconds() * SECOND;
    }

    /** Installs the inbound SA of a new pair; throws IllegalStateException when the datapath is full. */
    SaPair install(final Flow flow, final ChildSa child, final long createdNanos, final long sequence) {
        final SaPair pair = new SaPair(flow, child, connection, createdNanos);
        pair.inbound(datapath.installInbound(flow.id(), specs.inbound(pair, sequence)));
        connection += 2;
        if (behaviour().endsOldInbound(child)) {
            flow.pairs().forEach(SaPair::retireInbound);
        }
        flow.add(pair);
        pairs.add(pair);
        log.created(pair);
        observer.created(pair, true);
        if (pair.hardNanos() != Long.MAX_VALUE) {
            final long now = timers.nanos();
            final long soft = createdNanos + settings.get().margins().softNanos(child.seconds(), random);
            pair.timers(timers.after(soft - now, () -> events.soft(pair)),
                timers.after(pair.hardNanos() - now, () -> hardExpiry(pair)));
        }
        return pair;
    }

    private RekeyBehaviour behaviour() {
        return RekeyBehaviour.of(settings.get().bugs());
    }

    boolean outboundBeforeComplete(final ChildSa child) {
        return behaviour().outboundBeforeComplete(child);
    }

    /**
     * The initiator of Quick Mode has sent its third message, without which the responder cannot open what comes through the new pair: ESP
     * must not overtake it there. While there is an old pair packets leave through that for {@link #SETTLE}.
     */
    void useOutboundSoon(final SaPair pair) {
        final SaPair old = pair.flow().active();
        if (old == null || old.child().kilobytes() != 0 && old.child().kilobytes() * 1024 - old.outboundUse().octets() < SETTLE_OCTETS) {
            useOutbound(pair, 0);
        } else {
            settling.add(pair);
            timers.after(SETTLE, () -> settled(pair));
        }
    }

    private void settled(final SaPair pair) {
        if (settling.remove(pair)) {
            useOutbound(pair, 0);
        }
    }

    void useOutbound(final SaPair pair, final long sequence) {
        if (pair.hasOutbound() || pair.is(SaPair.State.GONE)) {
            return;
        }
        final long gap = pair.flow().active() == null ? 0 : behaviour().outboundGapNanos(pair.child());
        if (gap == 0) {
            takeOver(pair, sequence);
        } else {
            pair.flow().pairs().forEach(SaPair::retireOutbound);
            timers.after(gap, () -> takeOver(pair, sequence));
        }
    }

    private void takeOver(final SaPair pair, final long sequence) {
        if (pair.hasOutbound() || !pair.is(SaPair.State.INBOUND_ONLY)) {
            return;
        }
        try {
            pair.outbound(datapath.installOutbound(pair.flow().id(), specs.outbound(pair, sequence)));
        } catch (final IllegalStateException full) {
            log.say(pair.path().remote(), "IPSEC(create_sa): outbound SA refused: " + full.getMessage());
            return;
        }
        log.outbound(pair);
        observer.created(pair, false);
        for (final SaPair other : pair.flow().pairs()) {
            if (other != pair && (other.is(SaPair.State.ACTIVE) || other.is(SaPair.State.INBOUND_ONLY))) {
                other.state(SaPair.State.REPLACED);
                other.cancelSoft();
            }
        }
        pair.state(SaPair.State.ACTIVE);
        events.active(pair);
    }

    private void hardExpiry(final SaPair pair) {
        if (!pair.is(SaPair.State.GONE)) {
            pair.state(SaPair.State.EXPIRED);
            timers.after(GRACE, () -> events.expired(pair));
        }
    }

    /** Takes a pair out of the datapath and out of all tables. */
    void end(final SaPair pair, final String reason) {
        pair.timers(null, null);
        pair.state(SaPair.State.GONE);
        pair.retireOutbound();
        pair.retireInbound();
        pair.flow().remove(pair);
        pairs.remove(pair);
        log.deleted(pair, reason);
        observer.deleted(pair, reason);
        settling.remove(pair);
        if (pair.flow().active() == null) {
            List.copyOf(settling).stream().filter(other -> other.flow() == pair.flow()).forEach(this::settled);
        }
    }

    /** Lets a pair follow its peer to another address or port: the same SAs, wrapped anew. */
    void move(final SaPair pair, final IkePath now) {
        final long received = pair.inboundUse().sequence();
        final long sent = pair.outboundUse().sequence();
        pairs.remove(pair);
        pair.path(now);
        pairs.add(pair);
        pair.retireInbound();
        pair.inbound(datapath.installInbound(pair.flow().id(), specs.inbound(pair, received)));
        if (pair.is(SaPair.State.ACTIVE)) {
            pair.retireOutbound();
            pair.outbound(datapath.installOutbound(pair.flow().id(), specs.outbound(pair, sent + AHEAD)));
        }
        final IpAddress peer = now.remote();
        log.say(peer, "IPSEC(update_peer): " + SaSpecs.hex(pair.inboundSpi()) + " follows its peer to " + peer + " port "
            + now.remotePort());
    }
}
