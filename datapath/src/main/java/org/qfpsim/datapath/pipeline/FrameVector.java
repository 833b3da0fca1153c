package org.qfpsim.datapath.pipeline;

import org.agrona.DirectBuffer;
import org.qfpsim.datapath.feature.Slot;

/**
 * Frames on their way in, as a poll of a network card hands them over: parallel arrays, so that the dispatcher reads what it needs in one
 * stream. The arrays are the caller's and may be filled anew when the frames are taken.
 *
 * <p>A source that leaves its frames alone until the engines are through with them can <i>lend</i> them. Then only their heads
 * ({@link Slot#HEAD_BYTES}) are copied on the way in, and decryption reads the ciphertext where it is and writes the plaintext into the
 * slot: one pass over the octets instead of two. Whoever needs a whole frame in the slot takes the rest in.
 *
 * @param source      where the frames are; off heap for speed, a heap array works too.
 * @param linkType    a {@code LinkLayer}, the same for all.
 * @param offsets     first octet of each.
 * @param lengths     octets of each in the buffer.
 * @param wireLengths octets of each on the wire, at least as many.
 * @param nanos       time of arrival of each, nanoseconds.
 * @param lent        whether the frames stay as they are until the engines are through with them; only off heap.
 */
public record FrameVector(DirectBuffer source, int linkType, int[] offsets, int[] lengths, int[] wireLengths, long[] nanos,
                          boolean lent) {
    /** Refuses to lend frames on the heap, where the collector moves them. */
    public FrameVector {
        if (lent && source.byteArray() != null) {
            throw new IllegalArgumentException("only frames off heap can be lent");
        }
    }
}
