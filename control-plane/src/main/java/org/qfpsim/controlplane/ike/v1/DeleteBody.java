package org.qfpsim.controlplane.ike.v1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A delete payload (RFC 2408 section 3.15).
 *
 * @param protocol {@link Isakmp#PROTO_ISAKMP} or {@link Isakmp#PROTO_ESP}.
 * @param spis     the sender's: SPIs of 4 octets, or pairs of cookies of 16.
 */
record DeleteBody(int protocol, List<byte[]> spis) {
    private static final int FIXED = 8;
    private static final int COOKIES = 16;

    DeleteBody {
        spis = List.copyOf(spis);
    }

    /**
     * Reads the body.
     *
     * @param body behind the generic header.
     * @return the delete.
     * @throws MalformedException if the number of SPIs or their size does not fit.
     */
    static DeleteBody parse(final byte[] body) throws MalformedException {
        if (body.length < FIXED) {
            throw new MalformedException("a delete payload of " + body.length + " octets");
        }
        final int protocol = body[4] & 0xff;
        final int size = body[5] & 0xff;
        final int count = (body[6] & 0xff) << 8 | body[7] & 0xff;
        if (size != (protocol == Isakmp.PROTO_ISAKMP ? COOKIES : Integer.BYTES) || body.length != FIXED + count * size) {
            throw new MalformedException("a delete payload of " + count + " SPIs of " + size + " octets in " + body.length);
        }
        final List<byte[]> spis = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            spis.add(Arrays.copyOfRange(body, FIXED + i * size, FIXED + (i + 1) * size));
        }
        return new DeleteBody(protocol, spis);
    }

    /** Says that IPsec SAs are gone. */
    static DeleteBody esp(final List<Integer> spis) {
        return new DeleteBody(Isakmp.PROTO_ESP, spis.stream().map(spi -> Octets.of((int) spi)).toList());
    }

    /** Says that an ISAKMP SA is gone. */
    static DeleteBody isakmp(final long cookieI, final long cookieR) {
        return new DeleteBody(Isakmp.PROTO_ISAKMP, List.of(Octets.join(Octets.of(cookieI), Octets.of(cookieR))));
    }

    /** The SPIs of ESP. */
    List<Integer> espSpis() {
        return spis.stream().map(spi -> ByteBuffer.wrap(spi).getInt()).toList();
    }

    /** The payload to send. */
    Payload payload() {
        return new Payload(Isakmp.DELETE, Octets.join(ByteBuffer.allocate(FIXED).putInt(Isakmp.DOI_IPSEC).put((byte) protocol)
            .put((byte) (protocol == Isakmp.PROTO_ISAKMP ? COOKIES : Integer.BYTES)).putShort((short) spis.size()).array(),
            Octets.join(spis)));
    }
}
