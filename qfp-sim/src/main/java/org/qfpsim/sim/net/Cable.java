package org.qfpsim.sim.net;

import org.agrona.DirectBuffer;
import org.qfpsim.datapath.pipeline.FrameVector;

/**
 * A real interface in the place of a link: its frames go straight into a node and out of it, many at a time, and are no events of the
 * network. The thread that the node works on calls everything.
 */
public interface Cable {
    /** Takes what has come. */
    @FunctionalInterface
    interface Taker {
        /**
         * Frames in the order of their arrival.
         *
         * @param frames valid until this returns.
         * @param count  how many of the vector's.
         */
        void take(FrameVector frames, int count);
    }

    /**
     * Hands on some of what has come, without waiting.
     *
     * @param nanos the time that frames get.
     * @param taker gets them.
     * @return how many; 0: nothing has come.
     */
    int receive(long nanos, Taker taker);

    /** Asks for a turn of the node when something comes, or has come; once. */
    void wakeOnFrame();

    /**
     * Sends a frame at the next {@link #flush} at the latest.
     *
     * @param frame  the octets; copied.
     * @param offset where the Ethernet header starts.
     * @param length octets without frame check sequence.
     * @return false if the machine takes no more.
     */
    boolean send(DirectBuffer frame, int offset, int length);

    /** Sends what waits. */
    void flush();

    /** Frames that the machine has received, and lost because nobody took them. */
    long receiveDrops();

    /** Frames that the machine has taken and not sent. */
    long sendDrops();
}
