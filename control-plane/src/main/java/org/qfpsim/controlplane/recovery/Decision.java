package org.qfpsim.controlplane.recovery;

/** What is done about an unknown SPI. */
public enum Decision {
    /** DELETE over the IKE SA that there is. */
    DELETE("DELETE over the IKE SA"),
    /** IKE is begun. */
    START_IKE("IKE is begun"),
    /** A recovery with this peer is under way. */
    UNDER_WAY("recovery under way"),
    /** The SA is being negotiated or has just been installed; a DELETE would end it. */
    NEGOTIATING("wait"),
    /** Without IKE SA and without the command. */
    OFF("nothing, recovery is off"),
    /** Nothing in the configuration names the peer. */
    UNKNOWN_PEER("nothing, peer not known statically"),
    /** Something else looks after the peer. */
    NOT_APPLICABLE("not applicable"),
    /** Too many attempts. */
    LIMITED("nothing, limited"),
    /** IKE did not come about. */
    FAILED("IKE failed"),
    /** Not ESP. */
    NOT_ESP("nothing, not ESP");

    private final String text;

    Decision(final String text) {
        this.text = text;
    }

    /** In words. */
    public String text() {
        return text;
    }
}
