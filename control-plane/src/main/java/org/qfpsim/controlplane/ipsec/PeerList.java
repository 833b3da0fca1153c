package org.qfpsim.controlplane.ipsec;

import java.util.List;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Whom a flow may be with, in the order in which they are tried.
 *
 * @param peers     none for a template.
 * @param preferred whether each new connection begins with the first one ({@code set peer ... default}); otherwise with the one behind the
 *                  one that was there last.
 */
public record PeerList(List<IpAddress> peers, boolean preferred) {
    /** Nobody yet. */
    public static final PeerList NONE = new PeerList(List.of(), false);

    /** Copies the list. */
    public PeerList {
        peers = List.copyOf(peers);
    }

    /** Whether somebody is one of them. */
    boolean has(final IpAddress peer) {
        return peers.contains(peer);
    }

    int size() {
        return peers.size();
    }

    /** The one behind another, round and round. */
    IpAddress after(final IpAddress peer) {
        return peers.get((peers.indexOf(peer) + 1) % peers.size());
    }

    /** Whom a new connection begins with when there has been no answer from another one. */
    IpAddress afterSilenceOf(final IpAddress peer) {
        return preferred && !peer.equals(peers.getFirst()) ? peers.getFirst() : after(peer);
    }
}
