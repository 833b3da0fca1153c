package org.qfpsim.sim.outside;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.pipeline.FrameVector;
import org.qfpsim.sim.net.Cable;

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
    private static final int RESERVE = 12;
    private static final int TPACKET_V3 = 2;
    private static final int BLOCK_BYTES = 1 << 18;
    private static final int BLOCKS = 64;
    private static final int FRAME_BYTES = 2048;
    private static final int RETIRE_MILLIS = 1;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;
    /** More than fit in a block: each has a header. */
    private static final int MAX_FRAMES = 4096;

    private static final int BLOCK_STATUS = 8;
    private static final int BLOCK_FRAMES = 12;
    private static final int BLOCK_FIRST = 16;
    private static final int OURS = 1;
    private static final int NEXT = 0;
    private static final int HERE = 12;
    private static final int IN_ALL = 16;
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
    private final FrameVector frames;
    private int block;

    @SuppressWarnings("restricted")
    ReceiveRing(final int socket) throws SystemCallException {
        try (Arena call = Arena.ofConfined()) {
            final SystemCall setOption = SystemCall.of("setsockopt");
            setOption.must(socket, SOL_PACKET, VERSION, call.allocateFrom(ValueLayout.JAVA_INT, TPACKET_V3).address(), 4);
            // Room in front of each frame, for a tag.
            setOption.must(socket, SOL_PACKET, RESERVE, call.allocateFrom(ValueLayout.JAVA_INT, 2 * Long.BYTES).address(), 4);
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
        frames = new FrameVector(blocks, LinkLayer.ETHERNET, new int[MAX_FRAMES], new int[MAX_FRAMES], new int[MAX_FRAMES],
            new long[MAX_FRAMES], true);
    }

    /**
     * Hands on the frames of the next block, if it is ours.
     *
     * @param nanos the time that they get.
     * @param taker gets them.
     * @return how many.
     */
    int poll(final long nanos, final Cable.Taker taker) {
        final int at = block * BLOCK_BYTES;
        if ((blocks.getIntVolatile(at + BLOCK_STATUS) & OURS) == 0) {
            return 0;
        }
        final int count = Math.min(blocks.getInt(at + BLOCK_FRAMES), MAX_FRAMES);
        int frame = at + blocks.getInt(at + BLOCK_FIRST);
        for (int i = 0; i < count; i++) {
            note(i, frame, nanos);
            frame += blocks.getInt(frame + NEXT);
        }
        taker.take(frames, count);
        VarHandle.fullFence();
        blocks.putIntVolatile(at + BLOCK_STATUS, 0);
        block = (block + 1) % BLOCKS;
        return count;
    }

    private void note(final int i, final int at, final long nanos) {
        final int length = blocks.getInt(at + HERE);
        final int start = at + (blocks.getShort(at + ETHERNET) & 0xffff);
        final int status = blocks.getInt(at + STATUS);
        frames.offsets()[i] = start;
        frames.lengths()[i] = length;
        frames.wireLengths()[i] = blocks.getInt(at + IN_ALL);
        frames.nanos()[i] = nanos;
        if ((status & (CHECKSUM_NOT_READY | VLAN_VALID)) != 0) {
            complete(i, at, status);
        }
    }

    /** Does what the kernel has left out. */
    private void complete(final int i, final int at, final int status) {
        final int start = frames.offsets()[i];
        if ((status & CHECKSUM_NOT_READY) != 0) {
            // The sender's driver leaves that to a network card, and a veth pair has none.
            TransportChecksum.complete(blocks, start, frames.lengths()[i]);
        }
        if ((status & VLAN_VALID) != 0) {
            // The kernel takes a tag out of the frame.
            final int type = (status & VLAN_TYPE_VALID) != 0 ? blocks.getShort(at + VLAN_TYPE) & 0xffff : DOT1Q;
            final int tag = blocks.getInt(at + VLAN_TAG);
            final int moved = start - TAG_BYTES;
            blocks.putBytes(moved, blocks, start, ADDRESSES);
            blocks.putShort(moved + ADDRESSES, (short) type, ByteOrder.BIG_ENDIAN);
            blocks.putShort(moved + ADDRESSES + 2, (short) tag, ByteOrder.BIG_ENDIAN);
            frames.offsets()[i] = moved;
            frames.lengths()[i] += TAG_BYTES;
            frames.wireLengths()[i] += TAG_BYTES;
        }
    }

    @Override
    public void close() {
        SystemCall.of("munmap").call(address, (long) BLOCK_BYTES * BLOCKS, 0);
    }
}
