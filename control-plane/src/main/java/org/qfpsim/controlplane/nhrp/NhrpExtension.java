package org.qfpsim.controlplane.nhrp;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * An extension (RFC 2332 section 5.3).
 *
 * @param compulsory whether who answers must understand it.
 * @param type       14 bits.
 * @param value      its octets; not changed by anybody.
 */
record NhrpExtension(boolean compulsory, int type, byte[] value) {
    /** Ends the list; not kept as one of them. */
    static final int END = 0;
    /** Who has answered (section 5.3.1): empty in a request, one entry in a reply. */
    static final int RESPONDER = 3;
    /** Servers that a request has passed (section 5.3.2). */
    static final int FORWARD_RECORD = 4;
    /** Servers that a reply has passed (section 5.3.3). */
    static final int REVERSE_RECORD = 5;
    /** Authentication (section 5.3.4); the platform's has no source address in front of the characters. */
    static final int AUTHENTICATION = 7;
    /** Private to a vendor (section 5.3.5). */
    static final int VENDOR = 8;
    /** The platform's own, for clients behind a NAT. */
    static final int NAT_ADDRESS = 9;

    /** Authentication by characters that anybody can read, in the field for the SPI. */
    private static final int CLEAR_TEXT = 1;
    private static final int AUTHENTICATION_HEADER = 4;

    /** One that asks to be filled. */
    static NhrpExtension empty(final int type) {
        return new NhrpExtension(true, type, new byte[0]);
    }

    /** The platform's authentication: {@code ip nhrp authentication}. */
    static NhrpExtension authentication(final byte[] characters) {
        return new NhrpExtension(true, AUTHENTICATION,
            ByteBuffer.allocate(AUTHENTICATION_HEADER + characters.length).putInt(CLEAR_TEXT).put(characters).array());
    }

    /** Whether it is the authentication with these characters; takes the same time for all of a length. */
    boolean authenticates(final byte[] characters) {
        return type == AUTHENTICATION && MessageDigest.isEqual(value, authentication(characters).value);
    }

    /** Whether who answers would understand it. */
    boolean isKnown() {
        return type == RESPONDER || type == FORWARD_RECORD || type == REVERSE_RECORD || type == AUTHENTICATION || type == VENDOR
            || type == NAT_ADDRESS;
    }

    /** Octets on the wire. */
    int bytes() {
        return 4 + value.length;
    }

    /** Does not show the authentication. */
    @Override
    public String toString() {
        return type + (compulsory ? "!" : "") + " (" + value.length + " octets)";
    }
}
