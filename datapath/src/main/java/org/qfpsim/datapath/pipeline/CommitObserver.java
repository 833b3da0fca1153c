package org.qfpsim.datapath.pipeline;

import org.agrona.concurrent.UnsafeBuffer;

/** Sees what became of every packet, in the order of arrival but for fragments. Called by gather; for tests, replays and traces. */
public interface CommitObserver {
    /** Sees nothing and costs nothing. */
    CommitObserver NONE = new CommitObserver() {
        @Override
        public void committed(final UnsafeBuffer ring, final int slot, final int verdict) {
        }

        @Override
        public void held(final UnsafeBuffer ring, final int slot) {
        }

        @Override
        public void released(final long arrival, final int verdict, final long completing) {
        }
    };

    /**
     * A packet's verdict is final, and its notes are whole. A forwarded one is whole at its payload offset and not yet rewritten.
     *
     * @param ring    the packet memory.
     * @param slot    the packet, see {@code Slot}.
     * @param verdict a {@code Verdict}: forward, drop, punt, consume or protect.
     */
    void committed(UnsafeBuffer ring, int slot, int verdict);

    /**
     * A fragment waits for the rest of its datagram.
     *
     * @param ring the packet memory.
     * @param slot the fragment.
     */
    void held(UnsafeBuffer ring, int slot);

    /**
     * A fragment's wait is over.
     *
     * @param arrival    its position.
     * @param verdict    consumed, or a drop.
     * @param completing position of the frame that completed the datagram, or -1.
     */
    void released(long arrival, int verdict, long completing);
}
