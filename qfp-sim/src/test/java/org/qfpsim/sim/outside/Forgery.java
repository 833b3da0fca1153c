package org.qfpsim.sim.outside;

import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a forger does so that his frames are not lost at the door: addresses, lengths and checksums are right, so that what he has changed
 * reaches ESP and IKE. One frame in four he leaves as it is.
 */
final class Forgery {
    private static final int ETHERNET_BYTES = 14;
    private static final int IPV4_BYTES = 20;
    private static final int UDP_BYTES = 8;
    private static final int IKE_LENGTH = 24;
    private static final int IKE_BYTES = 28;
    private static final int PROTOCOL = ETHERNET_BYTES + 9;
    private static final int UDP = 17;
    private static final int ESP = 50;
    private static final int NAT_T_PORT = 4500;

    private Forgery() {
    }

    /** A mutation of {@code seed}, an IPv4 frame without options, with what its receiver looks at first put right. */
    static byte[] plausible(final byte[] seed, final byte[] mutation, final SplittableRandom random) {
        final int payload = ETHERNET_BYTES + IPV4_BYTES;
        if (mutation.length < payload + UDP_BYTES + 4 || random.nextInt(4) == 0) {
            return mutation;
        }
        System.arraycopy(seed, ETHERNET_BYTES, mutation, ETHERNET_BYTES, IPV4_BYTES + 4);
        final byte[] frame = mutation[PROTOCOL] == UDP ? udp(mutation, random) : mutation;
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        buffer.putShort(ETHERNET_BYTES + 2, (short) (frame.length - ETHERNET_BYTES), ByteOrder.BIG_ENDIAN);
        buffer.putShort(ETHERNET_BYTES + 10, (short) 0);
        int sum = 0;
        for (int i = ETHERNET_BYTES; i < payload; i += 2) {
            sum += buffer.getShort(i, ByteOrder.BIG_ENDIAN) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        buffer.putShort(ETHERNET_BYTES + 10, (short) ~((sum & 0xffff) + (sum >>> 16)), ByteOrder.BIG_ENDIAN);
        return frame;
    }

    /** ESP in UDP is bare ESP in one of four; IKE has its length in three of four. */
    private static byte[] udp(final byte[] frame, final SplittableRandom random) {
        final int header = ETHERNET_BYTES + IPV4_BYTES;
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        buffer.putShort(header + 4, (short) (frame.length - header), ByteOrder.BIG_ENDIAN);
        buffer.putShort(header + 6, (short) 0);
        final boolean natT = (buffer.getShort(header, ByteOrder.BIG_ENDIAN) & 0xffff) == NAT_T_PORT;
        final boolean ike = !natT || buffer.getInt(header + UDP_BYTES) == 0;
        final int message = header + UDP_BYTES + (natT ? 4 : 0);
        if (!ike && random.nextInt(4) == 0) {
            final byte[] bare = new byte[frame.length - UDP_BYTES];
            System.arraycopy(frame, 0, bare, 0, header);
            System.arraycopy(frame, header + UDP_BYTES, bare, header, bare.length - header);
            bare[PROTOCOL] = ESP;
            return bare;
        }
        if (ike && frame.length >= message + IKE_BYTES && random.nextInt(4) != 0) {
            buffer.putInt(message + IKE_LENGTH, frame.length - message, ByteOrder.BIG_ENDIAN);
        }
        return frame;
    }
}
