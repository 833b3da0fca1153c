package org.qfpsim.sim.net;

/**
 * What a link does to frames. Probabilities are drawn for each frame and receiver.
 *
 * @param delayNanos     time that each frame takes, from {@link #MIN_DELAY_NANOS}.
 * @param jitterNanos    up to this much more, evenly spread; frames keep their order. 0 or more.
 * @param loss           probability that a frame is lost, 0 to 1.
 * @param duplicate      probability that a frame comes twice, 0 to 1.
 * @param reorder        probability that a frame is held back so that later ones overtake it, 0 to 1.
 * @param reorderByNanos how long it is held back, 0 or more.
 * @param corrupt        probability that one bit of a frame behind the Ethernet addresses is flipped, 0 to 1.
 * @param mtu            largest frame without its Ethernet header that passes, 68 to 65535 octets.
 * @param queue          most frames under way at a time, 1 to 1,000,000; more are lost.
 */
public record LinkSettings(long delayNanos, long jitterNanos, double loss, double duplicate, double reorder, long reorderByNanos,
                           double corrupt, int mtu, int queue) {
    /** A frame sent now arrives later: without that a step of the network's clock would have no end. */
    public static final long MIN_DELAY_NANOS = 1_000;
    /** A millisecond, 1,500 octets, no damage. */
    public static final LinkSettings DEFAULT = new LinkSettings(1_000_000, 0, 0, 0, 0, 0, 0, 1500, 10_000);
    private static final long MAX_NANOS = 3_600_000_000_000L;
    private static final int MIN_MTU = 68;
    private static final int MAX_MTU = 65_535;
    private static final int MAX_QUEUE = 1_000_000;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the setting that is out of range.
     */
    public LinkSettings {
        within("delay", delayNanos, MIN_DELAY_NANOS, MAX_NANOS);
        within("jitter", jitterNanos, 0, MAX_NANOS);
        within("reorder-by", reorderByNanos, 0, MAX_NANOS);
        within("mtu", mtu, MIN_MTU, MAX_MTU);
        within("queue", queue, 1, MAX_QUEUE);
        probability("loss", loss);
        probability("duplicate", duplicate);
        probability("reorder", reorder);
        probability("corrupt", corrupt);
    }

    private static void within(final String name, final long value, final long from, final long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " " + value + " is not within " + from + " to " + to);
        }
    }

    private static void probability(final String name, final double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " " + value + " is not within 0 to 1");
        }
    }

    /** The same with another delay, in nanoseconds. */
    public LinkSettings withDelay(final long nanos) {
        return new LinkSettings(nanos, jitterNanos, loss, duplicate, reorder, reorderByNanos, corrupt, mtu, queue);
    }

    /** The same with another jitter, in nanoseconds. */
    public LinkSettings withJitter(final long nanos) {
        return new LinkSettings(delayNanos, nanos, loss, duplicate, reorder, reorderByNanos, corrupt, mtu, queue);
    }

    /** The same with another probability of loss. */
    public LinkSettings withLoss(final double probability) {
        return new LinkSettings(delayNanos, jitterNanos, probability, duplicate, reorder, reorderByNanos, corrupt, mtu, queue);
    }

    /** The same with another probability of duplicates. */
    public LinkSettings withDuplicate(final double probability) {
        return new LinkSettings(delayNanos, jitterNanos, loss, probability, reorder, reorderByNanos, corrupt, mtu, queue);
    }

    /** The same with another probability of reordering, and how long such a frame is held back in nanoseconds. */
    public LinkSettings withReorder(final double probability, final long byNanos) {
        return new LinkSettings(delayNanos, jitterNanos, loss, duplicate, probability, byNanos, corrupt, mtu, queue);
    }

    /** The same with another probability of damage. */
    public LinkSettings withCorrupt(final double probability) {
        return new LinkSettings(delayNanos, jitterNanos, loss, duplicate, reorder, reorderByNanos, probability, mtu, queue);
    }

    /** The same with another MTU in octets. */
    public LinkSettings withMtu(final int octets) {
        return new LinkSettings(delayNanos, jitterNanos, loss, duplicate, reorder, reorderByNanos, corrupt, octets, queue);
    }

    /** The same with another number of frames under way. */
    public LinkSettings withQueue(final int frames) {
        return new LinkSettings(delayNanos, jitterNanos, loss, duplicate, reorder, reorderByNanos, corrupt, mtu, frames);
    }
}
