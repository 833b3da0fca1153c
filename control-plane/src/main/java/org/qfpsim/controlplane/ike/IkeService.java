package org.qfpsim.controlplane.ike;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/** One version of IKE, as the IPsec manager, the recovery of invalid SPIs and the show commands see it. One thread. */
public interface IkeService {
    /**
     * An IKE SA, for show commands.
     *
     * @param id         the connection id: 1001, 1002, ... (IKEv1), 1, 2, ... (IKEv2).
     * @param path       addresses and ports.
     * @param initiator  whether we began.
     * @param state      in the platform's words: {@code QM_IDLE}, {@code MM_NO_STATE}, {@code READY}, {@code IN-NEG}, {@code DELETE}, ...
     * @param spis       initiator's and responder's cookie or SPI.
     * @param cipher     such as {@code aes-cbc-256}; empty before it is agreed.
     * @param hash       such as {@code sha256}.
     * @param group      Diffie-Hellman group.
     * @param identity   of the peer, or null before it is known.
     * @param nat        whether a NAT was found.
     * @param createdNanos when it was begun.
     * @param seconds    lifetime.
     */
    record IkeSaInfo(int id, IkePath path, boolean initiator, String state, List<Long> spis, String cipher, String hash, int group,
                     @Nullable IkeIdentity identity, boolean nat, long createdNanos, long seconds) {
    }

    /** What becomes of a wish for an IKE SA. */
    @FunctionalInterface
    interface Outcome {
        /**
         * It is up, or it will not be.
         *
         * @param established whether it is up.
         * @param reason      in words if it is not; otherwise empty.
         */
        void done(boolean established, String reason);
    }

    /** 1 or 2. */
    int version();

    /**
     * A message came. Whatever is wrong with it, it is counted and dropped here; nothing is thrown.
     *
     * @param path    as seen from here.
     * @param message without non-ESP marker.
     */
    void receive(IkePath path, byte[] message);

    /**
     * Wants a pair of IPsec SAs; sets up the IKE SA first if there is none. The answer is {@link IpsecEngine#install} or
     * {@link IpsecEngine#failed}.
     *
     * @param policy   the flow.
     * @param peer     the peer.
     * @param replaces our SPI of the SA that it shall replace (rekey), or null.
     */
    void requestChild(ChildPolicy policy, IpAddress peer, @Nullable Integer replaces);

    /**
     * Wants an IKE SA and no IPsec SA with it (IKEv2: RFC 7296 has none without a child, so the outcome follows the first child).
     *
     * @param local          our address.
     * @param peer           the peer's.
     * @param initialContact whether INITIAL_CONTACT is sent.
     * @param policy         a flow for the first child (IKEv2); null if there is none (IKEv1).
     * @param outcome        told once.
     */
    void requestIkeSa(IpAddress local, IpAddress peer, boolean initialContact, @Nullable ChildPolicy policy, Outcome outcome);

    /**
     * Whether there is an established IKE SA.
     *
     * @param local our address.
     * @param peer  the peer's.
     * @return true if a message can be protected.
     */
    boolean hasIkeSa(IpAddress local, IpAddress peer);

    /**
     * Tells a peer that SAs are gone: DELETE(ESP) with our SPIs. IKEv1 sends and forgets; IKEv2 waits for the response.
     *
     * @param local       our address.
     * @param peer        the peer's.
     * @param inboundSpis SPIs of packets to us, as seen on the wire; they need not be of an SA that exists.
     * @param invalidSpi  whether INVALID_SPI is sent along (IKEv2).
     * @return false if there is no IKE SA to send it over: the debug line says so.
     */
    boolean sendDelete(IpAddress local, IpAddress peer, List<Integer> inboundSpis, boolean invalidSpi);

    /**
     * Replaces the IKE SA with a peer now instead of at the end of its lifetime.
     *
     * @param local our address.
     * @param peer  the peer's.
     * @return false if there is none that could be replaced (IKEv2: none with pairs under it).
     */
    boolean rekeyIkeSa(IpAddress local, IpAddress peer);

    /**
     * Ends IKE SAs and tells the peers ({@code clear crypto isakmp}, {@code clear crypto ikev2 sa}).
     *
     * @param peer   the peer, or null for all.
     * @param silent whether the peers are not told (a crash).
     */
    void clear(@Nullable IpAddress peer, boolean silent);

    /**
     * Ends some IKE SAs.
     *
     * @param which  those to end.
     * @param silent whether the peers are not told.
     * @return how many.
     */
    int clearWhere(Predicate<IkeSaInfo> which, boolean silent);

    /** The IKE SAs, in the order of their ids. */
    List<IkeSaInfo> ikeSas();

    /** IKE SAs that were up and were ended a short while ago, as the platform shows them for a minute; at most a few hundred. */
    default List<IkeSaInfo> departed() {
        return List.of();
    }

    /**
     * What only one version of IKE knows of an IKE SA.
     *
     * @param sa from {@link #ikeSas}.
     * @return {@link IkeSaDetail#NONE} if there is nothing more, or it is gone.
     */
    default IkeSaDetail detail(final IkeSaInfo sa) {
        return IkeSaDetail.NONE;
    }
}
