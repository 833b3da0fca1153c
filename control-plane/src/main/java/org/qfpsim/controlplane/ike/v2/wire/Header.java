package org.qfpsim.controlplane.ike.v2.wire;

import java.nio.ByteBuffer;

/**
 * The IKE header (RFC 7296 section 3.1), without version and length, which the reader has checked.
 *
 * @param initiatorSpi SPI of the IKE SA's original initiator.
 * @param responderSpi SPI of its original responder; 0 in the first request.
 * @param nextPayload  type of the first payload.
 * @param exchange     34 to 37.
 * @param initiator    whether the original initiator sends it.
 * @param response     whether it answers.
 * @param messageId    number of the exchange.
 */
public record Header(long initiatorSpi, long responderSpi, int nextPayload, int exchange, boolean initiator, boolean response,
                     int messageId) {
    /** Octets of the header. */
    public static final int OCTETS = 28;
    /** IKE_SA_INIT. */
    public static final int IKE_SA_INIT = 34;
    /** IKE_AUTH. */
    public static final int IKE_AUTH = 35;
    /** CREATE_CHILD_SA. */
    public static final int CREATE_CHILD_SA = 36;
    /** INFORMATIONAL. */
    public static final int INFORMATIONAL = 37;

    private static final int VERSION = 0x20;
    private static final int MAJOR = 0xf0;
    private static final int FLAG_INITIATOR = 0x08;
    private static final int FLAG_RESPONSE = 0x20;
    private static final int AT_LENGTH = 24;

    /**
     * Reads a header.
     *
     * @param message as it came.
     * @return the header.
     * @throws MalformedMessageException if the message is too short, of another major version, or not as long as it says.
     */
    public static Header read(final byte[] message) throws MalformedMessageException {
        if (message.length < OCTETS) {
            throw new MalformedMessageException(message.length + " octets are no IKE header");
        }
        final ByteBuffer buffer = ByteBuffer.wrap(message);
        final long initiatorSpi = buffer.getLong();
        final long responderSpi = buffer.getLong();
        final int nextPayload = buffer.get() & 0xff;
        final int version = buffer.get() & 0xff;
        final int exchange = buffer.get() & 0xff;
        final int flags = buffer.get() & 0xff;
        final int messageId = buffer.getInt();
        if ((version & MAJOR) != VERSION) {
            throw new MalformedMessageException("major version " + (version >> 4));
        }
        if (buffer.getInt() != message.length) {
            throw new MalformedMessageException("the header's length is not the message's");
        }
        return new Header(initiatorSpi, responderSpi, nextPayload, exchange, (flags & FLAG_INITIATOR) != 0,
            (flags & FLAG_RESPONSE) != 0, messageId);
    }

    /**
     * Writes it.
     *
     * @param length of the whole message.
     * @return {@link #OCTETS} octets.
     */
    public byte[] write(final int length) {
        return ByteBuffer.allocate(OCTETS).putLong(initiatorSpi).putLong(responderSpi).put((byte) nextPayload).put((byte) VERSION)
            .put((byte) exchange).put((byte) ((initiator ? FLAG_INITIATOR : 0) | (response ? FLAG_RESPONSE : 0))).putInt(messageId)
            .putInt(AT_LENGTH, length).array();
    }

    /**
     * The same header in front of another payload.
     *
     * @param type of the first payload.
     * @return the changed copy.
     */
    public Header with(final int type) {
        return new Header(initiatorSpi, responderSpi, type, exchange, initiator, response, messageId);
    }
}
