package org.qfpsim.datapath.counters;

import com.lmax.disruptor.Sequence;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A reader beside dispatcher and gather: packets in flight are never negative. The counters only grow and are shared by all states. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "in flight is not negative")
@Outcome(expect = Expect.FORBIDDEN, desc = "an outcome was seen before its packet")
@State
public class CounterStress {
    private static final CounterStore STORE = CounterStore.inMemory(1);
    private static final CounterReader READER = STORE.reader();
    private static final CounterBlock DISPATCHER = STORE.dispatcher();
    private static final CounterBlock ENGINE = STORE.ppe(0);

    private final Sequence arrivals = new Sequence();

    /** Dispatcher, and gather once it has seen the arrival: one actor, so that two processors suffice. */
    @Actor
    public void writer() {
        DISPATCHER.add(Total.RECEIVED, 2);
        DISPATCHER.publish();
        arrivals.set(1);
        ENGINE.add(Total.FORWARDED, 1);
        ENGINE.dropGlobal(11, 1, 60);
        ENGINE.publish();
    }

    @Actor
    public void reader(final I_Result result) {
        result.r1 = READER.inFlight() >= 0 ? 1 : -1;
    }
}
