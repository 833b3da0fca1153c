package org.qfpsim.controlplane.ike.v1;

import org.qfpsim.controlplane.ike.IkePath;

/** An exchange under an ISAKMP SA that has more than one message. */
interface Exchange {
    /**
     * A message of it came.
     *
     * @param message of this exchange's message id.
     * @param path    as seen from here.
     * @throws MalformedException if it is not what it should be; nothing has changed then.
     */
    void receive(IsakmpMessage message, IkePath path) throws MalformedException;

    /** Whether it is over: it only waits for duplicates. */
    boolean done();

    /**
     * The SA above it is gone.
     *
     * @param reason in words.
     */
    void abort(String reason);
}
