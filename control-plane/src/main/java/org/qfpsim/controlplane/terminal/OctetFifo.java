package org.qfpsim.controlplane.terminal;

/** Octets that wait, in a ring of fixed size. No thread safety of its own. */
final class OctetFifo {
    private final byte[] ring;
    private int start;
    private int size;

    OctetFifo(final int capacity) {
        ring = new byte[capacity];
    }

    int size() {
        return size;
    }

    int room() {
        return ring.length - size;
    }

    /** Takes what fits; returns how many octets that was. */
    int add(final byte[] octets, final int offset, final int length) {
        final int taken = Math.min(length, room());
        for (int i = 0; i < taken; i++) {
            ring[(start + size + i) % ring.length] = octets[offset + i];
        }
        size += taken;
        return taken;
    }

    /** Gives out what is there; returns how many octets that was. */
    int remove(final byte[] octets, final int offset, final int length) {
        final int given = Math.min(length, size);
        for (int i = 0; i < given; i++) {
            octets[offset + i] = ring[(start + i) % ring.length];
        }
        skip(given);
        return given;
    }

    /** The next octet, 0 to 255; -1 if there is none. */
    int next() {
        if (size == 0) {
            return -1;
        }
        final int octet = ring[start] & 0xff;
        skip(1);
        return octet;
    }

    /** The octet at a place without taking it, 0 to 255. */
    int peek(final int place) {
        return ring[(start + place) % ring.length] & 0xff;
    }

    void skip(final int count) {
        start = (start + count) % ring.length;
        size -= count;
    }
}
