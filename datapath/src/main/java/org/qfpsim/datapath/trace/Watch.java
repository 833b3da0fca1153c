package org.qfpsim.datapath.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is watched from one position in the order of arrival on: a trace, captures, or both. Made by the control thread, used by engines and
 * gather; immutable but for what is written into its buffers.
 */
public final class Watch {
    private final @Nullable TraceBuffer trace;
    private final CaptureBuffer[] captures;
    private final InputNotes notes;

    /**
     * Makes a watch.
     *
     * @param trace    where traced packets go, or null.
     * @param captures where captured packets go.
     * @param inFlight most packets in flight, a power of two.
     * @param clock    measures the steps of traced packets.
     * @throws IllegalArgumentException if the copies of frames in flight would take more than {@link TraceSpec#MAX_MEMORY}.
     */
    public Watch(final @Nullable TraceBuffer trace, final List<CaptureBuffer> captures, final int inFlight, final TraceClock clock) {
        this.trace = trace;
        this.captures = captures.toArray(CaptureBuffer[]::new);
        int copy = trace != null && trace.spec().copyInput() ? trace.spec().copyBytes() + TraceStage.LONGEST_HEADERS : 0;
        for (final CaptureBuffer capture : captures) {
            copy = Math.max(copy, capture.spec().in() ? capture.spec().packetBytes() : 0);
        }
        if (InputNotes.memory(inFlight, copy) > TraceSpec.MAX_MEMORY) {
            throw new IllegalArgumentException("copies of " + copy + " octets of each of " + inFlight + " packets in flight are more than "
                + TraceSpec.MAX_MEMORY + " octets");
        }
        notes = new InputNotes(inFlight, copy, clock);
    }

    /** What engines leave for gather. */
    public InputNotes notes() {
        return notes;
    }

    /** Whether engines take the time of each step. */
    public boolean traces() {
        return trace != null;
    }

    @Nullable TraceBuffer trace() {
        return trace;
    }

    CaptureBuffer[] captures() {
        return captures;
    }
}
