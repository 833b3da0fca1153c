package org.qfpsim.controlplane.ipsec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/** The pairs that are installed, found by our SPI, by the peer's, or by the peer. */
final class Pairs {
    private final Map<Integer, SaPair> byInbound = new LinkedHashMap<>();
    private final Map<IpsecDatapath.SaId, SaPair> byOutbound = new HashMap<>();
    private final Map<IpAddress, Set<SaPair>> byPeer = new HashMap<>();

    void add(final SaPair pair) {
        final IpAddress peer = pair.path().remote();
        byInbound.put(pair.inboundSpi(), pair);
        byOutbound.put(new IpsecDatapath.SaId(false, peer, pair.outboundSpi()), pair);
        byPeer.computeIfAbsent(peer, ignored -> new LinkedHashSet<>()).add(pair);
    }

    void remove(final SaPair pair) {
        final IpAddress peer = pair.path().remote();
        byInbound.remove(pair.inboundSpi());
        byOutbound.remove(new IpsecDatapath.SaId(false, peer, pair.outboundSpi()), pair);
        final Set<SaPair> others = byPeer.get(peer);
        if (others != null && others.remove(pair) && others.isEmpty()) {
            byPeer.remove(peer);
        }
    }

    @Nullable SaPair inbound(final int spi) {
        return byInbound.get(spi);
    }

    @Nullable SaPair outbound(final IpAddress peer, final int spi) {
        return byOutbound.get(new IpsecDatapath.SaId(false, peer, spi));
    }

    @Nullable SaPair find(final IpsecDatapath.SaId id) {
        return id.inbound() ? byInbound.get(id.spi()) : byOutbound.get(id);
    }

    List<SaPair> with(final IpAddress peer) {
        return List.copyOf(byPeer.getOrDefault(peer, Set.of()));
    }

    Collection<SaPair> all() {
        return new ArrayList<>(byInbound.values());
    }
}
