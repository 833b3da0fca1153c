package org.qfpsim.sim.net.host;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.packet.Net;

/**
 * What a measured packet carries; the rest is random but the same for the same stream, packet and seed, so that the receiver can check it.
 *
 * <pre>
 *   0   mark         "qfps"
 *   4   stream       its number
 *   8   packet       its number, from 0
 *  16   sent at      nanoseconds
 *  24   filler
 * </pre>
 */
final class Payload {
    private static final int MARK = 0x71667073;
    private static final long ODD = 0x9e37_79b9_7f4a_7c15L;

    private Payload() {
    }

    static byte[] of(final StreamSpec spec, final long packet, final long nanos, final int length) {
        final byte[] octets = new byte[length];
        final UnsafeBuffer buffer = new UnsafeBuffer(octets);
        new SplittableRandom(spec.seed() * ODD ^ packet).nextBytes(octets);
        buffer.putInt(0, MARK, ByteOrder.BIG_ENDIAN);
        buffer.putInt(4, spec.id(), ByteOrder.BIG_ENDIAN);
        buffer.putLong(8, packet, ByteOrder.BIG_ENDIAN);
        buffer.putLong(16, nanos, ByteOrder.BIG_ENDIAN);
        return octets;
    }

    static boolean isMarked(final DirectBuffer buffer, final int offset, final int length) {
        return length >= StreamSpec.HEADER_BYTES && Net.i32(buffer, offset) == MARK;
    }

    static int stream(final DirectBuffer buffer, final int offset) {
        return Net.i32(buffer, offset + 4);
    }

    static long packet(final DirectBuffer buffer, final int offset) {
        return Net.i64(buffer, offset + 8);
    }

    /** Whether it is what was sent, to the octet. */
    static boolean isIntact(final StreamSpec spec, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] octets = new byte[length];
        buffer.getBytes(offset, octets);
        return Arrays.equals(octets, of(spec, packet(buffer, offset), Net.i64(buffer, offset + 16), length));
    }
}
