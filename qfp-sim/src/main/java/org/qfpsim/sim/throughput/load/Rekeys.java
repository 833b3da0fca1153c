package org.qfpsim.sim.throughput.load;

import java.util.concurrent.locks.LockSupport;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.sa.InstalledSa;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * Peers move to new SAs one after the other, as IKE makes them: make before break. The plan is fixed before the trial, by frames:
 *
 * <pre>
 *   frame   at - lead                  at                          at + lead
 *           router: new SA installed   peer: frames of the new SA  router: old SA deleted
 * </pre>
 * The peers' side is the {@link FrameMaker}'s, on the generator's thread; {@link #run} is the router's side, on the control thread. What
 * arrives when there is no SA for it is lost, and counted as an unknown SPI.
 */
final class Rekeys implements Runnable {
    private static final long NAP_NANOS = 50_000;

    private final Pipeline pipeline;
    private final TrafficSpec traffic;
    private final InstalledSa[] current;
    private final InstalledSa[] replaced;
    private final int generation;
    private final double interval;
    private final long lead;
    /** Frames sent so far. */
    private volatile long sent;
    /** Rekeys that the peers have made, when no more frames come; -1 before. */
    private volatile int made = -1;
    private int installed;
    private int deleted;

    /**
     * Makes the plan.
     *
     * @param pipeline   the router.
     * @param traffic    what SAs are like.
     * @param current    the SA of each peer; kept up to date.
     * @param generation rekeys before this trial.
     * @param trial      says how many a second.
     */
    Rekeys(final Pipeline pipeline, final TrafficSpec traffic, final InstalledSa[] current, final int generation, final TrialSpec trial) {
        this.pipeline = pipeline;
        this.traffic = traffic;
        this.current = current;
        this.generation = generation;
        interval = trial.load() / trial.rekeys();
        lead = (long) (trial.load() * Math.min(TrialSpec.REKEY_LEAD, trial.seconds() / 4));
        replaced = new InstalledSa[(int) Math.max(0, Math.ceil((trial.packets() - Math.max(interval, lead)) / interval))];
    }

    /** The frame from which on a peer uses its new SA. */
    private long at(final int rekey) {
        return (long) (Math.max(interval, lead) + rekey * interval);
    }

    /** Who moves. */
    int peer(final int rekey) {
        return (generation + rekey) % current.length;
    }

    /** Whether the peers' next rekey is due before a frame is made. */
    boolean isDue(final int rekey, final long frame) {
        return rekey < replaced.length && frame >= at(rekey);
    }

    /** The SA that a rekey makes. */
    SaSpec sa(final int rekey) {
        return Peers.rekeyed(traffic, peer(rekey), generation + rekey);
    }

    /** Tells how many frames were sent. Generator's thread. */
    void sent(final long frames) {
        sent = frames;
    }

    /** Tells that no more frames come. Generator's thread. */
    void over(final int rekeys) {
        made = rekeys;
    }

    @Override
    public void run() {
        while (made < 0) {
            if (!step(sent)) {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
        settle(made);
    }

    /** Does what is due when so many frames were sent; whether anything was. */
    boolean step(final long frames) {
        if (installed < replaced.length && frames >= at(installed) - lead) {
            install();
            return true;
        }
        if (deleted < installed && frames >= at(deleted) + lead) {
            delete();
            return true;
        }
        return false;
    }

    /** Leaves the router with the SAs that the peers have after so many rekeys. */
    void settle(final int rekeys) {
        while (installed < rekeys) {
            install();
        }
        while (installed > rekeys) {
            // The trial was stopped: no peer will use these.
            installed--;
            final int peer = peer(installed);
            pipeline.installer().retire(current[peer]);
            current[peer] = replaced[installed];
        }
        while (deleted < installed) {
            delete();
        }
    }

    private void install() {
        final int peer = peer(installed);
        replaced[installed] = current[peer];
        current[peer] = pipeline.installInbound(sa(installed));
        installed++;
    }

    private void delete() {
        pipeline.installer().retire(replaced[deleted]);
        deleted++;
    }
}
