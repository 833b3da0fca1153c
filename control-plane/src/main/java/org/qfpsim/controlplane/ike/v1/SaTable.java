package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/** The ISAKMP SAs of a router, found by cookies and by peer. */
final class SaTable {
    /** Connection ids begin here on the platform. */
    private static final int FIRST_ID = 1001;

    private record Cookies(long initiator, long responder) {
    }

    private final Map<Cookies, IsakmpSa> byCookies = new HashMap<>();
    private final Map<Long, IsakmpSa> unanswered = new HashMap<>();
    private final Map<Long, IsakmpSa> byFirstMessage = new HashMap<>();
    private final Map<IpAddress, List<IsakmpSa>> byPeer = new HashMap<>();
    private final Set<IsakmpSa> all = new LinkedHashSet<>();
    private final Set<IpAddress> met = new HashSet<>();
    private final int[] negotiating = new int[2];
    private int nextId = FIRST_ID;

    /** A new SA. */
    void add(final IsakmpSa sa) {
        all.add(sa);
        byPeer.computeIfAbsent(sa.path().remote(), peer -> new ArrayList<>()).add(sa);
        negotiating[sa.initiator() ? 1 : 0]++;
        if (sa.cookieR() == 0) {
            unanswered.put(sa.cookieI(), sa);
        } else {
            byCookies.put(new Cookies(sa.cookieI(), sa.cookieR()), sa);
            byFirstMessage.putIfAbsent(sa.cookieI(), sa);
        }
    }

    /** The responder has answered: its cookie is known. */
    void bind(final IsakmpSa sa) {
        unanswered.remove(sa.cookieI());
        byCookies.put(new Cookies(sa.cookieI(), sa.cookieR()), sa);
    }

    /** It is no longer in negotiation. */
    void settled(final IsakmpSa sa) {
        negotiating[sa.initiator() ? 1 : 0]--;
    }

    /** It is gone. */
    void remove(final IsakmpSa sa) {
        if (all.remove(sa)) {
            unanswered.remove(sa.cookieI(), sa);
            byCookies.remove(new Cookies(sa.cookieI(), sa.cookieR()), sa);
            byFirstMessage.remove(sa.cookieI(), sa);
            unlink(sa, sa.path().remote());
        }
    }

    /** The peer's packets come from another address now. */
    void moved(final IsakmpSa sa, final IpAddress before) {
        unlink(sa, before);
        byPeer.computeIfAbsent(sa.path().remote(), peer -> new ArrayList<>()).add(sa);
    }

    private void unlink(final IsakmpSa sa, final IpAddress peer) {
        final List<IsakmpSa> sas = byPeer.get(peer);
        if (sas != null && sas.remove(sa) && sas.isEmpty()) {
            byPeer.remove(peer);
        }
    }

    /** The SA of a message's cookies; also an initiator's that has had no answer yet. */
    @Nullable IsakmpSa find(final long cookieI, final long cookieR) {
        final IsakmpSa sa = byCookies.get(new Cookies(cookieI, cookieR));
        return sa == null ? unanswered.get(cookieI) : sa;
    }

    /** The SA that a first message has begun. */
    @Nullable IsakmpSa begun(final long cookieI, final IpAddress from) {
        final IsakmpSa sa = byFirstMessage.get(cookieI);
        return sa != null && sa.path().remote().equals(from) ? sa : null;
    }

    /** The newest SA with a peer over which Quick Mode and Informational messages can go; null if there is none. */
    @Nullable IsakmpSa usable(final IpAddress local, final IpAddress peer) {
        IsakmpSa newest = null;
        for (final IsakmpSa sa : byPeer.getOrDefault(peer, List.of())) {
            if (sa.usable() && sa.path().local().equals(local)) {
                newest = sa;
            }
        }
        return newest;
    }

    /** An SA with a peer that we have begun and that is not up yet; null if there is none. */
    @Nullable IsakmpSa beginning(final IpAddress local, final IpAddress peer) {
        for (final IsakmpSa sa : byPeer.getOrDefault(peer, List.of())) {
            if (!sa.usable() && sa.initiator() && sa.path().local().equals(local)) {
                return sa;
            }
        }
        return null;
    }

    /** The SAs with a peer, or all; a copy. */
    List<IsakmpSa> with(final @Nullable IpAddress peer) {
        return peer == null ? new ArrayList<>(all) : new ArrayList<>(byPeer.getOrDefault(peer, List.of()));
    }

    /** How many SAs of one side's making are in negotiation. */
    int negotiating(final boolean initiator) {
        return negotiating[initiator ? 1 : 0];
    }

    /** Whether there are as many SAs as there may be; a limit of 0 is none. */
    boolean isFull(final int limit) {
        return limit > 0 && all.size() >= limit;
    }

    /** The next connection id. */
    int nextId() {
        return nextId++;
    }

    /** Whether there has been an SA with a peer since the router started, or since the peer was found dead. */
    boolean hasMet(final IpAddress peer) {
        return met.contains(peer);
    }

    /** Remembers or forgets a peer. */
    void meet(final IpAddress peer, final boolean known) {
        if (known) {
            met.add(peer);
        } else {
            met.remove(peer);
        }
    }
}
