package org.qfpsim.datapath.packet;

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Off-heap packet memory as the packet path reads it: by plain addresses, so that the compiler keeps what it knows in registers, which a
 * general buffer, that may as well be a heap array, does not let it. Numbers are in the byte order of the machine; network order is
 * {@link Net}'s.
 *
 * <p>Offsets are longs: the compiler may not fold the sum of an {@code int} offset and a constant into an address, since it could wrap
 * around, and would add up one register for each field; a {@code long} offset costs nothing (docs/performance-log.md, attempt 14).
 *
 * <p>Bounds are assertions: every test runs with them, the program without. A feature must therefore have compared a position with the
 * frame's length before it reads there; that is its own duty, and no exception's.
 */
public final class PacketMemory {
    private final UnsafeBuffer buffer;
    private final long base;
    private final int capacity;

    /**
     * Looks at a buffer.
     *
     * @param buffer off heap; stays where it is for as long as this is used.
     */
    public PacketMemory(final UnsafeBuffer buffer) {
        if (buffer.byteArray() != null) {
            throw new IllegalArgumentException("packet memory is off heap");
        }
        this.buffer = buffer;
        base = buffer.addressOffset();
        capacity = buffer.capacity();
    }

    /** The same memory, checked, for everything that is not done to every packet. */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * The address of an octet.
     *
     * @param index its offset.
     * @return the address.
     */
    public long address(final long index) {
        assert within(index, 1);
        return base + index;
    }

    /**
     * Reads an octet.
     *
     * @param index offset.
     * @return -128 to 127.
     */
    public byte getByte(final long index) {
        assert within(index, Byte.BYTES);
        return UnsafeApi.getByte(base + index);
    }

    /**
     * Writes an octet.
     *
     * @param index offset.
     * @param value the octet.
     */
    public void putByte(final long index, final byte value) {
        assert within(index, Byte.BYTES);
        UnsafeApi.putByte(base + index, value);
    }

    /**
     * Reads 16 bits.
     *
     * @param index offset.
     * @return the number.
     */
    public short getShort(final long index) {
        assert within(index, Short.BYTES);
        return UnsafeApi.getShort(base + index);
    }

    /**
     * Reads 32 bits.
     *
     * @param index offset.
     * @return the number.
     */
    public int getInt(final long index) {
        assert within(index, Integer.BYTES);
        return UnsafeApi.getInt(base + index);
    }

    /**
     * Writes 32 bits.
     *
     * @param index offset.
     * @param value the number.
     */
    public void putInt(final long index, final int value) {
        assert within(index, Integer.BYTES);
        UnsafeApi.putInt(base + index, value);
    }

    /**
     * Reads 64 bits.
     *
     * @param index offset.
     * @return the number.
     */
    public long getLong(final long index) {
        assert within(index, Long.BYTES);
        return UnsafeApi.getLong(base + index);
    }

    /**
     * Writes 64 bits.
     *
     * @param index offset.
     * @param value the number.
     */
    public void putLong(final long index, final long value) {
        assert within(index, Long.BYTES);
        UnsafeApi.putLong(base + index, value);
    }

    /**
     * Copies octets in. Copying short frames by words was tried three times and is no faster (docs/performance-log.md, attempt 21).
     *
     * @param index  where to.
     * @param source where from.
     * @param offset its first octet.
     * @param length octets.
     */
    public void copyIn(final long index, final DirectBuffer source, final int offset, final int length) {
        if (source.byteArray() != null) {
            buffer.putBytes((int) index, source, offset, length);
            return;
        }
        assert within(index, length) && offset >= 0 && offset <= source.capacity() - length;
        UnsafeApi.copyMemory(source.addressOffset() + offset, base + index, length);
    }

    /**
     * Copies octets in from anywhere off heap.
     *
     * @param index   where to.
     * @param address where from.
     * @param length  octets.
     */
    public void copyIn(final long index, final long address, final int length) {
        assert within(index, length);
        UnsafeApi.copyMemory(address, base + index, length);
    }

    /**
     * The same for a few words, without the fixed cost of copying any number.
     *
     * @param index   where to.
     * @param address where from.
     * @param length  octets, a multiple of eight.
     */
    public void copyWordsIn(final long index, final long address, final int length) {
        assert within(index, length);
        for (int i = 0; i < length; i += Long.BYTES) {
            UnsafeApi.putLong(base + index + i, UnsafeApi.getLong(address + i));
        }
    }

    private boolean within(final long index, final int length) {
        return index >= 0 && index <= capacity - length;
    }
}
