package org.qfpsim.sim.capture;

/** How a capture file is laid out. */
sealed interface CaptureFormat permits PcapFormat, PcapngFormat {
    /**
     * Reads up to the next frame.
     *
     * @param frame is filled.
     * @return false at the end of the file.
     * @throws CaptureException if the file is damaged.
     */
    boolean next(Frame frame);
}
