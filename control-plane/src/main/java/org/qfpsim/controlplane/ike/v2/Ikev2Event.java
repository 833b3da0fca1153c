package org.qfpsim.controlplane.ike.v2;

/** What IKEv2 counts. */
public enum Ikev2Event {
    /** A message that cannot be read; dropped. */
    MALFORMED("malformed messages"),
    /** A message whose integrity check failed; dropped. */
    NOT_AUTHENTIC("messages that are not authentic"),
    /** A message of an IKE SA that we do not have; dropped, and never answered. */
    UNKNOWN_SPI("messages with unknown IKE SPIs"),
    /** A message that does not fit: a message id outside the window, an exchange that the state does not allow; dropped. */
    OUT_OF_PLACE("messages out of place"),
    /** A request that came again; the same response was sent. */
    REPEATED_REQUEST("requests answered again"),
    /** A request of ours that was sent again. */
    RETRANSMISSION("retransmissions"),
    /** A first request that was answered with a cookie. */
    COOKIE_SENT("cookies sent"),
    /** A first request that was not taken because too many are in negotiation. */
    NOT_ADMITTED("exchanges not admitted"),
    /** An exchange of ours that was not begun because too many are in negotiation. */
    HELD_BACK("exchanges not begun"),
    /** An IKE SA that we have asked for. */
    BEGUN("IKE SAs asked for"),
    /** An IKE SA that a peer has asked for. */
    ANSWERED("IKE SAs asked for by peers"),
    /** A cookie that came back right. */
    COOKIE_RETURNED("cookies returned"),
    /** A first request with nothing acceptable in it, or from a peer that is not configured. */
    REFUSED("exchanges refused"),
    /** A peer that could not prove who it is. */
    AUTHENTICATION_FAILED("authentications failed"),
    /** An INVALID_SPI that came unprotected: at most a hint, and nothing is done about it. */
    UNPROTECTED_HINT("unprotected notifies ignored"),
    /** An INVALID_SPI that came over an IKE SA. */
    INVALID_SPI_RECEIVED("INVALID_SPI received"),
    /** A peer that did not answer any more. */
    PEER_DEAD("peers given up"),
    /** An IKE SA that came up. */
    ESTABLISHED("IKE SAs established"),
    /** A pair of IPsec SAs that was installed. */
    CHILD_INSTALLED("child SAs installed"),
    /** TEMPORARY_FAILURE, sent or received. */
    TEMPORARY_FAILURE("temporary failures"),
    /** A rekey that both ends began at the same time. */
    COLLISION("rekey collisions");

    private final String label;

    Ikev2Event(final String label) {
        this.label = label;
    }

    /** In words, for a show command. */
    public String label() {
        return label;
    }
}
