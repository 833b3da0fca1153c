package org.qfpsim.controlplane.kmi;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeSaDetail;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.kmi.KmiCounts.Kmi;
import org.qfpsim.datapath.packet.IpAddress;

/** A version of IKE, with every message of IPsec to it noted. */
final class WatchedIke implements IkeService {
    private final IkeService service;
    private final KmiWatch watch;

    WatchedIke(final IkeService service, final KmiWatch watch) {
        this.service = service;
        this.watch = watch;
    }

    @Override
    public int version() {
        return service.version();
    }

    @Override
    public void receive(final IkePath path, final byte[] message) {
        watch.counts().count(Kmi.MESSAGES_IN, 1);
        watch.counts().count(Kmi.OCTETS_IN, message.length);
        service.receive(path, message);
    }

    @Override
    public void requestChild(final ChildPolicy policy, final IpAddress peer, final @Nullable Integer replaces) {
        watch.counts().count(Kmi.REQUESTED, 1);
        watch.toIke(service.version(), "KEY_ENG_REQUEST_SAS", policy.local(), peer);
        service.requestChild(policy, peer, replaces);
    }

    @Override
    public void requestIkeSa(final IpAddress local, final IpAddress peer, final boolean initialContact,
                             final @Nullable ChildPolicy policy, final Outcome outcome) {
        service.requestIkeSa(local, peer, initialContact, policy, outcome);
    }

    @Override
    public boolean hasIkeSa(final IpAddress local, final IpAddress peer) {
        return service.hasIkeSa(local, peer);
    }

    @Override
    public boolean sendDelete(final IpAddress local, final IpAddress peer, final List<Integer> inboundSpis, final boolean invalidSpi) {
        watch.toIke(service.version(), "KEY_ENG_DELETE_SAS", local, peer);
        final boolean sent = service.sendDelete(local, peer, inboundSpis, invalidSpi);
        if (sent) {
            watch.counts().count(Kmi.DELETES_OUT, inboundSpis.size());
        }
        return sent;
    }

    @Override
    public boolean rekeyIkeSa(final IpAddress local, final IpAddress peer) {
        return service.rekeyIkeSa(local, peer);
    }

    @Override
    public void clear(final @Nullable IpAddress peer, final boolean silent) {
        service.clear(peer, silent);
    }

    @Override
    public int clearWhere(final Predicate<IkeSaInfo> which, final boolean silent) {
        return service.clearWhere(which, silent);
    }

    @Override
    public List<IkeSaInfo> ikeSas() {
        return service.ikeSas();
    }

    @Override
    public List<IkeSaInfo> departed() {
        return service.departed();
    }

    @Override
    public IkeSaDetail detail(final IkeSaInfo sa) {
        return service.detail(sa);
    }
}
