package org.qfpsim.controlplane.ipsec;

import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * What the IPsec manager needs of a datapath: SAs in, SAs out, and what they have done. All calls and all notifications are on the control
 * plane's thread. A change that is asked for takes its place between two packets; calls do not wait for it.
 */
public interface IpsecDatapath {
    /** An SA that is installed. */
    interface Sa {
        /** What went through it up to now; stays as it was at the end once the SA is retired. */
        Use use();

        /** Takes it away: packets that arrive from now on do not find it. Does nothing the second time. */
        void retire();
    }

    /**
     * What an SA has done.
     *
     * @param packets    that it has opened or sealed.
     * @param octets     of their payload.
     * @param replayed   packets that its replay window refused; 0 of an outbound SA.
     * @param unverified packets whose integrity check failed; 0 of an outbound SA.
     * @param sequence   the highest sequence number received or sent; the initial one before the first packet.
     * @param lastNanos  when the last good packet went through, on the control plane's clock; {@link #NEVER} if none did.
     */
    record Use(long packets, long octets, long replayed, long unverified, long sequence, long lastNanos) {
        /** No packet yet. */
        public static final long NEVER = Long.MIN_VALUE;
        /** Of an SA that is new. */
        public static final Use NONE = new Use(0, 0, 0, 0, 0, NEVER);

        /** Packets of its that were dropped. */
        public long dropped() {
            return replayed + unverified;
        }
    }

    /**
     * Which SA a notification means.
     *
     * @param inbound     its direction.
     * @param destination the receiver's address.
     * @param spi         as on the wire.
     */
    record SaId(boolean inbound, IpAddress destination, int spi) {
    }

    /** What the datapath tells the control plane. */
    interface Listener {
        /**
         * Packets with an SPI that no SA has.
         *
         * @param notification who and how many.
         */
        void unknownSpi(UnknownSpi notification);

        /**
         * A packet matched a flow that has no outbound SA: IKE shall start ({@code IpsecIkeIndicate}).
         *
         * @param flow  id of the {@link ChildPolicy}.
         */
        void noSa(int flow);

        /**
         * A packet wants to go through a multipoint tunnel to a peer that has no flow yet.
         *
         * @param interfaceName the tunnel.
         * @param peer          the peer's outer address.
         */
        void noFlow(String interfaceName, IpAddress peer);

        /**
         * An SA has come to a limit of its volume.
         *
         * @param sa   which.
         * @param hard whether packets are dropped from now on; otherwise it is time for another one.
         */
        void volume(SaId sa, boolean hard);

        /**
         * An outbound SA has no sequence numbers left (RFC 4303 section 3.3.3).
         *
         * @param sa which.
         */
        void sequenceOverflow(SaId sa);
    }

    /**
     * Says who is told; once, before anything else.
     *
     * @param listener who.
     */
    void listener(Listener listener);

    /**
     * A flow is there: packets that match it leave protected or not at all.
     *
     * @param flow what it is; the id of its policy names it from now on. It has a peer.
     */
    void addFlow(FlowSpec flow);

    /**
     * A flow is gone. Its SAs have been retired before.
     *
     * @param flow its id.
     */
    void removeFlow(int flow);

    /**
     * Packets that matched a flow and were dropped because it had no outbound SA, as far as the datapath has told.
     *
     * @param flow its id.
     * @return packets since the flow was added.
     */
    long withoutSa(int flow);

    /**
     * Installs an SA for packets to us.
     *
     * @param flow the flow that it belongs to.
     * @param spec the SA.
     * @return the SA.
     * @throws IllegalStateException if there is no room for another one; the message says what is full.
     */
    Sa installInbound(int flow, SaSpec spec);

    /**
     * Installs an SA for packets to the peer and makes it the one that the flow's packets take. The one that they took before stays
     * installed, without traffic.
     *
     * @param flow the flow.
     * @param spec the SA.
     * @return the SA.
     * @throws IllegalStateException if there is no room for another one; the message says what is full.
     */
    Sa installOutbound(int flow, SaSpec spec);
}
