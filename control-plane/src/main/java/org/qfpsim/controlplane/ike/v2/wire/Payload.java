package org.qfpsim.controlplane.ike.v2.wire;

import java.util.List;

/** A payload (RFC 7296 sections 3.3 to 3.14). Octet arrays are the payload's own: they are not changed once it is made. */
public sealed interface Payload {
    /** Type of the security association payload. */
    int SA = 33;
    /** Type of the key exchange payload. */
    int KE = 34;
    /** Type of the initiator's identification. */
    int ID_I = 35;
    /** Type of the responder's identification. */
    int ID_R = 36;
    /** Type of the authentication payload. */
    int AUTH = 39;
    /** Type of the nonce. */
    int NONCE = 40;
    /** Type of a notify. */
    int NOTIFY = 41;
    /** Type of a delete. */
    int DELETE = 42;
    /** Type of the initiator's traffic selectors. */
    int TS_I = 44;
    /** Type of the responder's traffic selectors. */
    int TS_R = 45;
    /** Type of the encrypted payload. */
    int SK = 46;
    /** Type of the encrypted fragment (RFC 7383). */
    int SKF = 53;

    /** The number in the chain of payloads. */
    int type();

    /**
     * Security association.
     *
     * @param proposals in the order of preference.
     */
    record SecurityAssociation(List<Proposal> proposals) implements Payload {
        /** Copies the list. */
        public SecurityAssociation {
            proposals = List.copyOf(proposals);
        }

        @Override
        public int type() {
            return SA;
        }
    }

    /**
     * Key exchange.
     *
     * @param group the Diffie-Hellman group.
     * @param value the public value.
     */
    record KeyExchange(int group, byte[] value) implements Payload {
        @Override
        public int type() {
            return KE;
        }
    }

    /**
     * Identification.
     *
     * @param initiator whether it is the initiator's.
     * @param idType    as in {@link org.qfpsim.controlplane.ike.IkeIdentity}.
     * @param value     the identity.
     */
    record Identification(boolean initiator, int idType, byte[] value) implements Payload {
        @Override
        public int type() {
            return initiator ? ID_I : ID_R;
        }

        /** The payload without its generic header, over which AUTH is made (RFC 7296 section 2.15). */
        public byte[] body() {
            final byte[] body = new byte[4 + value.length];
            body[0] = (byte) idType;
            System.arraycopy(value, 0, body, 4, value.length);
            return body;
        }
    }

    /**
     * Authentication.
     *
     * @param method 2 is the shared key message integrity code.
     * @param value  the code.
     */
    record Authentication(int method, byte[] value) implements Payload {
        /** Shared key message integrity code. */
        public static final int SHARED_KEY = 2;

        @Override
        public int type() {
            return AUTH;
        }
    }

    /**
     * Nonce.
     *
     * @param value 16 to 256 octets.
     */
    record Nonce(byte[] value) implements Payload {
        @Override
        public int type() {
            return NONCE;
        }
    }

    /**
     * Notify.
     *
     * @param protocol 0, or the protocol of the SPI.
     * @param spi      empty, or the SPI of the SA that it is about.
     * @param code     the notify message type.
     * @param data     what belongs to it.
     */
    record Notify(int protocol, byte[] spi, int code, byte[] data) implements Payload {
        /**
         * A notify that is about no SA.
         *
         * @param code the notify message type.
         * @param data what belongs to it.
         */
        public Notify(final int code, final byte[] data) {
            this(0, new byte[0], code, data);
        }

        /**
         * A notify without data.
         *
         * @param code the notify message type.
         */
        public Notify(final int code) {
            this(code, new byte[0]);
        }

        @Override
        public int type() {
            return NOTIFY;
        }
    }

    /**
     * Delete.
     *
     * @param protocol {@link Proposal#IKE}, {@link Proposal#ESP} or another.
     * @param spis     the sender's SPIs; empty for IKE.
     */
    record Delete(int protocol, List<Integer> spis) implements Payload {
        /** Copies the list. */
        public Delete {
            spis = List.copyOf(spis);
        }

        @Override
        public int type() {
            return DELETE;
        }
    }

    /**
     * Traffic selectors.
     *
     * @param initiator whether they are the initiator's side.
     * @param ranges    one or more.
     */
    record Selectors(boolean initiator, List<SelectorRange> ranges) implements Payload {
        /** Copies the list. */
        public Selectors {
            ranges = List.copyOf(ranges);
        }

        @Override
        public int type() {
            return initiator ? TS_I : TS_R;
        }
    }

    /**
     * A payload that is passed over: vendor ids, certificates, and types that are not known.
     *
     * @param type     its number.
     * @param critical whether the sender insists on its being understood; never set for types of RFC 7296 (section 3.2).
     */
    record Other(int type, boolean critical) implements Payload {
    }

    /**
     * The encrypted payload, always the last one, whole or a fragment (RFC 7383 section 2.5).
     *
     * @param type   {@link #SK} or {@link #SKF}.
     * @param first  type of the first payload inside.
     * @param number of the fragment, from 1; 1 for a whole message.
     * @param total  fragments in all; 1 for a whole message.
     * @param offset where IV, ciphertext and ICV begin in the message; they reach to its end.
     */
    record Encrypted(int type, int first, int number, int total, int offset) implements Payload {
    }
}
