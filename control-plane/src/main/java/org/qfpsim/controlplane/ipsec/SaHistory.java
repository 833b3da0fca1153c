package org.qfpsim.controlplane.ipsec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/** Inbound SAs that were here once, so that a packet with a dead SPI can be told from a stranger's. The oldest is forgotten first. */
public final class SaHistory {
    private static final int ROOM = 8192;

    private final Map<Integer, Past> bySpi = new LinkedHashMap<>();

    /**
     * An inbound SA's life.
     *
     * @param spi            our SPI.
     * @param flow           the name of its flow.
     * @param local          our address.
     * @param peer           the peer.
     * @param installedNanos when it was installed.
     * @param removedNanos   when it was taken away; {@link Long#MAX_VALUE} while it is there.
     * @param reason         why it was taken away, or null.
     */
    public record Past(int spi, String flow, IpAddress local, IpAddress peer, long installedNanos, long removedNanos,
                       @Nullable String reason) {
        /** Whether it is still there. */
        public boolean alive() {
            return removedNanos == Long.MAX_VALUE;
        }
    }

    static Past of(final SaPair pair) {
        return new Past(pair.inboundSpi(), pair.flow().name(), pair.path().local(), pair.path().remote(), pair.createdNanos(),
            Long.MAX_VALUE, null);
    }

    void removed(final SaPair pair, final long now, final String reason) {
        bySpi.remove(pair.inboundSpi());
        bySpi.put(pair.inboundSpi(), new Past(pair.inboundSpi(), pair.flow().name(), pair.path().local(), pair.path().remote(),
            pair.createdNanos(), now, reason));
        if (bySpi.size() > ROOM) {
            final var eldest = bySpi.entrySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    Optional<Past> find(final int spi) {
        return Optional.ofNullable(bySpi.get(spi));
    }
}
