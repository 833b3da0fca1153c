package org.qfpsim.controlplane.ike.v1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payloads of a message, and their octets as they came: hashes are over those (RFC 2409 section 5.5), whatever a reserved octet says.
 *
 * @param payloads in their order.
 * @param octets   generic headers included, padding not.
 */
record PayloadChain(List<Payload> payloads, byte[] octets) {
    /** Most payloads that one message may have. */
    static final int MAX_PAYLOADS = 48;
    private static final int GENERIC_HEADER = 4;

    PayloadChain {
        payloads = List.copyOf(payloads);
    }

    /**
     * Makes a chain to send.
     *
     * @param payloads in their order.
     * @return the chain.
     */
    static PayloadChain of(final List<Payload> payloads) {
        final ByteBuffer out = ByteBuffer.allocate(payloads.stream().mapToInt(payload -> payload.body().length + GENERIC_HEADER).sum());
        for (int i = 0; i < payloads.size(); i++) {
            out.put((byte) (i + 1 < payloads.size() ? payloads.get(i + 1).type() : 0)).put((byte) 0)
                .putShort((short) (payloads.get(i).body().length + GENERIC_HEADER)).put(payloads.get(i).body());
        }
        return new PayloadChain(payloads, out.array());
    }

    /**
     * Takes a message's body apart.
     *
     * @param first  type of the first payload.
     * @param body   the octets behind the header, decrypted.
     * @param padded whether octets may follow the last payload.
     * @return the chain.
     * @throws MalformedException if a length does not fit, there are too many payloads, or octets are left over.
     */
    static PayloadChain parse(final int first, final byte[] body, final boolean padded) throws MalformedException {
        final List<Payload> payloads = new ArrayList<>();
        int at = 0;
        int type = first;
        while (type != 0) {
            if (body.length - at < GENERIC_HEADER) {
                throw new MalformedException("payload " + type + " is cut off");
            }
            final int length = (body[at + 2] & 0xff) << 8 | body[at + 3] & 0xff;
            if (length < GENERIC_HEADER || length > body.length - at) {
                throw new MalformedException("payload " + type + " has a length of " + length);
            }
            if (payloads.size() == MAX_PAYLOADS) {
                throw new MalformedException("more than " + MAX_PAYLOADS + " payloads");
            }
            payloads.add(new Payload(type, Arrays.copyOfRange(body, at + GENERIC_HEADER, at + length)));
            type = body[at] & 0xff;
            at += length;
        }
        if (payloads.isEmpty()) {
            throw new MalformedException("no payload");
        }
        if (!padded && at != body.length) {
            throw new MalformedException((body.length - at) + " octets after the last payload");
        }
        return new PayloadChain(payloads, Arrays.copyOf(body, at));
    }

    /** Type of the first payload, for the header. */
    int first() {
        return payloads.getFirst().type();
    }

    /** The first payload's body of a type; null if there is none. */
    byte @Nullable [] find(final int type) {
        for (final Payload payload : payloads) {
            if (payload.type() == type) {
                return payload.body();
            }
        }
        return null;
    }

    /**
     * The first payload's body of a type.
     *
     * @param type the type.
     * @return its body.
     * @throws MalformedException if there is none.
     */
    byte[] need(final int type) throws MalformedException {
        final byte[] body = find(type);
        if (body == null) {
            throw new MalformedException("payload " + type + " is missing");
        }
        return body;
    }

    /** The bodies of a type, in their order. */
    List<byte[]> all(final int type) {
        return payloads.stream().filter(payload -> payload.type() == type).map(Payload::body).toList();
    }

    /** The octets behind the first payload. */
    byte[] afterFirst() {
        return Arrays.copyOfRange(octets, payloads.getFirst().body().length + GENERIC_HEADER, octets.length);
    }
}
