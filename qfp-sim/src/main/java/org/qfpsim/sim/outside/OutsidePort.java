package org.qfpsim.sim.outside;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * A way out of the simulator that carries Ethernet frames. {@link #receive} is called by a thread of its own, everything else by the
 * network's thread.
 */
interface OutsidePort extends AutoCloseable {
    /** Takes what was received. */
    @FunctionalInterface
    interface FrameSink {
        /**
         * A frame.
         *
         * @param buffer the octets, valid until this returns.
         * @param offset where the Ethernet header starts.
         * @param length octets without frame check sequence.
         */
        void frame(DirectBuffer buffer, int offset, int length);
    }

    /**
     * Where to put frames that answer a sent one. Called once, before anything else.
     *
     * @param sink may be called by any thread.
     */
    default void answers(final FrameSink sink) {
    }

    /**
     * Waits for frames, a tenth of a second at most, and hands on what has come.
     *
     * @param sink gets them in order.
     * @return how many.
     * @throws IOException if the interface is gone or down; the next call tries again.
     */
    int receive(FrameSink sink) throws IOException;

    /**
     * Sends a frame, or keeps it until {@link #flush}.
     *
     * @param frame  the octets; copied.
     * @param offset where the Ethernet header starts.
     * @param length octets.
     * @return false if the machine takes no more now.
     */
    boolean send(DirectBuffer frame, int offset, int length);

    /** Sends what is kept. */
    void flush();

    /** Frames that the operating system has received and thrown away because nobody took them. */
    long receiveDrops();

    /** Frames that the operating system did not take. */
    long sendDrops();

    @Override
    void close();
}
