package org.qfpsim.controlplane.ike;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * What the configuration says about the IPsec SAs of one flow: an entry of a crypto map's access list, or a protected tunnel.
 *
 * @param id           dense number of the flow in this router; datapath and control plane mean the same flow by it.
 * @param name         the crypto map's name and number, or the tunnel's map such as {@code Tunnel0-head-0}.
 * @param local        our address.
 * @param peer         the peer; null if any peer may ask (dynamic crypto map).
 * @param selector     what goes in, as a packet leaves: our side is the source.
 * @param mode         tunnel or transport.
 * @param suites       the preferred one first.
 * @param esn          whether extended sequence numbers are offered.
 * @param pfsGroup     Diffie-Hellman group of perfect forward secrecy; 0 for none.
 * @param seconds      lifetime.
 * @param kilobytes    lifetime by volume; 0 means no limit.
 * @param replayWindow packets; 0 means no replay check.
 * @param version      IKE version that negotiates it, 1 or 2.
 */
public record ChildPolicy(int id, String name, IpAddress local, @Nullable IpAddress peer, TrafficSelector selector, SaSpec.Mode mode,
                          List<EspSuite> suites, boolean esn, int pfsGroup, long seconds, long kilobytes, int replayWindow, int version) {
    /** Copies the list. */
    public ChildPolicy {
        suites = List.copyOf(suites);
    }

    /**
     * The same with another peer.
     *
     * @param other the peer.
     * @return the policy.
     */
    public ChildPolicy with(final IpAddress other) {
        return new ChildPolicy(id, name, local, other, selector, mode, suites, esn, pfsGroup, seconds, kilobytes, replayWindow, version);
    }
}
