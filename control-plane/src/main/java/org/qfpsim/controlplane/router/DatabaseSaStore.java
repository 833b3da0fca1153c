package org.qfpsim.controlplane.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ipsec.SaStore;
import org.qfpsim.controlplane.sadb.SaDatabase;
import org.qfpsim.controlplane.sadb.SaKey;
import org.qfpsim.controlplane.sadb.SaRecord;
import org.qfpsim.datapath.packet.IpAddress;

/** Keeps pairs in the SA database: two records each. Times in there are since 1970, the manager's since its clock began. */
public final class DatabaseSaStore implements SaStore {
    private static final long SECOND = 1_000_000_000L;
    private static final int NO_FLOW = -1;

    private final SaDatabase database;
    private final long epochNanos;
    private final Map<Integer, IpAddress> locals = new HashMap<>();

    /**
     * Makes it.
     *
     * @param database   open.
     * @param epochNanos nanoseconds since 1970 at the time that the router's clock calls 0.
     */
    public DatabaseSaStore(final SaDatabase database, final long epochNanos) {
        this.database = database;
        this.epochNanos = epochNanos;
    }

    @Override
    public void put(final StoredSa sa) {
        final ChildSa child = sa.child();
        final long created = epochNanos + sa.createdNanos();
        final long hard = child.seconds() == 0 ? Long.MAX_VALUE : created + child.seconds() * SECOND;
        final SaRecord.Life life = new SaRecord.Life(child.seconds(), child.kilobytes(), created, Long.MAX_VALUE, hard);
        locals.put(child.inboundSpi(), child.path().local());
        for (final SaRecord each : SaRecord.pair(child, IkeIdentity.of(child.path().remote()), life, sa.outboundUsed())) {
            database.put(each.withSequence(each.direction() == SaRecord.Direction.INBOUND ? sa.inboundSequence() : sa.outboundSequence()));
        }
    }

    @Override
    public void remove(final int inboundSpi) {
        final IpAddress local = locals.remove(inboundSpi);
        if (local != null) {
            database.remove(new SaKey(local, inboundSpi, SaRecord.Direction.INBOUND));
            database.remove(new SaKey(local, inboundSpi, SaRecord.Direction.OUTBOUND));
        }
    }

    @Override
    public List<StoredSa> all() {
        final List<SaRecord> inbound = new ArrayList<>();
        final Map<SaKey, SaRecord> outbound = new HashMap<>();
        database.forEach(sa -> {
            if (sa.direction() == SaRecord.Direction.INBOUND) {
                inbound.add(sa);
            } else {
                outbound.put(sa.key(), sa);
            }
        });
        final List<StoredSa> all = new ArrayList<>();
        for (final SaRecord in : inbound) {
            final SaRecord out = outbound.get(new SaKey(in.path().local(), in.inboundSpi(), SaRecord.Direction.OUTBOUND));
            // A crash between the two records of a pair leaves one: half a pair is none.
            if (out != null && in.status().state().alive() && in.origin().ikeVersion() != 0) {
                locals.put(in.inboundSpi(), in.path().local());
                all.add(pair(in, out));
            }
        }
        return all;
    }

    private StoredSa pair(final SaRecord in, final SaRecord out) {
        final ChildPolicy policy = new ChildPolicy(NO_FLOW, in.policy(), in.path().local(), in.path().remote(), in.selector(), in.mode(),
            List.of(in.suite()), in.esn(), 0, in.life().seconds(), in.life().kilobytes(), in.replayWindow(), in.origin().ikeVersion());
        final ChildSa child = new ChildSa(policy, in.path(), in.udp(), in.inboundSpi(), in.outboundSpi(), in.suite(), in.mode(), in.esn(),
            in.keys(), out.keys(), in.selector(), in.life().seconds(), in.life().kilobytes(), in.origin().initiator(),
            in.origin().replaces());
        return new StoredSa(child, in.life().createdNanos() - epochNanos, in.sequence(), out.sequence(),
            out.status().state() == SaRecord.State.ACTIVE, database.openings() - out.opening());
    }
}
