package org.qfpsim.controlplane.sadb;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * All that is known of one IPsec SA.
 *
 * @param direction    to us or to the peer.
 * @param path         addresses and ports, as seen from here; ports are those of ESP in UDP if {@code udp}, else of IKE, or 0.
 * @param udp          whether ESP travels in UDP (RFC 3948).
 * @param inboundSpi   our SPI of the pair.
 * @param outboundSpi  the peer's.
 * @param suite        the algorithms.
 * @param mode         tunnel or transport.
 * @param esn          whether sequence numbers are extended.
 * @param replayWindow packets; 0 is off.
 * @param keys         of this direction.
 * @param selector     as a packet leaves: our side is the source, also in the record of the inbound SA.
 * @param life         lifetimes.
 * @param identity     who the peer has proved to be; null for an SA that was keyed by hand.
 * @param origin       how it came to be.
 * @param policy       the configuration that it belongs to: a crypto map's name and number, or a tunnel's; at most 128 octets of UTF-8.
 * @param status       what has become of it.
 * @param sequence     outbound: the highest number sent when it was noted; a restored SA goes on far behind it, since a number
 *                     that is used twice would break AES-GCM. Inbound: the highest number received when it was noted.
 * @param opening      of the database, in which this was written; {@link SaDatabase#put} sets it.
 */
public record SaRecord(Direction direction, IkePath path, boolean udp, int inboundSpi, int outboundSpi, EspSuite suite, SaSpec.Mode mode,
                       boolean esn, int replayWindow, EspKeys keys, TrafficSelector selector, Life life, @Nullable IkeIdentity identity,
                       Origin origin, String policy, Status status, long sequence, long opening) {
    /** Longest name of a configuration and longest reason, in octets of UTF-8. */
    public static final int MAX_TEXT = 128;
    /** Longest identity, in octets. */
    public static final int MAX_IDENTITY = 255;

    private static final int MAX_PORT = 65535;

    /** Which way packets go. */
    public enum Direction {
        /** To us. */
        INBOUND,
        /** To the peer. */
        OUTBOUND
    }

    /** What has become of an SA. On disk a state is its place in this list: new ones go to the end. */
    public enum State {
        /** Negotiated; nothing leaves through it before the exchange is complete. */
        PENDING,
        /** In use. */
        ACTIVE,
        /** Another one has replaced it; it still takes what is on its way. */
        REKEYED,
        /** The peer or an operator has ended it. */
        DELETED,
        /** Its time or volume is over. */
        EXPIRED;

        /** Whether packets may still pass. */
        public boolean alive() {
            return this == PENDING || this == ACTIVE || this == REKEYED;
        }
    }

    /**
     * Lifetimes. Times are nanoseconds since 1970 by the router's clock, so that they outlast it.
     *
     * @param seconds      as agreed; 0 means no limit.
     * @param kilobytes    as agreed; 0 means no limit.
     * @param createdNanos when it was installed.
     * @param softNanos    when its successor is asked for; {@link Long#MAX_VALUE} means never.
     * @param hardNanos    when it ends; {@link Long#MAX_VALUE} means never.
     */
    public record Life(long seconds, long kilobytes, long createdNanos, long softNanos, long hardNanos) {
        /** Checks ranges. */
        public Life {
            if (seconds < 0 || kilobytes < 0) {
                throw new IllegalArgumentException("lifetime of " + seconds + " s and " + kilobytes + " KB is less than 0");
            }
        }
    }

    /**
     * How an SA came to be.
     *
     * @param ikeVersion 1 or 2; 0 if its keys were configured.
     * @param initiator  whether we asked for it.
     * @param replaces   our SPI of the SA that it has replaced, or null.
     */
    public record Origin(int ikeVersion, boolean initiator, @Nullable Integer replaces) {
        /** Keys from the configuration ({@code ipsec-manual}). */
        public static final Origin MANUAL = new Origin(0, false, null);

        /** Checks the version. */
        public Origin {
            if (ikeVersion < 0 || ikeVersion > 2) {
                throw new IllegalArgumentException("IKE version " + ikeVersion + " is not within 0 to 2");
            }
        }
    }

    /**
     * What has become of an SA, since when and why.
     *
     * @param state        the state.
     * @param changedNanos since when, nanoseconds since 1970.
     * @param reason       why, in words; at most 128 octets of UTF-8; empty if nothing has happened.
     */
    public record Status(State state, long changedNanos, String reason) {
        /** Checks the length. */
        public Status {
            checkText("reason", reason);
        }
    }

    /** Checks ranges and lengths. */
    public SaRecord {
        keys.validate(suite);
        checkText("policy", policy);
        if (path.local().v6() != path.remote().v6()) {
            throw new IllegalArgumentException("local and remote address are of different families");
        }
        if (path.localPort() < 0 || path.localPort() > MAX_PORT || path.remotePort() < 0 || path.remotePort() > MAX_PORT) {
            throw new IllegalArgumentException("a port is not within 0 to " + MAX_PORT);
        }
        if (replayWindow < 0 || replayWindow > SaSpec.MAX_REPLAY_WINDOW) {
            throw new IllegalArgumentException("replay window " + replayWindow + " is not within 0 to " + SaSpec.MAX_REPLAY_WINDOW);
        }
        if (identity != null && (identity.type() < 0 || identity.type() > MAX_IDENTITY || identity.value().length > MAX_IDENTITY)) {
            throw new IllegalArgumentException("identity has type " + identity.type() + " and " + identity.value().length
                + " octets; both are at most " + MAX_IDENTITY);
        }
    }

    /**
     * The two records of a pair that IKE has negotiated.
     *
     * @param child        the pair.
     * @param identity     of the peer.
     * @param life         lifetimes.
     * @param outboundUsed whether packets leave through it already.
     * @return inbound and outbound.
     */
    public static List<SaRecord> pair(final ChildSa child, final IkeIdentity identity, final Life life, final boolean outboundUsed) {
        final Origin origin = new Origin(child.policy().version(), child.initiator(), child.replaces());
        return List.of(
            of(child, Direction.INBOUND, child.inboundKeys(), life, identity, origin, State.ACTIVE),
            of(child, Direction.OUTBOUND, child.outboundKeys(), life, identity, origin, outboundUsed ? State.ACTIVE : State.PENDING));
    }

    private static SaRecord of(final ChildSa child, final Direction direction, final EspKeys keys, final Life life,
                               final IkeIdentity identity, final Origin origin, final State state) {
        return new SaRecord(direction, child.path(), child.udp(), child.inboundSpi(), child.outboundSpi(), child.suite(), child.mode(),
            child.esn(), child.policy().replayWindow(), keys, child.selector(), life, identity, origin, child.policy().name(),
            new Status(state, life.createdNanos(), ""), 0, 0);
    }

    /** What it is found by. */
    public SaKey key() {
        return new SaKey(path.local(), inboundSpi, direction);
    }

    /** The SPI that its packets carry: ours if they come to us, else the peer's. */
    public int spi() {
        return direction == Direction.INBOUND ? inboundSpi : outboundSpi;
    }

    /**
     * The same SA in another state.
     *
     * @param other the state, since when and why.
     * @return the changed copy.
     */
    public SaRecord withStatus(final Status other) {
        return new SaRecord(direction, path, udp, inboundSpi, outboundSpi, suite, mode, esn, replayWindow, keys, selector, life, identity,
            origin, policy, other, sequence, opening);
    }

    /**
     * The same SA with another remote address or port; the local address must stay, as the record is found by it.
     *
     * @param other the path.
     * @return the changed copy.
     */
    public SaRecord withPath(final IkePath other) {
        return new SaRecord(direction, other, udp, inboundSpi, outboundSpi, suite, mode, esn, replayWindow, keys, selector, life, identity,
            origin, policy, status, sequence, opening);
    }

    /**
     * The same SA with another note of its sequence numbers.
     *
     * @param other the number.
     * @return the changed copy.
     */
    public SaRecord withSequence(final long other) {
        return new SaRecord(direction, path, udp, inboundSpi, outboundSpi, suite, mode, esn, replayWindow, keys, selector, life, identity,
            origin, policy, status, other, opening);
    }

    SaRecord withOpening(final long other) {
        return new SaRecord(direction, path, udp, inboundSpi, outboundSpi, suite, mode, esn, replayWindow, keys, selector, life, identity,
            origin, policy, status, sequence, other);
    }

    private static void checkText(final String field, final String text) {
        final int octets = text.getBytes(StandardCharsets.UTF_8).length;
        if (octets > MAX_TEXT) {
            throw new IllegalArgumentException(field + " has " + octets + " octets, at most " + MAX_TEXT + " are kept");
        }
    }
}
