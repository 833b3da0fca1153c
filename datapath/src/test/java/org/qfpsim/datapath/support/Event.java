package org.qfpsim.datapath.support;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.feature.Verdict;

/**
 * What became of one frame.
 *
 * @param arrival    its place in the order of arrival.
 * @param verdict    the final verdict.
 * @param completing place of the frame that completed the datagram of a fragment, or -1.
 * @param packet     the forwarded packet before any rewriting; null for other verdicts.
 */
public record Event(long arrival, int verdict, long completing, byte @Nullable [] packet) {
    @Override
    public boolean equals(final Object other) {
        return other instanceof Event(long otherArrival, int otherVerdict, long otherCompleting, byte[] otherPacket)
            && arrival == otherArrival && verdict == otherVerdict && completing == otherCompleting
            && Arrays.equals(packet, otherPacket);
    }

    @Override
    public int hashCode() {
        return Objects.hash(arrival, verdict, completing, Arrays.hashCode(packet));
    }

    @Override
    public String toString() {
        return "#" + arrival + " " + text(verdict) + (completing < 0 ? "" : " with #" + completing)
            + (packet == null ? "" : " " + packet.length + " octets " + Arrays.hashCode(packet));
    }

    /** A verdict in words. */
    public static String text(final int verdict) {
        final String kind = switch (Verdict.kind(verdict)) {
            case Verdict.FORWARD -> "forward";
            case Verdict.DROP_IPSEC -> "ipsec-drop";
            case Verdict.DROP_GLOBAL -> "global-drop";
            case Verdict.PUNT -> "punt";
            case Verdict.CONSUME -> "consume";
            case Verdict.PROTECT -> "protect";
            default -> "verdict-" + Verdict.kind(verdict);
        };
        return kind + " " + Verdict.number(verdict);
    }
}
