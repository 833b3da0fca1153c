package org.qfpsim.controlplane.ike;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** What IKE asks of the IPsec manager, which owns SAs, SPIs and the datapath's tables. Same thread as IKE. */
public interface IpsecEngine {
    /**
     * A responder looks for the flow that a peer proposes.
     *
     * @param version  IKE version.
     * @param path     of the IKE SA.
     * @param identity of the peer, authenticated.
     * @param selector what is proposed, turned round so that our side is the source.
     * @param mode     tunnel or transport.
     * @return the policy, its selector narrowed to what is agreed; empty: no proposal chosen, or selectors unacceptable.
     */
    Optional<ChildPolicy> accept(int version, IkePath path, IkeIdentity identity, TrafficSelector selector, SaSpec.Mode mode);

    /**
     * Takes an SPI that no SA has, 256 or more. It is released by {@link #install} failing, {@link #releaseSpi} or the SA's end.
     *
     * @param local our address.
     * @param peer  the peer's.
     * @return the SPI.
     */
    int reserveSpi(IpAddress local, IpAddress peer);

    /**
     * Gives back an SPI that came to nothing.
     *
     * @param spi from {@link #reserveSpi}.
     */
    void releaseSpi(int spi);

    /**
     * Installs what was negotiated: the inbound SA at once; the outbound SA too, unless it has to wait for the exchange to be complete.
     *
     * @param child       the pair.
     * @param useOutbound whether packets may leave through it now; otherwise {@link #useOutbound} says when.
     * @return false if it could not be installed.
     */
    boolean install(ChildSa child, boolean useOutbound);

    /**
     * Where a flow is applied, for debug lines.
     *
     * @param policy the flow, with a pair.
     * @return the interface's name.
     */
    String interfaceName(ChildPolicy policy);

    /**
     * From now on packets leave through an SA that {@link #install} has installed.
     *
     * @param inboundSpi our SPI of the pair.
     */
    void useOutbound(int inboundSpi);

    /**
     * Whether a pair that was installed is still there. IKE is not told of every end: a fault or a command may take pairs silently.
     *
     * @param inboundSpi our SPI of the pair.
     * @return true if so.
     */
    boolean holds(int inboundSpi);

    /**
     * The peer says that SAs of its are gone (DELETE).
     *
     * @param path         of the IKE SA that it came over.
     * @param outboundSpis the peer's SPIs.
     * @return our SPIs of the pairs that are removed here because of it, for the answer of IKEv2.
     */
    List<Integer> deletedByPeer(IkePath path, List<Integer> outboundSpis);

    /**
     * A request for a pair came to nothing; both SPIs are free again.
     *
     * @param policy   the flow.
     * @param peer     the peer.
     * @param replaces our SPI of the SA that should have been replaced, or null.
     * @param reason   in words, for the log.
     */
    void failed(ChildPolicy policy, IpAddress peer, @Nullable Integer replaces, String reason);

    /**
     * All SAs with a peer are void: it has sent INITIAL_CONTACT, does not answer any more, or the IKEv2 SA above them is gone.
     *
     * @param path   of the IKE SA.
     * @param reason in words.
     */
    void peerGone(IkePath path, String reason);

    /**
     * A peer has not answered probes or requests under an IKE SA that was up; {@link #peerGone} follows. Flows that may be with another
     * peer turn to that one.
     *
     * @param path of the IKE SA.
     */
    void peerSilent(IkePath path);

    /**
     * The peer's NAT has given it another address or port (RFC 7296 section 2.23): its pairs follow.
     *
     * @param before as it was.
     * @param now    as it is.
     */
    void pathChanged(IkePath before, IkePath now);

    /**
     * Whether packets have come out of the peer's SAs since a time; for dead peer detection on demand.
     *
     * @param path  of the IKE SA.
     * @param nanos the time.
     * @return true if so.
     */
    boolean heardSince(IkePath path, long nanos);

    /**
     * Whether packets have left through the peer's SAs since a time.
     *
     * @param path  of the IKE SA.
     * @param nanos the time.
     * @return true if so.
     */
    boolean sentSince(IkePath path, long nanos);
}
