package org.qfpsim.datapath.pipeline;

import org.agrona.DirectBuffer;

/**
 * Frames on their way in, as a poll of a network card hands them over: parallel arrays, so that the dispatcher reads what it needs in one
 * stream. The arrays are the caller's and may be filled anew when the frames are taken.
 *
 * @param source      where the frames are; off heap for speed, a heap array works too.
 * @param linkType    a {@code LinkLayer}, the same for all.
 * @param offsets     first octet of each.
 * @param lengths     octets of each in the buffer.
 * @param wireLengths octets of each on the wire, at least as many.
 * @param nanos       time of arrival of each, nanoseconds.
 */
public record FrameVector(DirectBuffer source, int linkType, int[] offsets, int[] lengths, int[] wireLengths, long[] nanos) {
}
