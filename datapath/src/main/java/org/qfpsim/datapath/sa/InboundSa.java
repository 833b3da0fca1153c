package org.qfpsim.datapath.sa;

import static org.agrona.UnsafeApi.getInt;
import static org.agrona.UnsafeApi.getLong;
import static org.agrona.UnsafeApi.putInt;
import static org.agrona.UnsafeApi.putLong;

/**
 * The hot record of an inbound SA: 320 octets off heap, addressed by a long that the {@link SaTable} hands out. The first cache line is
 * written once at installation; the second and the counters are written by gather alone, engines only read them for a first guess. The
 * second has all that gather needs for a packet in order.
 *
 * <pre>
 *    0 valid from (8)    arrival position of the first packet that may use it
 *    8 valid until (8)   arrival position of the first packet that may not; written by the dispatcher when it is retired
 *   16 key handle (8)    24 hard expiry, nanoseconds (8)
 *   32 addresses (8)    of the only selector, if {@link #FLAG_COMMON}; see {@link #coversAddresses}     56 their mask (8)
 *   40 transform (4)     44 flags (4)     48 number (4), dense, for reports     52 IV, ICV, block, outer octets (1 each)
 *  ---- gather ----
 *   64 top (8)           highest authenticated sequence number, 64 bits
 *   72 bitmap (16)       of a 64-packet window; larger ones are elsewhere
 *   88 packets (8)       96 bytes (8)     104 bitmap address (8)
 *  112 selector count (4)     116 SPI (4)     120 window (4)     124 whether the volume is limited (4)
 *  128 first selector (80)
 *  208 soft bytes (8)    216 hard bytes (8)     224 replay drops (8)     232 ICV drops (8)     240 table key (8)
 *  248 invalid from (8)  arrival position from which the control plane has marked it invalid; written by the dispatcher
 *  256 previous version under the same key (8), 0 = none     264 selectors (8)     address; the first is in the record itself
 *  272 soft expiry told (4)
 * </pre>
 */
public final class InboundSa {
    /** Octets of a record. */
    public static final int BYTES = 320;

    /** Flag: extended sequence numbers. */
    public static final int FLAG_ESN = 1;
    /** Flag: tunnel mode is accepted. */
    public static final int FLAG_TUNNEL = 2;
    /** Flag: transport mode is accepted. */
    public static final int FLAG_TRANSPORT = 4;
    /** Flag: ESP directly in IP is accepted. */
    public static final int FLAG_RAW = 8;
    /** Flag: ESP in UDP is accepted. */
    public static final int FLAG_UDP = 16;

    /** Flag: the volume of this SA is limited; without it nobody looks at the limits. */
    public static final int FLAG_VOLUME = 32;
    /** Flag: there is a position from which the SA is invalid; without it nobody looks at it. Set by the dispatcher. */
    public static final int FLAG_INVALIDATED = 64;

    /** Flag: the selectors look at addresses only. */
    public static final int FLAG_ANY_PROTOCOL = 128;

    /** Flag: tunnel mode, and all selectors there are is one of IPv4 addresses, or none: see {@link #coversAddresses}. */
    public static final int FLAG_COMMON = 256;

    static final int VALID_FROM = 0;
    static final int VALID_UNTIL = 8;
    static final int KEY = 16;
    static final int HARD_NANOS = 24;
    static final int ADDRESSES = 32;
    static final int TRANSFORM = 40;
    static final int FLAGS = 44;
    static final int NUMBER = 48;
    static final int SIZES = 52;
    static final int ADDRESS_MASK = 56;
    static final int TOP = 64;
    static final int BITMAP = 72;
    static final int PACKETS = 88;
    static final int OCTETS = 96;
    static final int BITMAP_ADDRESS = 104;
    static final int SELECTOR_COUNT = 112;
    static final int SPI = 116;
    static final int WINDOW = 120;
    static final int LIMITED = 124;
    static final int FIRST_SELECTOR = 128;
    static final int SOFT_BYTES = 208;
    static final int HARD_BYTES = 216;
    static final int REPLAY_DROPS = 224;
    static final int ICV_DROPS = 232;
    static final int TABLE_KEY = 240;
    static final int INVALID_FROM = 248;
    static final int PREVIOUS = 256;
    static final int SELECTORS = 264;
    static final int SOFT_TOLD = 272;

    private InboundSa() {
    }

    /**
     * Whether a packet may use this version of the SA.
     *
     * @param sa      the record.
     * @param arrival the packet's position.
     * @return true within the record's epoch.
     */
    public static boolean validAt(final long sa, final long arrival) {
        return arrival >= getLong(sa + VALID_FROM) && arrival < getLong(sa + VALID_UNTIL);
    }

    /**
     * Whether the control plane had marked the SA invalid when a packet arrived (types 1 and 9).
     *
     * @param sa      the record.
     * @param arrival the packet's position.
     * @return true if the packet must not use it.
     */
    public static boolean invalidAt(final long sa, final long arrival) {
        return (getInt(sa + FLAGS) & FLAG_INVALIDATED) != 0 && arrival >= getLong(sa + INVALID_FROM);
    }

    /**
     * The version of the SA that this one replaced under the same SPI.
     *
     * @param sa the record.
     * @return its record, or 0.
     */
    public static long previous(final long sa) {
        return getLong(sa + PREVIOUS);
    }

    /**
     * The backend's handle of the keys.
     *
     * @param sa the record.
     * @return the handle.
     */
    public static long keyHandle(final long sa) {
        return getLong(sa + KEY);
    }

    /**
     * The number of the transform that opens this SA's packets, see {@link Transforms}.
     *
     * @param sa the record.
     * @return the number.
     */
    public static int transform(final long sa) {
        return getInt(sa + TRANSFORM);
    }

    /**
     * The flags.
     *
     * @param sa the record.
     * @return an OR of the FLAG constants.
     */
    public static int flags(final long sa) {
        return getInt(sa + FLAGS);
    }

    /**
     * When the SA expires.
     *
     * @param sa the record.
     * @return nanoseconds on the packets' clock.
     */
    public static long hardNanos(final long sa) {
        return getLong(sa + HARD_NANOS);
    }

    /**
     * The size of the replay window.
     *
     * @param sa the record.
     * @return packets; 0 means no replay check.
     */
    public static int window(final long sa) {
        return getInt(sa + WINDOW);
    }

    /**
     * The size of the replay window of an SA whose volume is not limited.
     *
     * @param sa the record.
     * @return packets; 0 without a replay check, or with a limit.
     */
    public static int unlimitedWindow(final long sa) {
        // Window and limit in one: the one behind the other.
        final long both = getLong(sa + WINDOW);
        return both == (int) both ? (int) both : 0;
    }

    /**
     * The sizes that the packet layout depends on, in one number; see {@link #ivBytes}, {@link #icvBytes}, {@link #blockBytes} and
     * {@link #outerBytes}.
     *
     * @param sa the record.
     * @return the packed sizes.
     */
    public static int sizes(final long sa) {
        return getInt(sa + SIZES);
    }

    /**
     * Compares the addresses of an IPv4 packet with the only selector of an SA with {@link #FLAG_COMMON}; without any, all are covered.
     *
     * @param sa        the record.
     * @param addresses the eight octets of both addresses as they are in the header, read in the byte order of the machine.
     * @return whether the selector covers them.
     */
    public static boolean coversAddresses(final long sa, final long addresses) {
        return ((addresses ^ getLong(sa + ADDRESSES)) & getLong(sa + ADDRESS_MASK)) == 0;
    }

    /**
     * Octets of the IV.
     *
     * @param sizes from {@link #sizes}.
     * @return 0 to 16.
     */
    public static int ivBytes(final int sizes) {
        return sizes & 0xff;
    }

    /**
     * Octets of the ICV.
     *
     * @param sizes from {@link #sizes}.
     * @return 0 to 32.
     */
    public static int icvBytes(final int sizes) {
        return sizes >>> 8 & 0xff;
    }

    /**
     * The ciphertext must be a multiple of this.
     *
     * @param sizes from {@link #sizes}.
     * @return octets, a power of two.
     */
    public static int blockBytes(final int sizes) {
        return sizes >>> 16 & 0xff;
    }

    /**
     * What is around the ciphertext in IPv4 without options: its header, SPI and sequence number, IV and ICV.
     *
     * @param sizes from {@link #sizes}.
     * @return octets.
     */
    public static int outerBytes(final int sizes) {
        return sizes >>> 24;
    }

    /**
     * Address of the selectors.
     *
     * @param sa the record.
     * @return the address for {@link Selectors#match}.
     */
    public static long selectors(final long sa) {
        return getLong(sa + SELECTORS);
    }

    /**
     * How many selectors there are.
     *
     * @param sa the record.
     * @return 0 means that anything may come out.
     */
    public static int selectorCount(final long sa) {
        return getInt(sa + SELECTOR_COUNT);
    }

    /**
     * The dense number of the SA.
     *
     * @param sa the record.
     * @return an index into {@link SaInstaller#installed}.
     */
    public static int number(final long sa) {
        return getInt(sa + NUMBER);
    }

    /**
     * Highest authenticated sequence number.
     *
     * @param sa the record.
     * @return 64 bits; the high half is 0 without ESN.
     */
    public static long top(final long sa) {
        return getLong(sa + TOP);
    }

    /**
     * Packets that came out.
     *
     * @param sa the record.
     * @return packets.
     */
    public static long packets(final long sa) {
        return getLong(sa + PACKETS);
    }

    /**
     * Octets of the packets that came out.
     *
     * @param sa the record.
     * @return octets.
     */
    public static long octets(final long sa) {
        return getLong(sa + OCTETS);
    }

    /**
     * Packets that the replay window refused.
     *
     * @param sa the record.
     * @return packets.
     */
    public static long replayDrops(final long sa) {
        return getLong(sa + REPLAY_DROPS);
    }

    /**
     * Packets whose integrity check failed.
     *
     * @param sa the record.
     * @return packets.
     */
    public static long icvDrops(final long sa) {
        return getLong(sa + ICV_DROPS);
    }

    /**
     * Whether the soft expiry was told.
     *
     * @param sa the record.
     * @return true once it was.
     */
    public static boolean softTold(final long sa) {
        return getInt(sa + SOFT_TOLD) != 0;
    }

    /**
     * Counts a packet refused by the replay window. Gather only.
     *
     * @param sa the record.
     */
    public static void countReplayDrop(final long sa) {
        putLong(sa + REPLAY_DROPS, getLong(sa + REPLAY_DROPS) + 1);
    }

    /**
     * Counts packets whose integrity check failed. Gather only.
     *
     * @param sa      the record.
     * @param packets how many.
     */
    public static void countIcvDrops(final long sa, final int packets) {
        putLong(sa + ICV_DROPS, getLong(sa + ICV_DROPS) + packets);
    }

    /**
     * Counts an authentic packet. Gather only.
     *
     * @param sa     the record.
     * @param octets of the packet that came out.
     */
    public static void count(final long sa, final int octets) {
        count(sa, 1, octets);
    }

    /**
     * Counts authentic packets. Gather only.
     *
     * @param sa      the record.
     * @param packets how many.
     * @param octets  of what came out of all of them.
     */
    public static void count(final long sa, final int packets, final long octets) {
        putLong(sa + PACKETS, getLong(sa + PACKETS) + packets);
        putLong(sa + OCTETS, getLong(sa + OCTETS) + octets);
    }

    /**
     * Whether the volume limit is used up (RFC 4301 section 4.4.2.1). Gather only.
     *
     * @param sa the record.
     * @return true if no further packet may pass.
     */
    public static boolean volumeExpired(final long sa) {
        if ((getInt(sa + FLAGS) & FLAG_VOLUME) == 0) {
            return false;
        }
        final long hard = getLong(sa + HARD_BYTES);
        return hard != 0 && getLong(sa + OCTETS) >= hard;
    }

    /**
     * Whether this packet is the one that carries the soft expiry notification: true once. Gather only.
     *
     * @param sa the record.
     * @return true for the first packet beyond the soft limit.
     */
    public static boolean tellSoftExpiry(final long sa) {
        if ((getInt(sa + FLAGS) & FLAG_VOLUME) == 0) {
            return false;
        }
        final long soft = getLong(sa + SOFT_BYTES);
        if (soft == 0 || getInt(sa + SOFT_TOLD) != 0 || getLong(sa + OCTETS) < soft) {
            return false;
        }
        putInt(sa + SOFT_TOLD, 1);
        return true;
    }
}
