package org.qfpsim.controlplane.ike.v1;

import java.util.Arrays;
import java.util.List;

/**
 * An attributes payload (draft-ietf-ipsec-isakmp-mode-cfg-05 section 3.2).
 *
 * @param type       {@link #REQUEST}, {@link #REPLY}, {@link #SET} or {@link #ACK}.
 * @param identifier the same in both messages of a transaction.
 * @param attributes an empty value asks for one.
 */
record ConfigBody(int type, int identifier, List<Attribute> attributes) {
    static final int REQUEST = 1;
    static final int REPLY = 2;
    static final int SET = 3;
    static final int ACK = 4;

    /** XAUTH (draft-ietf-ipsec-isakmp-xauth-06 section 4.1). */
    static final int XAUTH_USER_NAME = 16521;
    static final int XAUTH_USER_PASSWORD = 16522;
    static final int XAUTH_STATUS = 16527;
    /** Mode Config: the client's address inside. */
    static final int INTERNAL_IP4_ADDRESS = 1;
    /** Mode Config: what software the other end runs. */
    static final int APPLICATION_VERSION = 7;

    private static final int FIXED = 4;

    ConfigBody {
        attributes = List.copyOf(attributes);
    }

    /**
     * Reads the body.
     *
     * @param body behind the generic header.
     * @return the payload.
     * @throws MalformedException if a length does not fit.
     */
    static ConfigBody parse(final byte[] body) throws MalformedException {
        if (body.length < FIXED) {
            throw new MalformedException("an attributes payload of " + body.length + " octets");
        }
        return new ConfigBody(body[0] & 0xff, (body[2] & 0xff) << 8 | body[3] & 0xff, Attribute.parse(body, FIXED));
    }

    /** The payload to send. */
    Payload payload() {
        return new Payload(Isakmp.ATTRIBUTES, Octets.join(new byte[] {(byte) type, 0, (byte) (identifier >> 8), (byte) identifier},
            Attribute.encode(attributes)));
    }

    /** The value of an attribute; empty if there is none. */
    byte[] value(final int attribute) {
        return attributes.stream().filter(each -> each.type() == attribute).map(Attribute::value).findFirst().orElseGet(() -> new byte[0]);
    }

    /** Whether there is such an attribute. */
    boolean has(final int attribute) {
        return attributes.stream().anyMatch(each -> each.type() == attribute);
    }

    /** Never prints a password. */
    @Override
    public String toString() {
        return "ConfigBody[type=" + type + ", attributes=" + Arrays.toString(attributes.stream().mapToInt(Attribute::type).toArray()) + "]";
    }
}
