package org.qfpsim.datapath.counters;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads counters while they are written, in or out of the router's process. Outcomes are read before what was received, so that packets
 * in flight never come out negative.
 */
public final class CounterReader implements DropCounters {
    private final UnsafeBuffer buffer;
    private final int blocksAt;
    private final int blocks;

    CounterReader(final UnsafeBuffer buffer, final int blocksAt, final int blocks) {
        this.buffer = buffer;
        this.blocksAt = blocksAt;
        this.blocks = blocks;
    }

    /**
     * Maps a counters file for reading.
     *
     * @param file made by {@link CounterStore#inFile}.
     * @return the reader; the mapping lives until it is collected.
     * @throws IOException if it cannot be read or is no counters file of this version; the message says which.
     */
    public static CounterReader map(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long size = channel.size();
            if (size < CounterLayout.HEADER_BYTES || size > Integer.MAX_VALUE) {
                throw new IOException(file + ": is no counters file (" + size + " octets)");
            }
            final MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
            memory.order(ByteOrder.LITTLE_ENDIAN);
            final UnsafeBuffer buffer = new UnsafeBuffer(memory);
            if (buffer.getLong(CounterLayout.AT_MAGIC) != CounterLayout.MAGIC
                || buffer.getLongVolatile(CounterLayout.AT_READY) != 1) {
                throw new IOException(file + ": is no counters file, or its router is just starting");
            }
            final int version = buffer.getInt(CounterLayout.AT_VERSION);
            if (version != CounterLayout.VERSION || buffer.getInt(CounterLayout.AT_BLOCK_BYTES) != CounterLayout.BLOCK_BYTES) {
                throw new IOException(file + ": has layout version " + version + ", this program reads " + CounterLayout.VERSION);
            }
            final int labels = buffer.getInt(CounterLayout.AT_LABEL_BYTES);
            final int blocks = buffer.getInt(CounterLayout.AT_BLOCKS);
            if (labels < 0 || blocks < 1
                || size - CounterLayout.HEADER_BYTES - labels < (long) blocks * CounterLayout.BLOCK_BYTES) {
                throw new IOException(file + ": is cut off: " + size + " octets do not hold " + blocks + " blocks");
            }
            return new CounterReader(buffer, CounterLayout.HEADER_BYTES + labels, blocks);
        }
    }

    /** How many packet processing engines there are. */
    public int ppes() {
        return blocks - 1;
    }

    /** The process that writes. */
    public long pid() {
        return buffer.getLong(CounterLayout.AT_PID);
    }

    /**
     * A total over all engines.
     *
     * @param total which.
     * @return the sum.
     */
    public long total(final Total total) {
        return sum(CounterLayout.totalOffset(total));
    }

    /**
     * A total of one engine.
     *
     * @param ppe   from 0, or -1 for the dispatcher.
     * @param total which.
     * @return the value.
     */
    public long total(final int ppe, final Total total) {
        return at(ppe + 1, CounterLayout.totalOffset(total));
    }

    @Override
    public long globalPackets(final int id) {
        return sum(CounterLayout.globalOffset(id));
    }

    @Override
    public long globalOctets(final int id) {
        return sum(CounterLayout.globalOffset(id) + 8);
    }

    @Override
    public long ipsecPackets(final int id) {
        return sum(CounterLayout.ipsecOffset(id));
    }

    /**
     * Packets that a punt cause received.
     *
     * @param cause number.
     * @return packets.
     */
    public long puntReceived(final int cause) {
        return sum(CounterLayout.puntOffset(cause));
    }

    /**
     * Packets that a punt cause handed to the control plane.
     *
     * @param cause number.
     * @return packets.
     */
    public long puntTransmitted(final int cause) {
        return sum(CounterLayout.puntOffset(cause) + 8);
    }

    /**
     * Packets that conformed to the policer of a punt cause's queue.
     *
     * @param cause number.
     * @param high  the high priority queue, otherwise the normal one.
     * @return packets; a conforming packet may still be lost to the policer of all causes, or to a full ring.
     */
    public long puntConformed(final int cause, final boolean high) {
        return sum(CounterLayout.policerOffset(cause, high));
    }

    /**
     * Packets that the policer of a punt cause's queue dropped.
     *
     * @param cause number.
     * @param high  the high priority queue, otherwise the normal one.
     * @return packets.
     */
    public long puntPoliced(final int cause, final boolean high) {
        return sum(CounterLayout.policerOffset(cause, high) + 8);
    }

    /**
     * Packets of the control plane's that an inject cause brought.
     *
     * @param cause number.
     * @return packets.
     */
    public long injectReceived(final int cause) {
        return sum(CounterLayout.injectOffset(cause));
    }

    /**
     * Packets of an inject cause that were not lost.
     *
     * @param cause number.
     * @return packets.
     */
    public long injectTransmitted(final int cause) {
        return sum(CounterLayout.injectOffset(cause) + 8);
    }

    /**
     * What was sampled of a cost.
     *
     * @param ppe  from 0, or -1 for the dispatcher.
     * @param cost which.
     * @return the sums.
     */
    public CostSum cost(final int ppe, final Cost cost) {
        final int offset = CounterLayout.costOffset(cost);
        return new CostSum(at(ppe + 1, offset), at(ppe + 1, offset + 8), at(ppe + 1, offset + 16),
            at(ppe + 1, offset + 24));
    }

    /** All drops: the sum of the global table. */
    public long dropped() {
        long packets = 0;
        for (int block = -1; block < ppes(); block++) {
            packets += dropped(block);
        }
        return packets;
    }

    /**
     * All drops of one engine.
     *
     * @param ppe from 0, or -1 for the dispatcher.
     * @return packets.
     */
    public long dropped(final int ppe) {
        long packets = 0;
        for (int id = 0; id < CounterLayout.GLOBAL_DROPS; id++) {
            packets += at(ppe + 1, CounterLayout.globalOffset(id));
        }
        return packets;
    }

    /** Received and neither forwarded, dropped, punted nor consumed yet. */
    public long inFlight() {
        final long done = total(Total.FORWARDED) + dropped() + total(Total.PUNTED) + total(Total.CONSUMED);
        return total(Total.RECEIVED) - done;
    }

    private long sum(final int offset) {
        long sum = 0;
        for (int block = 0; block < blocks; block++) {
            sum += at(block, offset);
        }
        return sum;
    }

    private long at(final int block, final int offset) {
        return buffer.getLongVolatile(blocksAt + block * CounterLayout.BLOCK_BYTES + offset);
    }
}
