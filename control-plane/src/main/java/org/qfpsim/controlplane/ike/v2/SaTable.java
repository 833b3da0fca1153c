package org.qfpsim.controlplane.ike.v2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.datapath.packet.IpAddress;

/** The IKE SAs: by our SPI, by peer, and, while a peer may repeat its first request, by that. */
final class SaTable {
    private record Peer(IpAddress local, IpAddress remote) {
        static Peer of(final IkePath path) {
            return new Peer(path.local(), path.remote());
        }
    }

    private record First(IpAddress remote, int port, long initiatorSpi) {
    }

    private final Map<Long, IkeSa> bySpi = new LinkedHashMap<>();
    private final Map<Peer, List<IkeSa>> byPeer = new HashMap<>();
    private final Map<First, IkeSa> byFirst = new HashMap<>();
    private int connecting;
    private int halfOpen;

    void add(final IkeSa sa) {
        bySpi.put(sa.localSpi, sa);
        byPeer.computeIfAbsent(Peer.of(sa.path), peer -> new ArrayList<>()).add(sa);
        if (sa.state == IkeSa.State.HALF_OPEN) {
            halfOpen++;
            sa.firstPath = sa.path;
            byFirst.put(first(sa.path, sa.remoteSpi), sa);
        } else if (sa.state == IkeSa.State.CONNECTING) {
            connecting++;
        }
    }

    /** Changes the state; the only way in and out of negotiation. */
    void to(final IkeSa sa, final IkeSa.State state) {
        if (sa.state == IkeSa.State.HALF_OPEN && state != sa.state) {
            halfOpen--;
        } else if (sa.state == IkeSa.State.CONNECTING && state != sa.state) {
            connecting--;
        }
        sa.state = state;
    }

    private static First first(final IkePath path, final long initiatorSpi) {
        return new First(path.remote(), path.remotePort(), initiatorSpi);
    }

    /** The IKE SA of a first request that has come before, octet for octet (RFC 7296 section 2.1). */
    @Nullable IkeSa repeated(final IkePath path, final long initiatorSpi, final byte[] message) {
        final IkeSa sa = byFirst.get(first(path, initiatorSpi));
        return sa != null && Arrays.equals(sa.firstRequest, message) ? sa : null;
    }

    @Nullable IkeSa bySpi(final long localSpi) {
        return bySpi.get(localSpi);
    }

    /** The newest IKE SA with a peer in a state, or null. */
    @Nullable IkeSa newest(final IpAddress local, final IpAddress remote, final Predicate<IkeSa> wanted) {
        return with(local, remote).stream().filter(wanted).reduce((older, newer) -> newer).orElse(null);
    }

    List<IkeSa> with(final IpAddress local, final IpAddress remote) {
        return List.copyOf(byPeer.getOrDefault(new Peer(local, remote), List.of()));
    }

    void move(final IkeSa sa, final IkePath path) {
        leavePeer(sa);
        sa.path = path;
        byPeer.computeIfAbsent(Peer.of(path), peer -> new ArrayList<>()).add(sa);
    }

    private void leavePeer(final IkeSa sa) {
        final Peer peer = Peer.of(sa.path);
        final List<IkeSa> rest = byPeer.get(peer);
        if (rest != null) {
            rest.remove(sa);
            if (rest.isEmpty()) {
                byPeer.remove(peer);
            }
        }
    }

    /** Takes it away from everything but its SPI, under which its last response can be asked for again. */
    void retire(final IkeSa sa) {
        leavePeer(sa);
        forgetFirst(sa);
    }

    /** The peer has gone beyond its first request, or never will. */
    void forgetFirst(final IkeSa sa) {
        if (sa.firstPath != null) {
            byFirst.remove(first(sa.firstPath, sa.remoteSpi), sa);
        }
    }

    /** Takes it away altogether. */
    void remove(final IkeSa sa) {
        retire(sa);
        bySpi.remove(sa.localSpi, sa);
    }

    int inNegotiation() {
        return connecting + halfOpen;
    }

    /** Whether there are as many SAs as there may be; a limit of 0 is none. */
    boolean isFull(final int limit) {
        return limit > 0 && bySpi.size() >= limit;
    }

    int halfOpen() {
        return halfOpen;
    }

    Collection<IkeSa> all() {
        return List.copyOf(bySpi.values());
    }
}
