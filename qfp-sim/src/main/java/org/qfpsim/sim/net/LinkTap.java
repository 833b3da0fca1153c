package org.qfpsim.sim.net;

import org.jspecify.annotations.Nullable;

/** Sees what passes on links. Called by the network's thread; must leave the frames as they are. */
public interface LinkTap {
    /**
     * A frame was put on a link.
     *
     * @param link  which one.
     * @param from  the port of the sender.
     * @param nanos the time.
     * @param frame its octets as they were sent.
     * @param lost  why nobody will get it, as far as that is known now; null if somebody may.
     */
    default void sent(final Link link, final int from, final long nanos, final byte[] frame, final @Nullable LossCause lost) {
    }

    /**
     * A frame arrives.
     *
     * @param link  which one.
     * @param to    the port of the receiver.
     * @param nanos the time.
     * @param frame its octets as they arrive, perhaps damaged.
     */
    default void delivered(final Link link, final int to, final long nanos, final byte[] frame) {
    }
}
