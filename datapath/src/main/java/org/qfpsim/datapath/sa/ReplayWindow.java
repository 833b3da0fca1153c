package org.qfpsim.datapath.sa;

import static org.agrona.UnsafeApi.getInt;
import static org.agrona.UnsafeApi.getLong;
import static org.agrona.UnsafeApi.putLong;
import static org.agrona.UnsafeApi.setMemory;

/**
 * Anti-replay of an inbound SA (RFC 4303 section 3.4.3) with 64-bit sequence numbers (appendix A2), on the fields of {@link InboundSa}.
 *
 * <p>The bitmap is a ring of 64-bit words with one bit for each sequence number (RFC 6479): a power of two of words, more than the window
 * needs, so that moving the top clears whole words and shifts nothing. The window itself is exact to the packet.
 *
 * <p>Writer: gather. Engines call {@link #check} too, on values that may be behind; for an SA without ESN a refusal stays true then,
 * because the window only moves forward.
 */
public final class ReplayWindow {
    private static final int WORD_SHIFT = 6;

    private ReplayWindow() {
    }

    /**
     * Words of the bitmap for a window.
     *
     * @param window packets, a power of two from 64.
     * @return a power of two, at least window / 64 + 1.
     */
    public static int words(final int window) {
        return window >> WORD_SHIFT << 1;
    }

    /**
     * Infers the high half of a sequence number from the window (RFC 4303 appendix A2.1).
     *
     * @param sa     the record.
     * @param seqLow what the packet carries.
     * @return the high half; 0 without ESN.
     */
    public static int high(final long sa, final int seqLow) {
        if ((getInt(sa + InboundSa.FLAGS) & InboundSa.FLAG_ESN) == 0) {
            return 0;
        }
        return high(getLong(sa + InboundSa.TOP), getInt(sa + InboundSa.WINDOW), seqLow);
    }

    /**
     * The same of an SA with extended sequence numbers.
     *
     * @param top    of the window.
     * @param window its size.
     * @param seqLow what the packet carries.
     * @return the high half.
     */
    public static int high(final long top, final int window, final int seqLow) {
        final int topLow = (int) top;
        final int topHigh = (int) (top >>> 32);
        final int bottom = topLow - window + 1;
        final boolean atOrAboveBottom = Integer.compareUnsigned(seqLow, bottom) >= 0;
        if (Integer.compareUnsigned(topLow, window - 1) >= 0) {
            return atOrAboveBottom ? topHigh : topHigh + 1;
        }
        return atOrAboveBottom ? topHigh - 1 : topHigh;
    }

    /**
     * Whether a sequence number may be new.
     *
     * @param sa       the record.
     * @param sequence 64 bits.
     * @return false if it is left of the window, was seen before, or is 0, which no sender uses (section 3.3.3).
     */
    public static boolean check(final long sa, final long sequence) {
        final long top = getLong(sa + InboundSa.TOP);
        if (Long.compareUnsigned(sequence, top) > 0) {
            return true;
        }
        final int window = getInt(sa + InboundSa.WINDOW);
        if (window == 0) {
            return true;
        }
        if (top - sequence >= window || sequence == 0) {
            return false;
        }
        final long word = getLong(sa + InboundSa.BITMAP_ADDRESS) + wordOffset(sequence, window);
        return (getLong(word) >>> sequence & 1) == 0;
    }

    /**
     * Takes an authentic packet: marks it, and moves the window if it is the newest. Gather only.
     *
     * @param sa       the record.
     * @param sequence 64 bits.
     * @return false, and nothing is changed, if {@link #check} would refuse it.
     */
    public static boolean accept(final long sa, final long sequence) {
        final int window = getInt(sa + InboundSa.WINDOW);
        final long top = getLong(sa + InboundSa.TOP);
        final boolean newest = Long.compareUnsigned(sequence, top) > 0;
        if (window != 0) {
            final long bitmap = getLong(sa + InboundSa.BITMAP_ADDRESS);
            if (newest) {
                clear(bitmap, window, top, sequence);
            } else if (top - sequence >= window || sequence == 0) {
                return false;
            }
            final long word = bitmap + wordOffset(sequence, window);
            final long seen = getLong(word);
            if (!newest && (seen >>> sequence & 1) != 0) {
                return false;
            }
            putLong(word, seen | 1L << sequence);
        }
        if (newest) {
            putLong(sa + InboundSa.TOP, sequence);
        }
        return true;
    }

    /**
     * Takes authentic packets that came in order: what {@link #accept} would do for every number from the one behind the top on. Gather
     * only.
     *
     * @param sa   the record.
     * @param last the last of them, above the top.
     */
    public static void acceptInOrder(final long sa, final long last) {
        final int window = getInt(sa + InboundSa.WINDOW);
        final long top = getLong(sa + InboundSa.TOP);
        if (window != 0) {
            final long bitmap = getLong(sa + InboundSa.BITMAP_ADDRESS);
            // Numbers that are older than the bitmap is long have left it again.
            long next = Math.max(top + 1, (last >>> WORD_SHIFT) - words(window) + 1 << WORD_SHIFT);
            while (next <= last) {
                final long end = Math.min(last, next | Long.SIZE - 1);
                final long word = bitmap + wordOffset(next, window);
                final long seen = -1L >>> Long.SIZE - 1 - (end - next) << next;
                // What is in a word that the window moves into is of numbers long ago.
                putLong(word, (next & Long.SIZE - 1) == 0 ? seen : getLong(word) | seen);
                next = end + 1;
            }
        }
        putLong(sa + InboundSa.TOP, last);
    }

    /**
     * Takes one authentic packet, the next one: what {@link #accept} would do. Gather only.
     *
     * @param sa     the record.
     * @param number the one behind the top.
     * @param window its size, above 0.
     */
    public static void acceptNext(final long sa, final long number, final int window) {
        final long word = getLong(sa + InboundSa.BITMAP_ADDRESS) + wordOffset(number, window);
        putLong(word, (number & Long.SIZE - 1) == 0 ? 1 : getLong(word) | 1L << number);
        putLong(sa + InboundSa.TOP, number);
    }

    /** Clears the words that the window moves into. */
    private static void clear(final long bitmap, final int window, final long top, final long sequence) {
        final int words = words(window);
        final long steps = (sequence >>> WORD_SHIFT) - (top >>> WORD_SHIFT);
        if (steps >= words) {
            setMemory(bitmap, (long) words << 3, (byte) 0);
            return;
        }
        for (long i = 1; i <= steps; i++) {
            putLong(bitmap + wordOffset(top + (i << WORD_SHIFT), window), 0);
        }
    }

    private static long wordOffset(final long sequence, final int window) {
        return (sequence >>> WORD_SHIFT & words(window) - 1) << 3;
    }
}
