package org.qfpsim.controlplane.ike.v1;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A message before it is decrypted (RFC 2408 section 3.1).
 *
 * @param cookieI   of the initiator, never 0.
 * @param cookieR   of the responder; 0 in the first message.
 * @param next      type of the first payload.
 * @param exchange  type of the exchange.
 * @param flags     {@link Isakmp#ENCRYPTED} and others.
 * @param messageId 0 in phase 1.
 * @param body      what follows the header; whole blocks if encrypted.
 */
record IsakmpMessage(long cookieI, long cookieR, int next, int exchange, int flags, int messageId, byte[] body) {
    private static final int BLOCK = 16;

    /**
     * Reads a message.
     *
     * @param octets from the initiator's cookie to the end.
     * @return the message.
     * @throws MalformedException if it is none of this version, or its length is not what its header says.
     */
    static IsakmpMessage parse(final byte[] octets) throws MalformedException {
        if (octets.length < Isakmp.HEADER || octets.length > Isakmp.MAX_MESSAGE) {
            throw new MalformedException("a message of " + octets.length + " octets");
        }
        final ByteBuffer in = ByteBuffer.wrap(octets);
        final long cookieI = in.getLong();
        final long cookieR = in.getLong();
        final int next = in.get() & 0xff;
        final int version = in.get() & 0xff;
        final int exchange = in.get() & 0xff;
        final int flags = in.get() & 0xff;
        final int messageId = in.getInt();
        final int length = in.getInt();
        if (version >> 4 != Isakmp.VERSION >> 4) {
            throw new MalformedException("major version " + (version >> 4));
        }
        if (length != octets.length) {
            throw new MalformedException("the header says " + Integer.toUnsignedString(length) + " octets, " + octets.length + " came");
        }
        if (cookieI == 0) {
            throw new MalformedException("no initiator's cookie");
        }
        final boolean encrypted = (flags & Isakmp.ENCRYPTED) != 0;
        if (encrypted && (length == Isakmp.HEADER || (length - Isakmp.HEADER) % BLOCK != 0)) {
            throw new MalformedException("an encrypted body of " + (length - Isakmp.HEADER) + " octets");
        }
        return new IsakmpMessage(cookieI, cookieR, next, exchange, flags, messageId,
            Arrays.copyOfRange(octets, Isakmp.HEADER, octets.length));
    }

    /** The octets to send. */
    byte[] encode() {
        return ByteBuffer.allocate(Isakmp.HEADER + body.length).putLong(cookieI).putLong(cookieR).put((byte) next)
            .put((byte) Isakmp.VERSION).put((byte) exchange).put((byte) flags).putInt(messageId).putInt(Isakmp.HEADER + body.length)
            .put(body).array();
    }

    /** Whether the body is encrypted. */
    boolean encrypted() {
        return (flags & Isakmp.ENCRYPTED) != 0;
    }
}
