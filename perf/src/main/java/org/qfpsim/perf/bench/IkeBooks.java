package org.qfpsim.perf.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** The least that IKE needs of a router: one proposal, one flow, and a list of pairs. Nothing goes to a datapath. */
final class IkeBooks implements IkeConfig, IpsecEngine {
    private static final int FIRST_SPI = 256;

    private final IkeProposal proposal;
    private final ChildPolicy policy;
    private final Map<Integer, ChildSa> pairs = new HashMap<>();
    private int lastSpi = FIRST_SPI;

    /** AES-256-CBC with SHA-256, perfect forward secrecy with the same group. */
    IkeBooks(final IpAddress address, final IpAddress peer, final int group) {
        proposal = new IkeProposal(0, List.of("aes-cbc-256"), List.of("sha256"), List.of(), List.of(group), 86_400);
        policy = new ChildPolicy(1, "bench", address, peer, TrafficSelector.between(new IpPrefix(address, address.bits()),
            new IpPrefix(peer, peer.bits())), SaSpec.Mode.TUNNEL, List.of(EspSuite.AES_GCM_256_16), false, group, 3600, 0, 64, 2);
    }

    ChildPolicy policy() {
        return policy;
    }

    int pairs() {
        return pairs.size();
    }

    int pair() {
        return pairs.keySet().iterator().next();
    }

    void clear() {
        pairs.clear();
    }

    @Override
    public List<IkeProposal> proposals(final int version, final IpAddress local, final IpAddress peer) {
        return List.of(proposal);
    }

    @Override
    public Optional<byte[]> presharedKey(final int version, final IpAddress peer, final @Nullable IkeIdentity identity) {
        return Optional.of(IkePair.key());
    }

    @Override
    public IkeIdentity identity(final int version, final IpAddress local, final IpAddress peer) {
        return IkeIdentity.of(local);
    }

    @Override
    public Dpd dpd(final int version, final IpAddress peer) {
        return Dpd.OFF;
    }

    @Override
    public @Nullable Ezvpn ezvpn(final IpAddress peer, final @Nullable IkeIdentity identity) {
        return null;
    }

    @Override
    public boolean admits(final byte[] user, final byte[] password) {
        return false;
    }

    @Override
    public boolean aggressive(final IpAddress peer) {
        return false;
    }

    @Override
    public int natKeepaliveSeconds(final int version) {
        return 0;
    }

    @Override
    public int maxInNegotiation(final int version) {
        return 0;
    }

    @Override
    public int cookieChallenge() {
        return Integer.MAX_VALUE;
    }

    @Override
    public int fragmentationMtu() {
        return 0;
    }

    @Override
    public Optional<ChildPolicy> accept(final int version, final IkePath path, final IkeIdentity identity, final TrafficSelector selector,
                                        final SaSpec.Mode mode) {
        return selector.equals(policy.selector()) ? Optional.of(policy) : Optional.empty();
    }

    @Override
    public int reserveSpi(final IpAddress local, final IpAddress peer) {
        return ++lastSpi;
    }

    @Override
    public void releaseSpi(final int spi) {
        // Numbers are not used again.
    }

    @Override
    public boolean install(final ChildSa child, final boolean useOutbound) {
        pairs.put(child.inboundSpi(), child);
        return true;
    }

    @Override
    public String interfaceName(final ChildPolicy flow) {
        return "GigabitEthernet1";
    }

    @Override
    public void useOutbound(final int inboundSpi) {
        Traffic.require("pairs to be used", 1, pairs.containsKey(inboundSpi) ? 1 : 0);
    }

    @Override
    public boolean holds(final int inboundSpi) {
        return pairs.containsKey(inboundSpi);
    }

    @Override
    public List<Integer> deletedByPeer(final IkePath path, final List<Integer> outboundSpis) {
        final List<Integer> gone = pairs.values().stream().filter(pair -> outboundSpis.contains(pair.outboundSpi()))
            .map(ChildSa::inboundSpi).toList();
        gone.forEach(pairs::remove);
        return gone;
    }

    @Override
    public void failed(final ChildPolicy flow, final IpAddress peer, final @Nullable Integer replaces, final String reason) {
        throw new IllegalStateException(reason);
    }

    @Override
    public void peerGone(final IkePath path, final String reason) {
        pairs.clear();
    }

    @Override
    public void peerSilent(final IkePath path) {
        throw new IllegalStateException("a peer does not answer");
    }

    @Override
    public void pathChanged(final IkePath before, final IkePath now) {
        throw new IllegalStateException("nobody moves here");
    }

    @Override
    public boolean heardSince(final IkePath path, final long nanos) {
        return true;
    }

    @Override
    public boolean sentSince(final IkePath path, final long nanos) {
        return true;
    }
}
