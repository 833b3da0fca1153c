package org.qfpsim.datapath.trace;

/** What the time that a traced packet or a sampled batch takes is measured with. */
@FunctionalInterface
public interface TraceClock {
    /** Nanoseconds since some moment; only differences mean something. */
    long nanos();
}
