package org.qfpsim.controlplane.qfp.punt;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.InjectCause;
import org.qfpsim.datapath.drop.PuntCause;

/** Counts of causes since they were last cleared: a baseline, as counters have one writer. Policers count from the start. */
final class ClearedPunts implements PuntSource {
    private final PuntSource counters;
    private final Map<PuntCause, long[]> punts = new EnumMap<>(PuntCause.class);
    private final Map<InjectCause, long[]> injections = new EnumMap<>(InjectCause.class);

    ClearedPunts(final PuntSource counters) {
        this.counters = counters;
    }

    void clear() {
        for (final PuntCause cause : PuntCause.values()) {
            punts.put(cause, new long[] {counters.received(cause), counters.transmitted(cause)});
        }
        for (final InjectCause cause : InjectCause.values()) {
            injections.put(cause, new long[] {counters.received(cause), counters.transmitted(cause)});
        }
    }

    private static long base(final long @Nullable [] row, final int column) {
        return row == null ? 0 : row[column];
    }

    @Override
    public long received(final PuntCause cause) {
        return counters.received(cause) - base(punts.get(cause), 0);
    }

    @Override
    public long transmitted(final PuntCause cause) {
        return counters.transmitted(cause) - base(punts.get(cause), 1);
    }

    @Override
    public long received(final InjectCause cause) {
        return counters.received(cause) - base(injections.get(cause), 0);
    }

    @Override
    public long transmitted(final InjectCause cause) {
        return counters.transmitted(cause) - base(injections.get(cause), 1);
    }

    @Override
    public Policer policer(final PuntCause cause, final boolean high) {
        return counters.policer(cause, high);
    }
}
