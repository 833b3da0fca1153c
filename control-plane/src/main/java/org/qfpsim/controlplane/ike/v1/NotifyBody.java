package org.qfpsim.controlplane.ike.v1;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A notify payload (RFC 2408 section 3.14).
 *
 * @param protocol {@link Isakmp#PROTO_ISAKMP} or {@link Isakmp#PROTO_ESP}.
 * @param type     what it says.
 * @param spi      what it is about: both cookies for ISAKMP, an SPI for ESP; may be empty.
 * @param data     more.
 */
record NotifyBody(int protocol, int type, byte[] spi, byte[] data) {
    private static final int FIXED = 8;

    /**
     * Reads the body.
     *
     * @param body behind the generic header.
     * @return the notify.
     * @throws MalformedException if a length does not fit.
     */
    static NotifyBody parse(final byte[] body) throws MalformedException {
        if (body.length < FIXED || (body[5] & 0xff) > body.length - FIXED) {
            throw new MalformedException("a notify payload of " + body.length + " octets");
        }
        final int data = FIXED + (body[5] & 0xff);
        return new NotifyBody(body[4] & 0xff, (body[6] & 0xff) << 8 | body[7] & 0xff, Arrays.copyOfRange(body, FIXED, data),
            Arrays.copyOfRange(body, data, body.length));
    }

    /** The payload to send. */
    Payload payload() {
        return new Payload(Isakmp.NOTIFY, ByteBuffer.allocate(FIXED + spi.length + data.length).putInt(Isakmp.DOI_IPSEC)
            .put((byte) protocol).put((byte) spi.length).putShort((short) type).put(spi).put(data).array());
    }
}
