package org.qfpsim.datapath.trace;

import java.util.List;
import org.qfpsim.datapath.sa.PolicyRule;

/**
 * What an embedded packet capture takes ({@code monitor capture}).
 *
 * @param points      interfaces and directions.
 * @param filter      first match wins, {@code BYPASS} is taken; what no rule covers is not.
 * @param all         whether everything is taken, IP or not, and the filter does not count.
 * @param bufferBytes room for packets, {@value #MIN_BUFFER} to {@value #MAX_BUFFER} octets.
 * @param circular    whether the oldest packets make room; otherwise the capture ends when there is none.
 * @param packets     most packets, or {@link #NO_LIMIT}.
 * @param nanos       longest time from its start on, or {@link #NO_LIMIT}.
 * @param packetBytes most octets of a packet that are kept, {@value #MIN_PACKET} to {@value #MAX_PACKET}.
 * @param perSecond   most packets a second, or {@link #NO_LIMIT}.
 * @param start       time of its start, on the packets' clock.
 */
public record CaptureSpec(List<Point> points, List<PolicyRule> filter, boolean all, int bufferBytes, boolean circular, long packets,
                          long nanos, int packetBytes, int perSecond, long start) {
    /** No limit. */
    public static final int NO_LIMIT = 0;
    /** Smallest buffer. */
    public static final int MIN_BUFFER = 1 << 16;
    /** Largest buffer. */
    public static final int MAX_BUFFER = 100 << 20;
    /** Least octets of a packet. */
    public static final int MIN_PACKET = 64;
    /** Most octets of a packet. */
    public static final int MAX_PACKET = 9500;

    /**
     * Where packets are taken.
     *
     * @param interfaceIndex an interface.
     * @param direction      as they come in, leave, or both.
     */
    public record Point(int interfaceIndex, Direction direction) {
    }

    /** Copies the lists and checks every range. */
    public CaptureSpec {
        points = List.copyOf(points);
        filter = List.copyOf(filter);
        if (bufferBytes < MIN_BUFFER || bufferBytes > MAX_BUFFER || packetBytes < MIN_PACKET || packetBytes > MAX_PACKET
            || packets < 0 || nanos < 0 || perSecond < 0) {
            throw new IllegalArgumentException("buffer of " + bufferBytes + " octets, " + packetBytes + " octets of a packet, " + packets
                + " packets, " + nanos + " ns, " + perSecond + " packets/s: one of them is out of range");
        }
    }

    boolean in() {
        return points.stream().anyMatch(point -> point.direction().in());
    }
}
