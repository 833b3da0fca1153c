package org.qfpsim.controlplane.kmi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IpsecEngine;
import org.qfpsim.controlplane.kmi.KmiCounts.Kmi;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** The IPsec manager, with every message of IKE to it noted. */
final class WatchedEngine implements IpsecEngine {
    private final IpsecEngine engine;
    private final KmiWatch watch;

    WatchedEngine(final IpsecEngine engine, final KmiWatch watch) {
        this.engine = engine;
        this.watch = watch;
    }

    @Override
    public Optional<ChildPolicy> accept(final int version, final IkePath path, final IkeIdentity identity,
                                        final TrafficSelector selector, final SaSpec.Mode mode) {
        final Optional<ChildPolicy> policy = engine.accept(version, path, identity, selector, mode);
        watch.counts().count(Kmi.PROPOSED, 1);
        if (policy.isEmpty()) {
            watch.counts().count(Kmi.DECLINED, 1);
        }
        watch.toIpsec(version, "KEY_MGR_VALIDATE_IPSEC_PROPOSALS", path.local(), path.remote());
        return policy;
    }

    @Override
    public int reserveSpi(final IpAddress local, final IpAddress peer) {
        return engine.reserveSpi(local, peer);
    }

    @Override
    public void releaseSpi(final int spi) {
        engine.releaseSpi(spi);
    }

    @Override
    public boolean install(final ChildSa child, final boolean useOutbound) {
        watch.toIpsec(child.policy().version(), "KEY_MGR_CREATE_IPSEC_SAS", child.path().local(), child.path().remote());
        final boolean installed = engine.install(child, useOutbound);
        if (installed) {
            watch.counts().count(child.initiator() ? Kmi.GRANTED : Kmi.ACCEPTED, 1);
        }
        return installed;
    }

    @Override
    public String interfaceName(final ChildPolicy policy) {
        return engine.interfaceName(policy);
    }

    @Override
    public boolean holds(final int inboundSpi) {
        return engine.holds(inboundSpi);
    }

    @Override
    public void peerSilent(final IkePath path) {
        engine.peerSilent(path);
    }

    @Override
    public void useOutbound(final int inboundSpi) {
        engine.useOutbound(inboundSpi);
    }

    @Override
    public List<Integer> deletedByPeer(final IkePath path, final List<Integer> outboundSpis) {
        watch.counts().count(Kmi.DELETES_IN, outboundSpis.size());
        watch.toIpsec("KEY_MGR_DELETE_SAS", path);
        return engine.deletedByPeer(path, outboundSpis);
    }

    @Override
    public void failed(final ChildPolicy policy, final IpAddress peer, final @Nullable Integer replaces, final String reason) {
        watch.counts().count(Kmi.FAILED, 1);
        engine.failed(policy, peer, replaces, reason);
    }

    @Override
    public void peerGone(final IkePath path, final String reason) {
        watch.toIpsec("KEY_MGR_SESSION_CLOSED", path);
        engine.peerGone(path, reason);
    }

    @Override
    public void pathChanged(final IkePath before, final IkePath now) {
        engine.pathChanged(before, now);
    }

    @Override
    public boolean heardSince(final IkePath path, final long nanos) {
        return engine.heardSince(path, nanos);
    }

    @Override
    public boolean sentSince(final IkePath path, final long nanos) {
        return engine.sentSince(path, nanos);
    }
}
