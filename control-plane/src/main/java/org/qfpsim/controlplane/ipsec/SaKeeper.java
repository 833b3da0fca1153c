package org.qfpsim.controlplane.ipsec;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.time.Timers;

/**
 * Keeps pairs in a store. Only if they are restored one day their sequence numbers matter: they are written now and then, and a restored
 * outbound SA goes on far behind the last one written, because with AES-GCM a number used twice gives the key away (RFC 4106 section 2).
 * It goes on further still for each start of the router since then, so nothing has to be written before the first packet leaves.
 */
final class SaKeeper {
    private static final long CHECKPOINT = 10_000_000_000L;
    /** More packets than can leave between two checkpoints. */
    private static final long SAFE = 1L << 28;

    private final Timers timers;
    private final SaStore store;
    private final Supplier<IpsecSettings> settings;
    private boolean restoring;

    SaKeeper(final Timers timers, final SaStore store, final Supplier<IpsecSettings> settings) {
        this.timers = timers;
        this.store = store;
        this.settings = settings;
    }

    void put(final SaPair pair) {
        if (!restoring && pair.flow().spec().manual() == null) {
            store.put(new SaStore.StoredSa(asItIs(pair), pair.createdNanos(), pair.inboundUse().sequence(), pair.outboundUse().sequence(),
                pair.hasOutbound(), 0));
        }
    }

    /** With the peer's address of today. */
    private static ChildSa asItIs(final SaPair pair) {
        final ChildSa child = pair.child();
        return new ChildSa(child.policy(), pair.path(), child.udp(), child.inboundSpi(), child.outboundSpi(), child.suite(), child.mode(),
            child.esn(), child.inboundKeys(), child.outboundKeys(), child.selector(), child.seconds(), child.kilobytes(),
            child.initiator(), child.replaces());
    }

    void forget(final int inboundSpi) {
        store.remove(inboundSpi);
    }

    /** Pairs to restore: those whose life is not over and whose numbers are not used up; the others are forgotten. */
    List<SaStore.StoredSa> kept() {
        final Map<Boolean, List<SaStore.StoredSa>> all = store.all().stream().collect(Collectors.partitioningBy(this::alive));
        all.getOrDefault(false, List.of()).forEach(sa -> store.remove(sa.child().inboundSpi()));
        return all.getOrDefault(true, List.of());
    }

    private boolean alive(final SaStore.StoredSa sa) {
        return settings.get().restores() && SaLife.hardNanos(sa.child(), sa.createdNanos()) > timers.nanos()
            && (sa.child().esn() || safeSequence(sa) < 0xffff_ffffL);
    }

    /** While the action restores pairs, what is kept of them stays as it is. */
    void restoring(final Runnable action) {
        restoring = true;
        try {
            action.run();
        } finally {
            restoring = false;
        }
    }

    static long safeSequence(final SaStore.StoredSa sa) {
        return sa.outboundSequence() + SAFE * sa.restarts();
    }

    void checkpoints(final Supplier<Collection<SaPair>> pairs) {
        timers.after(CHECKPOINT, () -> {
            if (settings.get().restores()) {
                pairs.get().forEach(this::put);
            }
            checkpoints(pairs);
        });
    }
}
