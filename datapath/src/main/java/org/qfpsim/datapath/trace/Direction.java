package org.qfpsim.datapath.trace;

/** Where packets are looked at. */
public enum Direction {
    /** As they come in by an interface. */
    INGRESS(true, false),
    /** As they leave through an interface. */
    EGRESS(false, true),
    /** Both. */
    BOTH(true, true);

    private final boolean in;
    private final boolean out;

    Direction(final boolean in, final boolean out) {
        this.in = in;
        this.out = out;
    }

    /** Whether packets that come in are looked at. */
    public boolean in() {
        return in;
    }

    /** Whether packets that leave are looked at. */
    public boolean out() {
        return out;
    }
}
