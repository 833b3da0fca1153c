package org.qfpsim.sim.router;

/** Who turns the agents of a datapath. */
public enum Mode {
    /** One thread turns all of them in a fixed order: the same input gives the same bytes. */
    INVOKER,
    /** A thread for each engine and one for gather; the source has the caller's. */
    DEDICATED
}
