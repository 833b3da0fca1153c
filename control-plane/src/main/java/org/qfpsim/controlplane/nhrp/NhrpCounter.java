package org.qfpsim.controlplane.nhrp;

/** What NHRP counts. */
public enum NhrpCounter {
    /** Packets sent. */
    SENT,
    /** Packets that the datapath had no room for. */
    UNSENT,
    /** Packets received, the bad ones too. */
    RECEIVED,
    /** No NHRP packet, or one with a wrong length or checksum: dropped. */
    MALFORMED,
    /** Received on an interface without NHRP: dropped. */
    NOT_CONFIGURED,
    /** Without our authentication: dropped. */
    UNAUTHENTICATED,
    /** Replies that nobody waits for any more, or that nobody can be found for: dropped. */
    UNWANTED,
    /** Passed on to another station. */
    FORWARDED,
    /** Requests that were refused. */
    REFUSED,
    /** Error indications sent. */
    ERRORS_SENT,
    /** Error indications received. */
    ERRORS_RECEIVED
}
