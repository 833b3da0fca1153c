package org.qfpsim.controlplane.ike.v2.wire;

/** Notify message types that are used here (RFC 7296 section 3.10.1, RFC 7383). */
public final class NotifyType {
    /** The critical bit was set on something unknown; data: the payload type. */
    public static final int UNSUPPORTED_CRITICAL_PAYLOAD = 1;
    /** Unknown IKE SPI. */
    public static final int INVALID_IKE_SPI = 4;
    /** The message made no sense. */
    public static final int INVALID_SYNTAX = 7;
    /** ESP came with an unknown SPI; data: the SPI. */
    public static final int INVALID_SPI = 11;
    /** No proposal is acceptable. */
    public static final int NO_PROPOSAL_CHOSEN = 14;
    /** Another group is wanted; data: its number. */
    public static final int INVALID_KE_PAYLOAD = 17;
    /** Wrong key or identity. */
    public static final int AUTHENTICATION_FAILED = 24;
    /** No more child SAs are wanted. */
    public static final int NO_ADDITIONAL_SAS = 35;
    /** No such traffic is wanted. */
    public static final int TS_UNACCEPTABLE = 38;
    /** Busy with something that excludes it (section 2.25). */
    public static final int TEMPORARY_FAILURE = 43;
    /** The SA to be rekeyed does not exist. */
    public static final int CHILD_SA_NOT_FOUND = 44;
    /** First error beyond: types from here on tell a status. */
    public static final int FIRST_STATUS = 16384;
    /** The sender knows of no other IKE SA with us. */
    public static final int INITIAL_CONTACT = 16384;
    /** Hash of the sender's address and port. */
    public static final int NAT_DETECTION_SOURCE_IP = 16388;
    /** Hash of the receiver's address and port. */
    public static final int NAT_DETECTION_DESTINATION_IP = 16389;
    /** To be sent back. */
    public static final int COOKIE = 16390;
    /** Transport mode instead of tunnel mode. */
    public static final int USE_TRANSPORT_MODE = 16391;
    /** The SA that this one replaces. */
    public static final int REKEY_SA = 16393;
    /** Fragments can be read (RFC 7383 section 2.3). */
    public static final int FRAGMENTATION_SUPPORTED = 16430;

    private NotifyType() {
    }

    /**
     * The name of an error.
     *
     * @param type the notify message type.
     * @return such as {@code NO_PROPOSAL_CHOSEN}; the number if it has none here.
     */
    public static String name(final int type) {
        return switch (type) {
            case UNSUPPORTED_CRITICAL_PAYLOAD -> "UNSUPPORTED_CRITICAL_PAYLOAD";
            case INVALID_IKE_SPI -> "INVALID_IKE_SPI";
            case INVALID_SYNTAX -> "INVALID_SYNTAX";
            case INVALID_SPI -> "INVALID_SPI";
            case NO_PROPOSAL_CHOSEN -> "NO_PROPOSAL_CHOSEN";
            case INVALID_KE_PAYLOAD -> "INVALID_KE_PAYLOAD";
            case AUTHENTICATION_FAILED -> "AUTHENTICATION_FAILED";
            case NO_ADDITIONAL_SAS -> "NO_ADDITIONAL_SAS";
            case TS_UNACCEPTABLE -> "TS_UNACCEPTABLE";
            case TEMPORARY_FAILURE -> "TEMPORARY_FAILURE";
            case CHILD_SA_NOT_FOUND -> "CHILD_SA_NOT_FOUND";
            default -> "notify " + type;
        };
    }
}
