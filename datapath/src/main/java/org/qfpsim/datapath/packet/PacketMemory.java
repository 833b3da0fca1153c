package org.qfpsim.datapath.packet;

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Off-heap packet memory as the packet path reads it: by plain addresses, so that the compiler keeps what it knows in registers, which a
 * general buffer, that may as well be a heap array, does not let it. Numbers are in the byte order of the machine; network order is
 * {@link Net}'s.
 *
 * <p>Bounds are assertions: every test runs with them, the program without. A feature must therefore have compared a position with the
 * frame's length before it reads there; that is its own duty, and no exception's.
 */
public final class PacketMemory {
    private static final int SHORT_COPY = 256;

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
    public long address(final int index) {
        assert within(index, 1);
        return base + index;
    }

    /**
     * Reads an octet.
     *
     * @param index offset.
     * @return -128 to 127.
     */
    public byte getByte(final int index) {
        assert within(index, Byte.BYTES);
        return UnsafeApi.getByte(base + index);
    }

    /**
     * Writes an octet.
     *
     * @param index offset.
     * @param value the octet.
     */
    public void putByte(final int index, final byte value) {
        assert within(index, Byte.BYTES);
        UnsafeApi.putByte(base + index, value);
    }

    /**
     * Reads 16 bits.
     *
     * @param index offset.
     * @return the number.
     */
    public short getShort(final int index) {
        assert within(index, Short.BYTES);
        return UnsafeApi.getShort(base + index);
    }

    /**
     * Reads 32 bits.
     *
     * @param index offset.
     * @return the number.
     */
    public int getInt(final int index) {
        assert within(index, Integer.BYTES);
        return UnsafeApi.getInt(base + index);
    }

    /**
     * Writes 32 bits.
     *
     * @param index offset.
     * @param value the number.
     */
    public void putInt(final int index, final int value) {
        assert within(index, Integer.BYTES);
        UnsafeApi.putInt(base + index, value);
    }

    /**
     * Reads 64 bits.
     *
     * @param index offset.
     * @return the number.
     */
    public long getLong(final int index) {
        assert within(index, Long.BYTES);
        return UnsafeApi.getLong(base + index);
    }

    /**
     * Writes 64 bits.
     *
     * @param index offset.
     * @param value the number.
     */
    public void putLong(final int index, final long value) {
        assert within(index, Long.BYTES);
        UnsafeApi.putLong(base + index, value);
    }

    /**
     * Copies octets in. Short frames go by words, with the last one overlapping its neighbour: the general copy costs as much as they do.
     *
     * @param index  where to.
     * @param source where from.
     * @param offset its first octet.
     * @param length octets.
     */
    public void copyIn(final int index, final DirectBuffer source, final int offset, final int length) {
        if (length < Long.BYTES || length > SHORT_COPY || source.byteArray() != null) {
            buffer.putBytes(index, source, offset, length);
            return;
        }
        assert within(index, length) && offset >= 0 && offset <= source.capacity() - length;
        final long from = source.addressOffset() + offset;
        final long to = base + index;
        final int last = length - Long.BYTES;
        int i = 0;
        for (; i <= last - 3 * Long.BYTES; i += 4 * Long.BYTES) {
            final long first = UnsafeApi.getLong(from + i);
            final long second = UnsafeApi.getLong(from + i + 8);
            final long third = UnsafeApi.getLong(from + i + 16);
            final long fourth = UnsafeApi.getLong(from + i + 24);
            UnsafeApi.putLong(to + i, first);
            UnsafeApi.putLong(to + i + 8, second);
            UnsafeApi.putLong(to + i + 16, third);
            UnsafeApi.putLong(to + i + 24, fourth);
        }
        for (; i < last; i += Long.BYTES) {
            UnsafeApi.putLong(to + i, UnsafeApi.getLong(from + i));
        }
        UnsafeApi.putLong(to + last, UnsafeApi.getLong(from + last));
    }

    private boolean within(final int index, final int length) {
        return index >= 0 && index <= capacity - length;
    }
}
