package org.qfpsim.controlplane.router;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeService;
import org.qfpsim.controlplane.ipsec.IpsecManager;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.packet.IpAddress;

/** The texts of {@code show crypto isakmp sa}, {@code ikev2 sa}, {@code ipsec sa} and {@code session}, from live objects. */
public final class CryptoShow {
    private final IkeSaTable ike;
    private final IpsecSaTable ipsec;
    private final SessionTable sessions;

    CryptoShow(final Timers timers, final IpsecManager manager, final List<IkeService> services) {
        ike = new IkeSaTable(timers, services);
        ipsec = new IpsecSaTable(timers, manager);
        sessions = new SessionTable(manager, services);
    }

    /** {@code show crypto isakmp sa}. */
    public String isakmpSa() {
        return ike.isakmp();
    }

    /**
     * {@code show crypto ikev2 sa [detail]}.
     *
     * @param detail with SPIs and more.
     * @return the text; empty without SAs, as on the platform.
     */
    public String ikev2Sa(final boolean detail) {
        return ike.ikev2(detail);
    }

    /**
     * {@code show crypto ipsec sa [peer A.B.C.D]}.
     *
     * @param peer whose, or null for all.
     * @return the text.
     */
    public String ipsecSa(final @Nullable IpAddress peer) {
        return ipsec.text(peer);
    }

    /** {@code show crypto ipsec sa count}. */
    public String ipsecSaCount() {
        return ipsec.count();
    }

    /** {@code show crypto session}. */
    public String session() {
        return sessions.text();
    }
}
