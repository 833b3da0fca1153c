package org.qfpsim.controlplane.ike.v1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A data attribute (RFC 2408 section 3.3).
 *
 * @param type  15 bits.
 * @param basic whether the value is in the length's place: 2 octets.
 * @param value its octets.
 */
record Attribute(int type, boolean basic, byte[] value) {
    private static final int BASIC = 0x8000;
    private static final int HEAD = 4;
    private static final int MAX = 64;

    /** A value of at most 16 bits. */
    static Attribute basic(final int type, final int value) {
        return new Attribute(type, true, new byte[] {(byte) (value >> 8), (byte) value});
    }

    /** A value of any length. */
    static Attribute variable(final int type, final byte... value) {
        return new Attribute(type, false, value);
    }

    /** A number, as short as it goes: basic up to 65535, otherwise 4 octets. */
    static Attribute number(final int type, final long value) {
        return value <= 0xffff ? basic(type, (int) value)
            : variable(type, ByteBuffer.allocate(Integer.BYTES).putInt((int) Math.min(value, 0xffff_ffffL)).array());
    }

    /**
     * Reads attributes up to the end.
     *
     * @param octets them.
     * @param from   where they begin.
     * @return the attributes.
     * @throws MalformedException if a length does not fit or there are too many.
     */
    static List<Attribute> parse(final byte[] octets, final int from) throws MalformedException {
        final List<Attribute> attributes = new ArrayList<>();
        int at = from;
        while (at < octets.length) {
            if (octets.length - at < HEAD || attributes.size() == MAX) {
                throw new MalformedException("attributes are cut off or too many");
            }
            final int type = (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
            if ((type & BASIC) != 0) {
                attributes.add(new Attribute(type & ~BASIC, true, Arrays.copyOfRange(octets, at + 2, at + HEAD)));
                at += HEAD;
            } else {
                final int length = (octets[at + 2] & 0xff) << 8 | octets[at + 3] & 0xff;
                if (length > octets.length - at - HEAD) {
                    throw new MalformedException("attribute " + type + " has a length of " + length);
                }
                attributes.add(new Attribute(type, false, Arrays.copyOfRange(octets, at + HEAD, at + HEAD + length)));
                at += HEAD + length;
            }
        }
        return attributes;
    }

    /** Octets of some attributes. */
    static byte[] encode(final List<Attribute> attributes) {
        final ByteBuffer out = ByteBuffer.allocate(attributes.stream().mapToInt(Attribute::size).sum());
        for (final Attribute attribute : attributes) {
            if (attribute.basic) {
                out.putShort((short) (attribute.type | BASIC));
            } else {
                out.putShort((short) attribute.type).putShort((short) attribute.value.length);
            }
            out.put(attribute.value);
        }
        return out.array();
    }

    private int size() {
        return basic ? HEAD : HEAD + value.length;
    }

    /**
     * The value as a number.
     *
     * @return 0 or more.
     * @throws MalformedException if it has no octet or more than 8, or is negative in them.
     */
    long number() throws MalformedException {
        if (value.length == 0 || value.length > Long.BYTES || value.length == Long.BYTES && value[0] < 0) {
            throw new MalformedException("attribute " + type + " is not a number");
        }
        long number = 0;
        for (final byte octet : value) {
            number = number << 8 | octet & 0xff;
        }
        return number;
    }
}
