package org.qfpsim.datapath.route;

import org.qfpsim.datapath.packet.IpAddress;

/**
 * Something that the datapath tells the control plane: no packet, but what happened, where, and how often since it was last told.
 *
 * @param kind            what happened.
 * @param source          source of the packet; for {@link Kind#NEIGHBOR_WANTED} our own is not named: zero.
 * @param destination     its destination; the neighbour of {@link Kind#NEIGHBOR_WANTED}.
 * @param protocol        protocol behind its IP header: 50, or 17 with NAT-T.
 * @param spi             SPI as on the wire; 0 if there is none.
 * @param sourcePort      UDP port of ESP in UDP; 0 otherwise.
 * @param destinationPort UDP port of ESP in UDP; 0 otherwise.
 * @param interfaceIndex  where it came in, or for an outbound packet where it was to leave.
 * @param flow            of the SA or the policy, or {@link RoutedConfig#NO_FLOW}.
 * @param count           packets since it was last told, from 1.
 * @param firstNanos      time of the first of all packets of this entry.
 * @param lastNanos       time of the last.
 * @param sequence        sequence number of the last packet, for {@link Kind#REPLAY}, {@link Kind#BAD_ICV} and
 *                        {@link Kind#SEQUENCE_OVERFLOW}.
 */
public record Notification(Kind kind, IpAddress source, IpAddress destination, int protocol, int spi, int sourcePort,
                           int destinationPort, int interfaceIndex, int flow, long count, long firstNanos, long lastNanos,
                           long sequence) {
    /** What can happen; numbers as in the platform's messages where it has one. */
    public enum Kind {
        /** A packet to us with an SPI that no SA has (message 53). */
        UNKNOWN_SPI(53),
        /** A packet met a policy without SA (message 36): IKE is wanted. */
        NO_SA(36),
        /** The soft volume limit of an SA has passed (message 40). */
        SOFT_EXPIRY(40),
        /** A packet met an SA whose time or volume is used up (messages 39 and 40). */
        HARD_EXPIRY(40),
        /** The sequence number of an outbound SA is nearly used up, or is (message 54). */
        SEQUENCE_OVERFLOW(54),
        /** A neighbour's Ethernet address is wanted. */
        NEIGHBOR_WANTED(0),
        /** The replay window refused a packet. */
        REPLAY(0),
        /** The integrity check of a packet failed. */
        BAD_ICV(0),
        /** A clear packet that should have come through an SA. */
        NOT_PROTECTED(0),
        /** Packets of many entries together, for which there was no room: only the count and the times mean something. */
        OVERFLOW(0);

        private final int message;

        Kind(final int message) {
            this.message = message;
        }

        /** Number of the platform's message, or 0. */
        public int message() {
            return message;
        }
    }
}
