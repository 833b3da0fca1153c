package org.qfpsim.controlplane.ike.v1;

/**
 * What IOS does by itself and the configuration does not say.
 *
 * @param natTraversal       whether NAT traversal is offered ({@code crypto ipsec nat-transparency udp-encapsulation}).
 * @param retransmitSeconds  between retransmissions.
 * @param attempts           retransmissions before an exchange has failed.
 * @param dpdAttempts        unanswered R-U-THEREs before a peer is dead.
 * @param rekeyMarginSeconds how long before an ISAKMP SA's end its initiator replaces it; a tenth of the lifetime if that is less.
 */
public record Ikev1Settings(boolean natTraversal, int retransmitSeconds, int attempts, int dpdAttempts, int rekeyMarginSeconds) {
    /** As IOS. */
    public static final Ikev1Settings DEFAULT = new Ikev1Settings(true, 10, 5, 5, 60);

    /** Checks the ranges. */
    public Ikev1Settings {
        if (retransmitSeconds < 1 || attempts < 0 || dpdAttempts < 0 || rekeyMarginSeconds < 0) {
            throw new IllegalArgumentException("times and attempts of IKEv1 are not negative; a retransmission takes a second or more");
        }
    }
}
