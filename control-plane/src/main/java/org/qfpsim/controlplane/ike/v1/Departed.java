package org.qfpsim.controlplane.ike.v1;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.qfpsim.controlplane.ike.IkeService.IkeSaInfo;
import org.qfpsim.controlplane.time.Timers;

/** ISAKMP SAs that were up and are gone: the platform goes on showing them for a minute as {@code MM_NO_STATE ... ACTIVE (deleted)}. */
final class Departed {
    /** From memory of the platform. */
    static final long SHOWN_NANOS = 60_000_000_000L;
    private static final int ROOM = 256;

    private final Timers timers;
    private final Deque<Gone> gone = new ArrayDeque<>();

    private record Gone(IkeSaInfo sa, long nanos) {
    }

    Departed(final Timers timers) {
        this.timers = timers;
    }

    void add(final IkeSaInfo sa) {
        gone.addLast(new Gone(new IkeSaInfo(sa.id(), sa.path(), sa.initiator(), IsakmpSa.State.MM_NO_STATE.name(), sa.spis(), sa.cipher(),
            sa.hash(), sa.group(), sa.identity(), sa.nat(), sa.createdNanos(), sa.seconds()), timers.nanos()));
        if (gone.size() > ROOM) {
            gone.removeFirst();
        }
    }

    /** One that a crash would have taken leaves nothing that could be shown. */
    void forget(final int id) {
        gone.removeIf(each -> each.sa().id() == id);
    }

    List<IkeSaInfo> list() {
        while (!gone.isEmpty() && timers.nanos() - gone.getFirst().nanos() >= SHOWN_NANOS) {
            gone.removeFirst();
        }
        return gone.stream().map(Gone::sa).toList();
    }
}
