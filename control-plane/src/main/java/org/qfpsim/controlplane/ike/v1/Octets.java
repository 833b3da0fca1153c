package org.qfpsim.controlplane.ike.v1;

import java.nio.ByteBuffer;
import java.util.List;

/** Octet strings put together. */
final class Octets {
    private Octets() {
    }

    /** One after the other. */
    static byte[] join(final byte[]... parts) {
        return join(List.of(parts));
    }

    /** One after the other. */
    static byte[] join(final List<byte[]> parts) {
        final ByteBuffer out = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(out::put);
        return out.array();
    }

    /** A number of 32 bits. */
    static byte[] of(final int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    /** A number of 64 bits. */
    static byte[] of(final long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
