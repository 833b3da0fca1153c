package org.qfpsim.controlplane.router;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ipsec.IpsecManager;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.datapath.packet.IpAddress;

/** What a person can do to the SAs of a router: commands of the platform that end them, and faults and wishes of ours. */
public final class SaActions {
    private final IpsecManager manager;
    private final List<IkeService> services;

    SaActions(final IpsecManager manager, final List<IkeService> services) {
        this.manager = manager;
        this.services = services;
    }

    /**
     * {@code clear crypto sa [peer A.B.C.D]}: deletes IPsec SAs and tells the peers.
     *
     * @param peer whose, or null for all.
     * @return how many pairs.
     */
    public int clearCryptoSa(final @Nullable IpAddress peer) {
        return clearCryptoSaWhere(pair -> with(pair, peer));
    }

    /**
     * {@code clear crypto sa ...}: deletes IPsec SAs and tells the peers, as far as there is an IKE SA to tell them over.
     *
     * @param which those to delete.
     * @return how many pairs.
     */
    public int clearCryptoSaWhere(final Predicate<SaPair> which) {
        return manager.clear(which, true);
    }

    /**
     * {@code clear crypto isakmp} (version 1) and {@code clear crypto ikev2 sa} (version 2): ends IKE SAs.
     *
     * @param version 1 or 2.
     * @param which   those to end.
     * @param silent  whether the peers are not told.
     * @return how many.
     */
    public int clearIke(final int version, final Predicate<IkeService.IkeSaInfo> which, final boolean silent) {
        return services.stream().filter(service -> service.version() == version).mapToInt(service -> service.clearWhere(which, silent))
            .sum();
    }

    /**
     * {@code clear crypto session ...}: ends IPsec SAs, then IKE SAs.
     *
     * @param which between which addresses.
     */
    public void clearSession(final Predicate<IkePath> which) {
        clearCryptoSaWhere(pair -> which.test(pair.path()));
        services.forEach(service -> service.clearWhere(sa -> which.test(sa.path()), false));
    }

    /**
     * Loses SAs without telling anybody: the fault that makes a peer's SPI invalid here. No command of the platform does it; a crash does.
     *
     * @param peer   whose, or null for all.
     * @param ikeToo whether IKE SAs are lost, too.
     */
    public void lose(final @Nullable IpAddress peer, final boolean ikeToo) {
        if (ikeToo) {
            services.forEach(service -> service.clear(peer, true));
        }
        manager.clear(pair -> with(pair, peer), false);
    }

    /**
     * Replaces IPsec SAs as if their lifetimes ended soon. No command of the platform does it.
     *
     * @param peer with whom, or null for all.
     */
    public void rekeyCryptoSa(final @Nullable IpAddress peer) {
        manager.rekey(pair -> with(pair, peer));
    }

    /**
     * Replaces IKE SAs as if their lifetimes ended soon. No command of the platform does it.
     *
     * @param peer with whom, or null for all.
     */
    public void rekeyIkeSa(final @Nullable IpAddress peer) {
        for (final IkeService service : services) {
            service.ikeSas().stream().map(IkeService.IkeSaInfo::path).filter(path -> peer == null || path.remote().equals(peer)).distinct()
                .forEach(path -> service.rekeyIkeSa(path.local(), path.remote()));
        }
    }

    private static boolean with(final SaPair pair, final @Nullable IpAddress peer) {
        return peer == null || pair.path().remote().equals(peer);
    }
}
