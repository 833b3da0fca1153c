package org.qfpsim.controlplane.ipsec;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.time.Timers;

/** A pair of SAs that is installed here. Written by the IPsec manager only. */
public final class SaPair {
    /** Where a pair is in its life. */
    public enum State {
        /** Packets may come; none leave, because the exchange is not complete. */
        INBOUND_ONLY,
        /** In use in both directions. */
        ACTIVE,
        /** Another one has taken over; packets may still come. */
        REPLACED,
        /** Past its lifetime: the datapath drops what comes, in a moment it is gone. */
        EXPIRED,
        /** Taken away. */
        GONE
    }

    private final Flow flow;
    private final ChildSa child;
    private final int connection;
    private final long createdNanos;
    private IkePath path;
    private State state = State.INBOUND_ONLY;
    private boolean rekeying;
    private IpsecDatapath.@Nullable Sa inbound;
    private IpsecDatapath.@Nullable Sa outbound;
    private Timers.@Nullable Timer soft;
    private Timers.@Nullable Timer hard;

    SaPair(final Flow flow, final ChildSa child, final int connection, final long createdNanos) {
        this.flow = flow;
        this.child = child;
        this.connection = connection;
        this.createdNanos = createdNanos;
        path = child.path();
    }

    /** The flow that it protects. */
    public Flow flow() {
        return flow;
    }

    /** What was negotiated. */
    public ChildSa child() {
        return child;
    }

    /** Number of the inbound SA; the outbound one has the next. */
    public int connection() {
        return connection;
    }

    /** When it was installed. */
    public long createdNanos() {
        return createdNanos;
    }

    /** Where the peer is now. */
    public IkePath path() {
        return path;
    }

    /** Where it is in its life. */
    public State state() {
        return state;
    }

    /** Our SPI. */
    public int inboundSpi() {
        return child.inboundSpi();
    }

    /** The peer's SPI. */
    public int outboundSpi() {
        return child.outboundSpi();
    }

    /** Whether another pair has been asked for in its place. */
    public boolean rekeying() {
        return rekeying;
    }

    /** What came in. */
    public IpsecDatapath.Use inboundUse() {
        return inbound == null ? IpsecDatapath.Use.NONE : inbound.use();
    }

    /** What went out. */
    public IpsecDatapath.Use outboundUse() {
        return outbound == null ? IpsecDatapath.Use.NONE : outbound.use();
    }

    /** Whether a packet has gone through in either direction. */
    public boolean used() {
        return inboundUse().packets() + outboundUse().packets() > 0;
    }

    /** When its lifetime by seconds ends. */
    public long hardNanos() {
        return SaLife.hardNanos(child, createdNanos);
    }

    /**
     * Whether it is in a state.
     *
     * @param wanted the state.
     * @return true if so.
     */
    public boolean is(final State wanted) {
        return state == wanted;
    }

    /** Whether its outbound SA was installed. */
    public boolean hasOutbound() {
        return outbound != null;
    }

    /** Whether IKE messages or ESP on a path are with this pair's peer; behind a NAT the ports tell peers apart. */
    boolean isWith(final IkePath other) {
        return path.local().equals(other.local()) && path.remote().equals(other.remote())
            && (!child.udp() || !other.marked() || path.remotePort() == other.remotePort());
    }

    void state(final State next) {
        state = next;
    }

    void rekeying(final boolean value) {
        rekeying = value;
    }

    void path(final IkePath now) {
        path = now;
    }

    void inbound(final IpsecDatapath.Sa sa) {
        flow.carry(inboundUse(), IpsecDatapath.Use.NONE);
        inbound = sa;
    }

    void outbound(final IpsecDatapath.Sa sa) {
        flow.carry(IpsecDatapath.Use.NONE, outboundUse());
        outbound = sa;
    }

    void timers(final Timers.@Nullable Timer nextSoft, final Timers.@Nullable Timer nextHard) {
        cancelSoft();
        if (hard != null) {
            hard.cancel();
        }
        soft = nextSoft;
        hard = nextHard;
    }

    void cancelSoft() {
        if (soft != null) {
            soft.cancel();
        }
    }

    void retireInbound() {
        also(inbound, IpsecDatapath.Sa::retire);
    }

    void retireOutbound() {
        also(outbound, IpsecDatapath.Sa::retire);
    }

    private static void also(final IpsecDatapath.@Nullable Sa sa, final Consumer<IpsecDatapath.Sa> action) {
        if (sa != null) {
            action.accept(sa);
        }
    }
}
