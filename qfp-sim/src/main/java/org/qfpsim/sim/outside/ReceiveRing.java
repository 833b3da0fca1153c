package org.qfpsim.sim.outside;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The blocks that the kernel fills with received frames (TPACKET_V3, linux/if_packet.h), mapped into this process: no system call and no
 * copy a frame. A block is ours when it is full or {@link #RETIRE_MILLIS} old, until we give it back.
 *
 * <pre>
 * block:  0 version   4 offset   8 status  12 frames  16 offset of the first frame
 * frame:  0 next     12 octets here  16 octets in all  20 status  24 offset of the Ethernet header  32 VLAN tag  36 its Ethernet type
 * </pre>
 */
final class ReceiveRing implements AutoCloseable {
    private static final int SOL_PACKET = 263;
    private static final int RX_RING = 5;
    private static final int VERSION = 10;
    private static final int TPACKET_V3 = 2;
    private static final int BLOCK_BYTES = 1 << 18;
    private static final int BLOCKS = 64;
    private static final int FRAME_BYTES = 2048;
    private static final int RETIRE_MILLIS = 1;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;

    private static final int BLOCK_STATUS = 8;
    private static final int BLOCK_FRAMES = 12;
    private static final int BLOCK_FIRST = 16;
    private static final int OURS = 1;
    private static final int NEXT = 0;
    private static final int HERE = 12;
    private static final int STATUS = 20;
    private static final int ETHERNET = 24;
    private static final int VLAN_TAG = 32;
    private static final int VLAN_TYPE = 36;
    private static final int CHECKSUM_NOT_READY = 1 << 3;
    private static final int VLAN_VALID = 1 << 4;
    private static final int VLAN_TYPE_VALID = 1 << 6;
    private static final int DOT1Q = 0x8100;
    private static final int ADDRESSES = 12;
    private static final int TAG_BYTES = 4;

    private final long address;
    private final UnsafeBuffer blocks;
    private final UnsafeBuffer tagged = new UnsafeBuffer(new byte[1 << 17]);
    private int block;

    @SuppressWarnings("restricted")
    ReceiveRing(final int socket) throws SystemCallException {
        try (Arena call = Arena.ofConfined()) {
            final SystemCall setOption = SystemCall.of("setsockopt");
            setOption.must(socket, SOL_PACKET, VERSION, call.allocateFrom(ValueLayout.JAVA_INT, TPACKET_V3).address(), 4);
            // struct tpacket_req3: block size and number, frame size and number, time, private octets, features.
            final MemorySegment request = call.allocateFrom(ValueLayout.JAVA_INT, BLOCK_BYTES, BLOCKS, FRAME_BYTES,
                BLOCK_BYTES / FRAME_BYTES * BLOCKS, RETIRE_MILLIS, 0, 0);
            setOption.must(socket, SOL_PACKET, RX_RING, request.address(), request.byteSize());
        }
        final SystemCall map = SystemCall.of("mmap");
        final long size = (long) BLOCK_BYTES * BLOCKS;
        address = map.raw(0, size, PROT_READ_WRITE, MAP_SHARED, socket, 0);
        if (address == -1) {
            throw map.failure();
        }
        blocks = new UnsafeBuffer(address, (int) size);
    }

    /** Hands on the frames of all blocks that are ours. */
    int poll(final OutsidePort.FrameSink sink) {
        int count = 0;
        for (int taken = 0; taken < BLOCKS; taken++) {
            final int at = block * BLOCK_BYTES;
            if ((blocks.getIntVolatile(at + BLOCK_STATUS) & OURS) == 0) {
                return count;
            }
            final int frames = blocks.getInt(at + BLOCK_FRAMES);
            int frame = at + blocks.getInt(at + BLOCK_FIRST);
            for (int i = 0; i < frames; i++) {
                frame(frame, sink);
                frame += blocks.getInt(frame + NEXT);
            }
            count += frames;
            VarHandle.fullFence();
            blocks.putIntVolatile(at + BLOCK_STATUS, 0);
            block = (block + 1) % BLOCKS;
        }
        return count;
    }

    private void frame(final int at, final OutsidePort.FrameSink sink) {
        final int length = blocks.getInt(at + HERE);
        final int start = at + (blocks.getShort(at + ETHERNET) & 0xffff);
        final int status = blocks.getInt(at + STATUS);
        if ((status & CHECKSUM_NOT_READY) != 0) {
            // The sender's driver leaves that to a network card, and a veth pair has none.
            TransportChecksum.complete(blocks, start, length);
        }
        if ((status & VLAN_VALID) == 0) {
            sink.frame(blocks, start, length);
            return;
        }
        // The kernel takes a tag out of the frame.
        final int type = (status & VLAN_TYPE_VALID) != 0 ? blocks.getShort(at + VLAN_TYPE) & 0xffff : DOT1Q;
        tagged.putBytes(0, blocks, start, ADDRESSES);
        tagged.putShort(ADDRESSES, (short) type, ByteOrder.BIG_ENDIAN);
        tagged.putShort(ADDRESSES + 2, (short) blocks.getInt(at + VLAN_TAG), ByteOrder.BIG_ENDIAN);
        tagged.putBytes(ADDRESSES + TAG_BYTES, blocks, start + ADDRESSES, length - ADDRESSES);
        sink.frame(tagged, 0, length + TAG_BYTES);
    }

    @Override
    public void close() {
        SystemCall.of("munmap").call(address, (long) BLOCK_BYTES * BLOCKS, 0);
    }
}
