package org.qfpsim.datapath.sa;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * Everything that the datapath must know to install one SA, inbound or outbound.
 *
 * @param name            what reports call it.
 * @param spi             the SPI as it is on the wire.
 * @param source          the sender's outer address.
 * @param destination     the receiver's outer address: ours for an inbound SA.
 * @param mode            tunnel or transport.
 * @param suite           the algorithms.
 * @param keys            keys of the suite's lengths.
 * @param esn             whether extended sequence numbers are used (RFC 4303 section 2.2.1).
 * @param replayWindow    0 (off), or 64 to 4096, a power of two.
 * @param initialSequence the highest sequence number seen (inbound) or sent (outbound) so far.
 * @param udpEncap        the NAT-T port pair if ESP travels in UDP 4500 (RFC 3948), otherwise null.
 * @param selectors       what may come out of (or go into) this SA; empty means anything.
 * @param lifetime        when it expires.
 */
public record SaSpec(String name, int spi, IpAddress source, IpAddress destination, Mode mode, EspSuite suite, EspKeys keys, boolean esn,
                     int replayWindow, long initialSequence, @Nullable UdpEncap udpEncap, List<TrafficSelector> selectors,
                     Lifetime lifetime) {
    /** How ESP wraps the packet. */
    public enum Mode {
        /** A whole IP packet is inside (RFC 4303 section 3.1.2). */
        TUNNEL,
        /** The upper-layer payload is inside; the IP header stays outside. */
        TRANSPORT,
        /** Not known, as in Wireshark's table; inbound only: next header 4 and 41 mean tunnel, anything else transport. */
        ANY
    }

    /**
     * UDP ports of an encapsulated SA.
     *
     * @param sourcePort      the sender's port.
     * @param destinationPort the receiver's port, normally 4500.
     */
    public record UdpEncap(int sourcePort, int destinationPort) {
        /** Not known; inbound only: accepted with and without UDP. */
        public static final UdpEncap EITHER = new UdpEncap(0, 0);
    }

    /**
     * Limits of an SA's life.
     *
     * @param softBytes  a packet beyond this many payload octets notifies the control plane; 0 means no limit.
     * @param hardBytes  a packet beyond this many octets is dropped; 0 means no limit.
     * @param hardNanos  a packet that arrives at or after this time (same clock as the packets) is dropped; {@link Long#MAX_VALUE}
     *                   means no limit.
     */
    public record Lifetime(long softBytes, long hardBytes, long hardNanos) {
        /** An SA that does not expire by itself. */
        public static final Lifetime UNLIMITED = new Lifetime(0, 0, Long.MAX_VALUE);
    }

    /** The largest replay window. */
    public static final int MAX_REPLAY_WINDOW = 4096;

    /** Checks ranges and key lengths. */
    public SaSpec {
        keys.validate(suite);
        if (source.v6() != destination.v6()) {
            throw new IllegalArgumentException("SA " + name + ": source and destination are of different families");
        }
        if (replayWindow != 0 && (replayWindow < 64 || replayWindow > MAX_REPLAY_WINDOW || Integer.bitCount(replayWindow) != 1)) {
            throw new IllegalArgumentException(
                "replay_window " + replayWindow + " is not 0 or a power of two within 64 to " + MAX_REPLAY_WINDOW);
        }
        if (esn && replayWindow == 0) {
            // RFC 4303 section 3.3.3: without anti-replay the receiver cannot infer the high half.
            throw new IllegalArgumentException("esn needs a replay window");
        }
        if (!esn && initialSequence >>> 32 != 0) {
            throw new IllegalArgumentException("initial sequence 0x" + Long.toHexString(initialSequence) + " needs esn");
        }
        selectors = List.copyOf(selectors);
    }

    /**
     * The same SA with another lifetime.
     *
     * @param other the lifetime.
     * @return the changed copy.
     */
    public SaSpec withLifetime(final Lifetime other) {
        return new SaSpec(name, spi, source, destination, mode, suite, keys, esn, replayWindow, initialSequence, udpEncap,
            selectors, other);
    }
}
