package org.qfpsim.controlplane.ike.support;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeConfig;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.datapath.packet.IpAddress;

/** A configuration that is the same for every peer and can be changed at any time. */
public final class FakeConfig implements IkeConfig {
    private List<IkeProposal> proposals = List.of(
        new IkeProposal(10, List.of("aes-cbc-128"), List.of("sha1"), List.of(), List.of(19), 86_400));
    private @Nullable String key = "sesame";
    private Dpd dpd = Dpd.OFF;
    private @Nullable Ezvpn ezvpn;
    private boolean aggressive;
    private int keepalive;
    private int most = 40;

    /** The policies. */
    public FakeConfig proposals(final IkeProposal... some) {
        proposals = List.of(some);
        return this;
    }

    /** The pre-shared key; null for none. */
    public FakeConfig key(final @Nullable String text) {
        key = text;
        return this;
    }

    /** Dead peer detection. */
    public FakeConfig dpd(final int seconds, final int retry, final boolean periodic) {
        dpd = new Dpd(seconds, retry, periodic);
        return this;
    }

    /** EzVPN. */
    public FakeConfig ezvpn(final boolean client, final String group, final String user, final String password) {
        ezvpn = new Ezvpn(client, group, user, password);
        return this;
    }

    /** Whether to begin with Aggressive Mode. */
    public FakeConfig aggressive(final boolean now) {
        aggressive = now;
        return this;
    }

    /** Seconds between keepalives. */
    public FakeConfig keepalive(final int seconds) {
        keepalive = seconds;
        return this;
    }

    /** Exchanges in negotiation. */
    public FakeConfig most(final int exchanges) {
        most = exchanges;
        return this;
    }

    @Override
    public List<IkeProposal> proposals(final int version, final IpAddress local, final IpAddress peer) {
        return proposals;
    }

    @Override
    public Optional<byte[]> presharedKey(final int version, final IpAddress peer, final @Nullable IkeIdentity identity) {
        return Optional.ofNullable(key).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public IkeIdentity identity(final int version, final IpAddress local, final IpAddress peer) {
        return ezvpn != null && ezvpn.client() ? IkeIdentity.of(IkeIdentity.KEY_ID, ezvpn.group()) : IkeIdentity.of(local);
    }

    @Override
    public Dpd dpd(final int version, final IpAddress peer) {
        return dpd;
    }

    @Override
    public @Nullable Ezvpn ezvpn(final IpAddress peer, final @Nullable IkeIdentity identity) {
        return ezvpn;
    }

    @Override
    public boolean admits(final byte[] user, final byte[] password) {
        return ezvpn != null && ezvpn.user().equals(new String(user, StandardCharsets.UTF_8))
            && ezvpn.password().equals(new String(password, StandardCharsets.UTF_8));
    }

    @Override
    public boolean aggressive(final IpAddress peer) {
        return aggressive;
    }

    @Override
    public int natKeepaliveSeconds(final int version) {
        return keepalive;
    }

    @Override
    public int maxInNegotiation(final int version) {
        return most;
    }

    @Override
    public int cookieChallenge() {
        return most;
    }

    @Override
    public int fragmentationMtu() {
        return 0;
    }
}
