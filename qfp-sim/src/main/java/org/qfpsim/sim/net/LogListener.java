package org.qfpsim.sim.net;

/** Gets every line that a node of a {@link VirtualNetwork} logs, in an order that is the same in every run. */
@FunctionalInterface
public interface LogListener {
    /**
     * A line was logged.
     *
     * @param node  by whom.
     * @param nanos when.
     * @param line  without a line feed.
     */
    void line(Node node, long nanos, String line);
}
