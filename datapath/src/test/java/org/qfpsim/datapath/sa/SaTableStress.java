package org.qfpsim.datapath.sa;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A table grows and takes a new SA in under its readers: what was there is found, what is new is found whole or not at all. */
@JCStressTest
@Outcome(id = {"1, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "the old SA; the new one or nothing")
@Outcome(expect = Expect.FORBIDDEN, desc = "an SA was lost, or found with another's record")
@State
public class SaTableStress {
    /** As many as the first generation holds. */
    private static final int FULL = 32;

    private final SaTable table = new SaTable();

    public SaTableStress() {
        for (int spi = 1; spi <= FULL; spi++) {
            table.put(SaTable.key(spi, 0), spi);
        }
    }

    @Actor
    public void writer() {
        for (int spi = FULL + 1; spi <= FULL + 4; spi++) {
            table.put(SaTable.key(spi, 0), spi);
        }
    }

    @Actor
    public void reader(final II_Result result) {
        int found = 1;
        for (int spi = 1; spi <= FULL; spi += 5) {
            found = table.find(SaTable.key(spi, 0)) == spi ? found : -1;
        }
        result.r1 = found;
        final long added = table.find(SaTable.key(FULL + 1, 0));
        result.r2 = added == 0 ? 0 : added == FULL + 1 ? 1 : -1;
    }
}
