package org.qfpsim.datapath.crypto.jce;

import org.qfpsim.datapath.crypto.memory.EspFields;

/** The heap arrays of one lane. */
final class JceScratch {
    /** The largest IP datagram and room for what a cipher appends. */
    private static final int PACKET_BYTES = 65_536 + 64;
    private static final int MAX_DIGEST_BYTES = 64;

    private final byte[] packet = new byte[PACKET_BYTES];
    private final byte[] result = new byte[PACKET_BYTES];
    private final byte[] icv = new byte[MAX_DIGEST_BYTES];
    private final byte[] esnAad = new byte[EspFields.ESN_AAD_BYTES];
    private final byte[] seqHighOctets = new byte[Integer.BYTES];

    byte[] packet() {
        return packet;
    }

    byte[] result() {
        return result;
    }

    byte[] icv() {
        return icv;
    }

    /** The array whose first octets are the additional data (RFC 4106 section 5). */
    byte[] additionalData(final byte[] espPacket, final boolean esn, final int seqHigh) {
        if (!esn) {
            return espPacket;
        }
        System.arraycopy(espPacket, 0, esnAad, 0, Integer.BYTES);
        System.arraycopy(bigEndian(seqHigh), 0, esnAad, Integer.BYTES, Integer.BYTES);
        System.arraycopy(espPacket, Integer.BYTES, esnAad, 2 * Integer.BYTES, Integer.BYTES);
        return esnAad;
    }

    /** Four octets, most significant first. */
    byte[] bigEndian(final int value) {
        seqHighOctets[0] = (byte) (value >>> 24);
        seqHighOctets[1] = (byte) (value >>> 16);
        seqHighOctets[2] = (byte) (value >>> 8);
        seqHighOctets[3] = (byte) value;
        return seqHighOctets;
    }
}
