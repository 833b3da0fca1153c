package org.qfpsim.controlplane.ike.v2;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.datapath.packet.IpAddress;

/** A router's configuration, every knob a field. */
final class FakeConfig implements IkeConfig {
    List<IkeProposal> proposals = List.of(proposal(List.of("aes-cbc-256"), List.of(31)));
    String key = "a shared key";
    Dpd dpd = Dpd.OFF;
    @Nullable IkeIdentity identity;
    int keepalive;
    int maxInNegotiation;
    int cookieChallenge;
    int fragmentationMtu;

    static IkeProposal proposal(final List<String> ciphers, final List<Integer> groups) {
        return new IkeProposal(0, ciphers, List.of("sha256"), List.of(), groups, 86_400);
    }

    static IkeProposal living(final long seconds) {
        return new IkeProposal(0, List.of("aes-gcm-128"), List.of(), List.of("sha256"), List.of(31), seconds);
    }

    @Override
    public List<IkeProposal> proposals(final int version, final IpAddress local, final IpAddress peer) {
        return proposals;
    }

    @Override
    public Optional<byte[]> presharedKey(final int version, final IpAddress peer, final @Nullable IkeIdentity identity) {
        return key.isEmpty() ? Optional.empty() : Optional.of(key.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public IkeIdentity identity(final int version, final IpAddress local, final IpAddress peer) {
        return identity == null ? IkeIdentity.of(local) : identity;
    }

    @Override
    public Dpd dpd(final int version, final IpAddress peer) {
        return dpd;
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
        return keepalive;
    }

    @Override
    public int maxInNegotiation(final int version) {
        return maxInNegotiation;
    }

    @Override
    public int cookieChallenge() {
        return cookieChallenge;
    }

    @Override
    public int fragmentationMtu() {
        return fragmentationMtu;
    }
}
