package org.qfpsim.sim.throughput.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.sa.InstalledSa;

/**
 * Installs SAs that no packet uses, and takes them away again.
 *
 * @param pipeline the router.
 * @param traffic  what SAs are like.
 * @param sas      how many.
 * @param after    seconds from the start.
 */
record Churn(Pipeline pipeline, TrafficSpec traffic, int sas, double after) implements Runnable {
    /** Behind the SPIs of peers. */
    private static final int FIRST = Peers.MOST + 1;
    private static final double NANOS = 1e9;

    @Override
    public void run() {
        LockSupport.parkNanos((long) (after * NANOS));
        final List<InstalledSa> installed = new ArrayList<>();
        for (int i = 0; i < sas; i++) {
            installed.add(pipeline.installInbound(Peers.sa(traffic, FIRST + i)));
        }
        installed.forEach(pipeline.installer()::retire);
    }
}
