package org.qfpsim.controlplane.ike.v1;

/** What IKEv1 counts. */
public enum Ikev1Counter {
    /** Messages that came. */
    RECEIVED("messages received"),
    /** Messages that went, retransmissions included. */
    SENT("messages sent"),
    /** Messages sent again. */
    RETRANSMITTED("messages retransmitted"),
    /** Messages that are not what the RFCs say, or do not decrypt. */
    MALFORMED("malformed messages dropped"),
    /** Messages of cookies that nobody knows. */
    UNKNOWN_COOKIES("messages with unknown cookies dropped"),
    /** Messages that came a second time. */
    DUPLICATE("duplicate messages"),
    /** Messages that do not fit the state of their exchange. */
    UNEXPECTED("unexpected messages dropped"),
    /** Hashes that are wrong. */
    BAD_HASH("messages with a wrong hash dropped"),
    /** Informational messages without protection: ignored. */
    UNPROTECTED("unprotected Informational messages ignored"),
    /** Requests refused because too many exchanges are in negotiation. */
    REFUSED("requests refused by call admission"),
    /** Requests of ours that were not begun because too many exchanges are in negotiation. */
    HELD_BACK("requests not begun because of call admission"),
    /** Phase 1 that we have begun. */
    BEGUN("phase 1 exchanges begun"),
    /** Phase 1 that a peer has begun. */
    ANSWERED("phase 1 exchanges answered"),
    /** Phase 1 that has failed. */
    PHASE1_FAILED("phase 1 exchanges failed"),
    /** Phase 1 that has come to its end. */
    PHASE1_DONE("phase 1 exchanges completed"),
    /** Quick Modes that have failed. */
    PHASE2_FAILED("Quick Mode exchanges failed"),
    /** Quick Modes that have come to their end. */
    PHASE2_DONE("Quick Mode exchanges completed"),
    /** Peers that DPD has found dead. */
    DEAD_PEERS("dead peers");

    private final String text;

    Ikev1Counter(final String text) {
        this.text = text;
    }

    /** The name in words. */
    public String text() {
        return text;
    }
}
