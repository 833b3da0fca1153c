package org.qfpsim.controlplane.ike.v1;

/** Numbers of ISAKMP and its IPsec interpretation (RFC 2408, 2409, 2407, 3947, 3706, and the drafts of Mode Config and XAUTH). */
final class Isakmp {
    /** Octets of the header (RFC 2408 section 3.1). */
    static final int HEADER = 28;
    /** Version 1.0. */
    static final int VERSION = 0x10;
    /** Longest message that is looked at: nothing that we understand needs more. */
    static final int MAX_MESSAGE = 8192;

    /** Exchange types. */
    static final int MAIN_MODE = 2;
    static final int AGGRESSIVE_MODE = 4;
    static final int INFORMATIONAL = 5;
    static final int TRANSACTION = 6;
    static final int QUICK_MODE = 32;

    /** Flags of the header. */
    static final int ENCRYPTED = 1;
    static final int COMMIT = 2;

    /** Payload types. */
    static final int SA = 1;
    static final int PROPOSAL = 2;
    static final int TRANSFORM = 3;
    static final int KE = 4;
    static final int ID = 5;
    static final int HASH = 8;
    static final int NONCE = 10;
    static final int NOTIFY = 11;
    static final int DELETE = 12;
    static final int VENDOR = 13;
    static final int ATTRIBUTES = 14;
    static final int NAT_D = 20;
    static final int NAT_OA = 21;

    /** Domain of interpretation: IPsec; situation: identity only. */
    static final int DOI_IPSEC = 1;
    static final int IDENTITY_ONLY = 1;

    /** Protocols of proposals, notifies and deletes. */
    static final int PROTO_ISAKMP = 1;
    static final int PROTO_ESP = 3;

    /** Phase 1 transform: KEY_IKE. */
    static final int KEY_IKE = 1;

    /** Notify types (RFC 2408 section 3.14.1, RFC 2407 section 4.6.3, RFC 3706 section 5.4). */
    static final int INVALID_SPI = 11;
    static final int NO_PROPOSAL_CHOSEN = 14;
    static final int INVALID_ID_INFORMATION = 18;
    static final int AUTHENTICATION_FAILED = 24;
    static final int RESPONDER_LIFETIME = 24576;
    static final int INITIAL_CONTACT = 24578;
    static final int R_U_THERE = 36136;
    static final int R_U_THERE_ACK = 36137;

    /** Attributes of phase 1 (RFC 2409 appendix A). */
    static final int A1_CIPHER = 1;
    static final int A1_HASH = 2;
    static final int A1_AUTH = 3;
    static final int A1_GROUP = 4;
    static final int A1_LIFE_TYPE = 11;
    static final int A1_LIFE = 12;
    static final int A1_KEY_LENGTH = 14;

    /** Attributes of phase 2 (RFC 2407 section 4.5, RFC 4304). */
    static final int A2_LIFE_TYPE = 1;
    static final int A2_LIFE = 2;
    static final int A2_GROUP = 3;
    static final int A2_MODE = 4;
    static final int A2_AUTH = 5;
    static final int A2_KEY_LENGTH = 6;
    static final int A2_ESN = 11;

    /** Values of the life type attributes. */
    static final int LIFE_SECONDS = 1;
    static final int LIFE_KILOBYTES = 2;

    private Isakmp() {
    }

    /** The name that debug lines use for a notify. */
    static String notifyName(final int type) {
        return switch (type) {
            case 4 -> "INVALID_COOKIE";
            case INVALID_SPI -> "INVALID_SPI";
            case NO_PROPOSAL_CHOSEN -> "PROPOSAL_NOT_CHOSEN";
            case INVALID_ID_INFORMATION -> "INVALID_ID_INFO";
            case AUTHENTICATION_FAILED -> "AUTHENTICATION_FAILED";
            case RESPONDER_LIFETIME -> "RESPONDER_LIFETIME";
            case INITIAL_CONTACT -> "INITIAL_CONTACT";
            case R_U_THERE -> "DPD/R_U_THERE";
            case R_U_THERE_ACK -> "DPD/R_U_THERE_ACK";
            default -> "unknown " + type;
        };
    }
}
