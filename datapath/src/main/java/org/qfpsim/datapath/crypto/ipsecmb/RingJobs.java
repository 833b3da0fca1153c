package org.qfpsim.datapath.crypto.ipsecmb;

import org.qfpsim.datapath.crypto.memory.RawMemory;

/** Jobs in the manager's own ring, the interface that every version has: used before 1.3. */
final class RingJobs extends MultiBufferJobs {
    private static final int COMPLETED = 3;

    private final long manager;
    private int submitted;
    private int completed;

    RingJobs(final long manager) {
        this.manager = manager;
    }

    @Override
    long next(final Kind kind) {
        return IpsecMbFunctions.nextJob(manager);
    }

    @Override
    void submit() {
        submitted++;
        count(IpsecMbFunctions.submitJob(manager));
    }

    @Override
    boolean complete() {
        for (long job = IpsecMbFunctions.flushJob(manager); job != 0; job = IpsecMbFunctions.flushJob(manager)) {
            count(job);
        }
        final boolean all = completed == submitted;
        completed = 0;
        submitted = 0;
        return all;
    }

    private void count(final long job) {
        if (job != 0 && RawMemory.getInt(job + STATUS) == COMPLETED) {
            completed++;
        }
    }
}
