package org.qfpsim.controlplane.ike.v2.wire;

import java.util.List;

/**
 * A set of algorithms to choose from (RFC 7296 section 3.3.1).
 *
 * @param number     1 for the first one.
 * @param protocol   {@link #IKE} or {@link #ESP}; others are read and never chosen.
 * @param spi        the sender's SPI: empty, 4 or 8 octets.
 * @param transforms in the order of preference within each type.
 */
public record Proposal(int number, int protocol, byte[] spi, List<Transform> transforms) {
    /** Protocol IKE. */
    public static final int IKE = 1;
    /** Protocol ESP. */
    public static final int ESP = 3;

    /** Copies the list. */
    public Proposal {
        transforms = List.copyOf(transforms);
    }

    /**
     * The transforms of a type.
     *
     * @param type such as {@link Transform#GROUP}.
     * @return in their order.
     */
    public List<Transform> of(final int type) {
        return transforms.stream().filter(transform -> transform.type() == type).toList();
    }
}
