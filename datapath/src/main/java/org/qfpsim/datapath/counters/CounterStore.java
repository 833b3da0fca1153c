package org.qfpsim.datapath.counters;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.InjectCause;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;

/** The memory of all counters of one router: a file that other processes can map, or plain memory. Layout: {@link CounterLayout}. */
public final class CounterStore implements AutoCloseable {
    private final UnsafeBuffer buffer;
    private final int blocksAt;
    private final int blocks;
    private final @Nullable MappedByteBuffer mapped;

    private CounterStore(final ByteBuffer memory, final byte[] labels, final int blocks, final @Nullable MappedByteBuffer mapped) {
        this.buffer = new UnsafeBuffer(memory);
        this.blocks = blocks;
        this.mapped = mapped;
        blocksAt = CounterLayout.HEADER_BYTES + labels.length;
        buffer.putLong(CounterLayout.AT_MAGIC, CounterLayout.MAGIC);
        buffer.putInt(CounterLayout.AT_VERSION, CounterLayout.VERSION);
        buffer.putInt(CounterLayout.AT_BLOCKS, blocks);
        buffer.putInt(CounterLayout.AT_BLOCK_BYTES, CounterLayout.BLOCK_BYTES);
        buffer.putInt(CounterLayout.AT_LABEL_BYTES, labels.length);
        buffer.putLong(CounterLayout.AT_PID, ProcessHandle.current().pid());
        buffer.putBytes(CounterLayout.HEADER_BYTES, labels);
        buffer.putLongRelease(CounterLayout.AT_READY, 1);
    }

    /**
     * Counters that only this process sees.
     *
     * @param ppes packet processing engines.
     * @return the store, all zero.
     */
    public static CounterStore inMemory(final int ppes) {
        final byte[] labels = labels();
        return new CounterStore(BufferUtil.allocateDirectAligned(size(labels, ppes + 1), 64), labels, ppes + 1, null);
    }

    /**
     * Counters in a file, created or replaced: whoever has the old one mapped keeps it.
     *
     * @param file where.
     * @param ppes packet processing engines.
     * @return the store, all zero.
     * @throws IOException if the file cannot be made, or something that is no regular file has its name.
     */
    public static CounterStore inFile(final Path file, final int ppes) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("it is not a regular file; name another");
        }
        final byte[] labels = labels();
        final int size = size(labels, ppes + 1);
        final Path part = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
            final MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
            final CounterStore store = new CounterStore(memory, labels, ppes + 1, memory);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return store;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static int size(final byte[] labels, final int blocks) {
        return CounterLayout.HEADER_BYTES + labels.length + blocks * CounterLayout.BLOCK_BYTES;
    }

    /** One line for each counter, so that a reader of another version can still name what it finds. */
    private static byte[] labels() {
        final StringBuilder text = new StringBuilder(64 * 1024);
        for (final Total total : Total.values()) {
            label(text, CounterLayout.totalOffset(total), total.unit(), total.label());
        }
        for (final GlobalDrop drop : GlobalDrop.values()) {
            label(text, CounterLayout.globalOffset(drop.id()), "packets", "global." + drop.cliName());
            label(text, CounterLayout.globalOffset(drop.id()) + 8, "octets", "global." + drop.cliName());
        }
        for (final IpsecDrop drop : IpsecDrop.values()) {
            label(text, CounterLayout.ipsecOffset(drop.id()), "packets", "ipsec." + drop.name(EngineToken.OCT));
        }
        for (final PuntCause cause : PuntCause.values()) {
            label(text, CounterLayout.puntOffset(cause.id()), "packets", "punt.received." + cause.id());
            label(text, CounterLayout.puntOffset(cause.id()) + 8, "packets", "punt.transmitted." + cause.id());
        }
        for (final PuntCause cause : PuntCause.values()) {
            for (final boolean high : new boolean[] {false, true}) {
                final String queue = cause.id() + (high ? ".high" : ".normal");
                label(text, CounterLayout.policerOffset(cause.id(), high), "packets", "policer.conform." + queue);
                label(text, CounterLayout.policerOffset(cause.id(), high) + 8, "packets", "policer.dropped." + queue);
            }
        }
        for (final InjectCause cause : InjectCause.values()) {
            label(text, CounterLayout.injectOffset(cause.id()), "packets", "inject.received." + cause.id());
            label(text, CounterLayout.injectOffset(cause.id()) + 8, "packets", "inject.transmitted." + cause.id());
        }
        for (final Cost cost : Cost.values()) {
            label(text, CounterLayout.costOffset(cost), "ns", "cost." + cost.label());
            label(text, CounterLayout.costOffset(cost) + 8, "packets", "cost." + cost.label());
            label(text, CounterLayout.costOffset(cost) + 16, "intervals", "cost." + cost.label());
            if (cost.isClock()) {
                label(text, CounterLayout.costOffset(cost) + 24, "batches", "cost.left_out." + cost.label());
            }
        }
        while (text.length() % 64 != 0) {
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void label(final StringBuilder text, final int offset, final String unit, final String name) {
        text.append(offset).append('\t').append(unit).append('\t').append(name).append('\n');
    }

    /**
     * The block of the dispatcher.
     *
     * @return the writer; one thread only.
     */
    public CounterBlock dispatcher() {
        return block(0);
    }

    /**
     * The block of an engine.
     *
     * @param ppe from 0.
     * @return the writer; one thread only.
     */
    public CounterBlock ppe(final int ppe) {
        return block(ppe + 1);
    }

    private CounterBlock block(final int number) {
        return new CounterBlock(new UnsafeBuffer(buffer, blocksAt + number * CounterLayout.BLOCK_BYTES, CounterLayout.BLOCK_BYTES));
    }

    /** A reader of these counters. */
    public CounterReader reader() {
        return new CounterReader(buffer, blocksAt, blocks);
    }

    @Override
    public void close() {
        if (mapped != null) {
            IoUtil.unmap(mapped);
        }
    }
}
