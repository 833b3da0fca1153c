package org.qfpsim.datapath.crypto.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/**
 * Reads and writes off-heap memory by absolute address. Nothing checks the addresses: a wrong one ends the process. Multi-octet
 * accesses need no alignment and use the byte order of the machine.
 */
public final class RawMemory {
    /** The whole address space as one segment, so that no segment is made per packet. */
    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final int CACHE_LINE = 64;
    private static final boolean BIG_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private RawMemory() {
    }

    /** Zeroed memory on a cache line of its own, as long-lived as the arena. */
    public static long allocate(final Arena arena, final long bytes) {
        return arena.allocate(bytes, CACHE_LINE).address();
    }

    /** Eight octets. */
    public static long getLong(final long address) {
        return UnsafeApi.getLong(address);
    }

    /** Stores eight octets. */
    public static void putLong(final long address, final long value) {
        UnsafeApi.putLong(address, value);
    }

    /** Stores eight octets, most significant first. */
    public static void putNetworkLong(final long address, final long value) {
        UnsafeApi.putLong(address, BIG_ENDIAN ? value : Long.reverseBytes(value));
    }

    /** Four octets. */
    public static int getInt(final long address) {
        return UnsafeApi.getInt(address);
    }

    /** Stores four octets. */
    public static void putInt(final long address, final int value) {
        UnsafeApi.putInt(address, value);
    }

    /** Stores four octets, most significant first. */
    public static void putNetworkInt(final long address, final int value) {
        UnsafeApi.putInt(address, BIG_ENDIAN ? value : Integer.reverseBytes(value));
    }

    /** One octet. */
    public static byte getByte(final long address) {
        return UnsafeApi.getByte(address);
    }

    /** Stores one octet. */
    public static void putByte(final long address, final int value) {
        UnsafeApi.putByte(address, (byte) value);
    }

    /** Copies octets between two places off heap. */
    public static void copy(final long from, final long to, final long bytes) {
        UnsafeApi.copyMemory(from, to, bytes);
    }

    /** Copies octets from a heap array to an address. */
    public static void write(final byte[] from, final int offset, final long to, final int bytes) {
        MemorySegment.copy(from, offset, ALL, ValueLayout.JAVA_BYTE, to, bytes);
    }

    /** Copies octets from an address into a heap array. */
    public static void read(final long from, final byte[] to, final int offset, final int bytes) {
        MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, from, to, offset, bytes);
    }

    /** Overwrites octets with zeros. */
    public static void erase(final long address, final long bytes) {
        ALL.asSlice(address, bytes).fill((byte) 0);
    }

    /**
     * Compares two integrity check values in a time that does not depend on where they differ.
     *
     * @param bytes a multiple of 4, at least 8.
     * @return whether all octets are equal.
     */
    public static boolean sameIcv(final long left, final long right, final int bytes) {
        // The last eight octets overlap those before them when there are 12: no loop for the sizes of combined modes.
        long difference = getLong(left) ^ getLong(right) | getLong(left + bytes - Long.BYTES) ^ getLong(right + bytes - Long.BYTES);
        for (int i = Long.BYTES; i < bytes - Long.BYTES; i += Long.BYTES) {
            difference |= getLong(left + i) ^ getLong(right + i);
        }
        return difference == 0;
    }

    /**
     * Copies the integrity check value of a combined mode.
     *
     * @param from  where it is.
     * @param to    where to.
     * @param bytes 8 to 16.
     */
    public static void copyIcv(final long from, final long to, final int bytes) {
        // As above: the last eight octets overlap those before them.
        final long last = getLong(from + bytes - Long.BYTES);
        putLong(to, getLong(from));
        putLong(to + bytes - Long.BYTES, last);
    }
}
