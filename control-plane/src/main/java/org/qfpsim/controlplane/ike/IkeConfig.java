package org.qfpsim.controlplane.ike;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/** What the router's configuration says to IKE, asked anew for every exchange. */
public interface IkeConfig {
    /**
     * Dead peer detection (RFC 3706, RFC 7296 section 2.4).
     *
     * @param seconds  between probes, or of silence before one; 0 is off.
     * @param retry    seconds between probes that are not answered.
     * @param periodic whether it probes without being asked; otherwise only if traffic leaves and nothing comes back.
     */
    record Dpd(int seconds, int retry, boolean periodic) {
        /** Switched off. */
        public static final Dpd OFF = new Dpd(0, 2, false);
    }

    /**
     * What EzVPN asks for (IKEv1): null in {@link #ezvpn} for every other peer.
     *
     * @param client   whether we are the client; otherwise the server.
     * @param group    the group name, which Aggressive Mode sends as key id.
     * @param user     XAUTH user name (client); empty at a server, which asks {@link #admits}.
     * @param password XAUTH password (client); empty at a server.
     */
    record Ezvpn(boolean client, String group, String user, String password) {
        /** Never prints a password. */
        @Override
        public String toString() {
            return "Ezvpn[client=" + client + ", group=" + group + ", user=" + user + "]";
        }
    }

    /**
     * The algorithms to offer or accept, the preferred ones first.
     *
     * @param version 1 or 2.
     * @param local   our address.
     * @param peer    the peer's.
     * @return proposals; empty means that IKE of this version is not configured.
     */
    List<IkeProposal> proposals(int version, IpAddress local, IpAddress peer);

    /**
     * The pre-shared key.
     *
     * @param version  1 or 2.
     * @param peer     the address that the peer's packets come from.
     * @param identity what it says it is, or null while that is not known.
     * @return the key; empty if none is configured: the peer is refused.
     */
    Optional<byte[]> presharedKey(int version, IpAddress peer, @Nullable IkeIdentity identity);

    /**
     * Our identity.
     *
     * @param version 1 or 2.
     * @param local   our address.
     * @param peer    the peer's.
     * @return by default the address.
     */
    IkeIdentity identity(int version, IpAddress local, IpAddress peer);

    /**
     * Dead peer detection with a peer.
     *
     * @param version 1 or 2.
     * @param peer    the peer's address.
     * @return the settings.
     */
    Dpd dpd(int version, IpAddress peer);

    /**
     * EzVPN with a peer.
     *
     * @param peer     the peer's address.
     * @param identity what it says it is, or null.
     * @return null unless the peer is an EzVPN server, or has to name a user.
     */
    @Nullable Ezvpn ezvpn(IpAddress peer, @Nullable IkeIdentity identity);

    /**
     * Whether a user may come in (XAUTH).
     *
     * @param user     as the peer has sent it.
     * @param password as the peer has sent it.
     * @return false for a user that there is not, too.
     */
    boolean admits(byte[] user, byte[] password);

    /** Addresses of EzVPN. */
    default IkeAddresses addresses() {
        return IkeAddresses.NONE;
    }

    /** Whether IKEv1 neither begins nor answers Aggressive Mode ({@code crypto isakmp aggressive-mode disable}). */
    default boolean aggressiveModeOff() {
        return false;
    }

    /** IKE SAs of a version that may exist at a time ({@code crypto call admission limit ike sa}); 0: as many as come. */
    default int maxSas() {
        return 0;
    }

    /** Whether IKEv1 starts with Aggressive Mode towards a peer ({@code initiate mode aggressive} in its profile). */
    boolean aggressive(IpAddress peer);

    /**
     * Seconds between NAT-T keepalives ({@code crypto isakmp nat keepalive}, {@code crypto ikev2 nat keepalive}).
     *
     * @param version 1 or 2.
     * @return 0 is off.
     */
    int natKeepaliveSeconds(int version);

    /**
     * Exchanges that may be in negotiation at a time ({@code crypto call admission limit ike in-negotiation-sa}, of IKEv2 also
     * {@code crypto ikev2 limit max-in-negotation-sa}).
     *
     * @param version 1 or 2.
     * @return from 1; IKEv2 takes 0 for no limit.
     */
    int maxInNegotiation(int version);

    /** Half-open IKEv2 SAs from which on cookies are asked for ({@code crypto ikev2 cookie-challenge}). */
    int cookieChallenge();

    /** Octets of an IKE message from which on IKEv2 fragments it ({@code crypto ikev2 fragmentation mtu}); 0 is off. */
    int fragmentationMtu();
}
