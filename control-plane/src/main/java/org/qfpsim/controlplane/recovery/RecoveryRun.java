package org.qfpsim.controlplane.recovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.IkeService;

/**
 * One recovery with one peer. What was measured with another implementation's IKEv1 (docs of the project: the peer "adopts" its old SAs
 * under the new IKE SA a moment after MM6) gives the times:
 * <ol>
 *   <li>without IKE SA, one is set up; IKEv1 without INITIAL_CONTACT, so that the peer keeps its dead SA until the DELETE names it, and
 *       applies to its end what it applies to any SA's end; IKEv2 with INITIAL_CONTACT and a new child, since it has no adoption;
 *   <li>{@link #SETTLE} later DELETE for each SPI that was seen, and again each {@link #REPEAT} while one still arrives, {@link #TRIES}
 *       times at most;
 *   <li>if the peer has not come with a new SA {@link #QUICK_MODE} after the first DELETE, this side asks for it.
 * </ol>
 */
final class RecoveryRun {
    static final long SETTLE = 200_000_000L;
    static final long REPEAT = 1_000_000_000L;
    static final long QUICK_MODE = 250_000_000L;
    static final int TRIES = 5;
    /** SPIs of one peer in a run: more than a router replaces at a time with one peer is a forger's work. */
    private static final int SPIS = 16;

    private final InvalidSpiRecovery recovery;
    private final IkeService service;
    private final InvalidSpiRecovery.Peer peer;
    private final @Nullable ChildPolicy policy;
    /** SPI, and whether it has arrived since the last DELETE. */
    private final Map<Integer, Boolean> arrived = new LinkedHashMap<>();
    private int deletes;
    private boolean waitsForIke;

    RecoveryRun(final InvalidSpiRecovery recovery, final IkeService service, final InvalidSpiRecovery.Peer peer,
                final @Nullable ChildPolicy policy, final int spi) {
        this.recovery = recovery;
        this.service = service;
        this.peer = peer;
        this.policy = policy;
        arrived.put(spi, true);
    }

    /** An SPI arrives; true if it is new to this run and has a place in it. */
    boolean seen(final int spi) {
        if (!arrived.containsKey(spi) && arrived.size() >= SPIS) {
            return false;
        }
        return arrived.put(spi, true) == null;
    }

    boolean waitsForIke() {
        return waitsForIke;
    }

    void withIkeSa() {
        delete();
    }

    void withoutIkeSa() {
        final boolean v2 = service.version() == 2;
        final boolean contact = v2 || recovery.settings().initialContact();
        waitsForIke = true;
        service.requestIkeSa(peer.local(), peer.peer(), contact, v2 ? policy : null, (established, reason) -> {
            waitsForIke = false;
            if (!established) {
                arrived.keySet().forEach(spi -> recovery.note(peer, spi, Decision.FAILED, reason));
                recovery.ended(peer, "IKE with the peer failed: " + reason);
            } else if (v2) {
                recovery.ended(peer, null);
            } else if (contact) {
                request("invalid SPI recovery with initial contact");
                recovery.ended(peer, null);
            } else {
                recovery.timers().after(SETTLE, () -> {
                    recovery.timers().after(QUICK_MODE, () -> request("invalid SPI recovery: the peer has not asked"));
                    delete();
                });
            }
        });
    }

    private void delete() {
        final List<Integer> spis = new ArrayList<>();
        arrived.forEach((spi, fresh) -> {
            if (fresh) {
                spis.add(spi);
            }
        });
        // One that is in use now was not when it was noted.
        spis.removeIf(recovery.manager()::isInUse);
        if (spis.isEmpty()) {
            recovery.ended(peer, null);
        } else if (deletes == TRIES) {
            recovery.ended(peer, "the peer goes on after " + TRIES + " DELETEs");
        } else if (!service.sendDelete(peer.local(), peer.peer(), spis, service.version() == 2)) {
            recovery.ended(peer, null);
        } else {
            deletes++;
            arrived.replaceAll((spi, fresh) -> false);
            recovery.timers().after(REPEAT, this::delete);
        }
    }

    private void request(final String reason) {
        if (policy != null && recovery.manager().needs(policy)) {
            recovery.manager().request(policy, reason);
        }
    }
}
