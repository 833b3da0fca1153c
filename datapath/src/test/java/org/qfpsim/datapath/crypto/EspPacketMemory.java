package org.qfpsim.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.qfpsim.datapath.crypto.memory.RawMemory;

/** One packet off heap between two guards, so that a test sees a write outside of the packet. */
final class EspPacketMemory implements AutoCloseable {
    private static final int GUARD_BYTES = 64;
    private static final byte GUARD = (byte) 0xa5;
    private static final int MAX_BYTES = 10_240;

    private final Arena arena = Arena.ofConfined();
    private final long base = RawMemory.allocate(arena, MAX_BYTES + 2L * GUARD_BYTES);
    private int length;

    /** Address of the SPI; odd, because packets need no alignment. */
    long esp() {
        return base + GUARD_BYTES + 1;
    }

    int length() {
        return length;
    }

    EspPacketMemory put(final byte[] packet) {
        length = packet.length;
        final byte[] guard = new byte[GUARD_BYTES];
        Arrays.fill(guard, GUARD);
        RawMemory.write(guard, 0, esp() - GUARD_BYTES, GUARD_BYTES);
        RawMemory.write(packet, 0, esp(), packet.length);
        RawMemory.write(guard, 0, esp() + packet.length, GUARD_BYTES - 1);
        return this;
    }

    byte[] get() {
        final byte[] packet = new byte[length];
        RawMemory.read(esp(), packet, 0, length);
        for (int i = 1; i < GUARD_BYTES; i++) {
            assertThat(RawMemory.getByte(esp() - i)).as("octet %d before the packet", i).isEqualTo(GUARD);
            assertThat(RawMemory.getByte(esp() + length + i - 1)).as("octet %d after the packet", i).isEqualTo(GUARD);
        }
        return packet;
    }

    @Override
    public void close() {
        arena.close();
    }
}
