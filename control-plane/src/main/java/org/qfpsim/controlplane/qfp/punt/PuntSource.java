package org.qfpsim.controlplane.qfp.punt;

import org.qfpsim.datapath.drop.InjectCause;
import org.qfpsim.datapath.drop.PuntCause;

/** What the way from and to the control plane has counted, since the start or the last clearing. */
public interface PuntSource {
    /**
     * Packets that a punt cause received.
     *
     * @param cause the cause.
     * @return packets.
     */
    long received(PuntCause cause);

    /**
     * Packets that a punt cause handed to the control plane.
     *
     * @param cause the cause.
     * @return packets.
     */
    long transmitted(PuntCause cause);

    /**
     * Packets of the control plane's that an inject cause brought.
     *
     * @param cause the cause.
     * @return packets.
     */
    long received(InjectCause cause);

    /**
     * Packets of an inject cause that were not lost.
     *
     * @param cause the cause.
     * @return packets.
     */
    long transmitted(InjectCause cause);

    /**
     * A queue's policer of a punt cause.
     *
     * @param cause the cause.
     * @param high  its high priority queue, otherwise the normal one.
     * @return what it is set to, and what it has counted.
     */
    Policer policer(PuntCause cause, boolean high);

    /**
     * A policer.
     *
     * @param rate    packets a second; 0: not policed.
     * @param burst   packets that may come at once after a pause.
     * @param conform packets that were within the rate.
     * @param dropped packets that were not.
     */
    record Policer(long rate, long burst, long conform, long dropped) {
    }
}
