package org.qfpsim.datapath.route;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.reassembly.Fragmenter;

/** Memory for one packet at one depth of wrapping: with room in front of it for the headers of the tunnels and links that follow. */
final class Scratch {
    /** Octets in front of a packet: more than all tunnels that may follow put there. */
    static final int HEADROOM = 320;

    private static final int ALIGNMENT = 64;

    private UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private @Nullable Fragmenter fragmenter;

    /**
     * Makes room; it only ever grows.
     *
     * @param length octets of the packet that is to be put at {@link #HEADROOM}.
     */
    UnsafeBuffer withRoom(final int length) {
        if (buffer.capacity() < HEADROOM + length) {
            final int size = Integer.highestOneBit(HEADROOM + length) << 1;
            buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(size, ALIGNMENT));
        }
        return buffer;
    }

    /** Cuts packets at this depth; made when it is first needed. */
    Fragmenter fragmenter() {
        Fragmenter now = fragmenter;
        if (now == null) {
            now = new Fragmenter();
            fragmenter = now;
        }
        return now;
    }
}
