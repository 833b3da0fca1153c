package org.qfpsim.datapath.sa;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.collections.LongArrayList;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.EspSuite;

/**
 * Installs and retires inbound SAs while packets flow. Owned by one control thread; the {@link SaTable} itself is only written by the
 * dispatcher, to which every change goes as a {@link PositionedChange}.
 *
 * <p>The life of a retired SA, so that no engine ever reads freed memory:
 * <ol>
 *   <li>the dispatcher writes "valid until" = the position of the next packet;
 *   <li>when gather has passed that position, no packet can need the SA: the dispatcher takes it out of the table at a second position;
 *   <li>when gather has passed the second position, no engine can still hold what it looked up: keys and record are freed.
 * </ol>
 */
public final class SaInstaller implements AutoCloseable {
    private static final int FIRST_CHUNK_RECORDS = 64;
    private static final int CHUNK_RECORDS = 4096;

    private final SaTable table;
    private final List<CryptoBackend> backends;
    private final ChangeQueue changes;
    private final LongSupplier gathered;
    private final List<ByteBuffer> chunks = new ArrayList<>();
    private final LongArrayList free = new LongArrayList();
    private final List<InstalledSa> installed = new ArrayList<>();
    private final Deque<InstalledSa> retired = new ArrayDeque<>();
    private final Deque<InstalledSa> removed = new ArrayDeque<>();

    /** Takes changes to the dispatcher. */
    @FunctionalInterface
    public interface ChangeQueue {
        /**
         * Hands over a change; waits while the queue is full.
         *
         * @param change what to do between two packets.
         */
        void submit(PositionedChange change);
    }

    /**
     * Makes an installer without SAs.
     *
     * @param table    the table of the packet path.
     * @param backends in the order of preference.
     * @param changes  the way to the dispatcher.
     * @param gathered position up to which gather has committed every packet (exclusive).
     */
    public SaInstaller(final SaTable table, final List<CryptoBackend> backends, final ChangeQueue changes, final LongSupplier gathered) {
        this.table = table;
        this.backends = List.copyOf(backends);
        this.changes = changes;
        this.gathered = gathered;
    }

    /**
     * Installs an inbound SA; packets that arrive from now on use it. An SA with the same SPI and destination is replaced.
     *
     * @param spec         the SA.
     * @param localAddress number of its destination among our addresses.
     * @return what was installed.
     * @throws IllegalArgumentException if no backend has the suite.
     */
    public InstalledSa install(final SaSpec spec, final int localAddress) {
        final int backend = backendFor(spec.suite());
        final long key = backends.get(backend).install(spec.suite(), spec.keys());
        final long record = allocate();
        final InstalledSa sa = new InstalledSa(spec.name(), installed.size(), spec.suite(), backends.get(backend).id(), record,
            spec.spi());
        InboundRecord.write(record, spec, sa.number(), Transforms.number(backend, spec.suite()), key);
        UnsafeApi.putLong(record + InboundSa.TABLE_KEY, SaTable.key(spec.spi(), localAddress));
        installed.add(sa);
        changes.submit(position -> publish(record, position));
        return sa;
    }

    private void publish(final long record, final long position) {
        final long key = UnsafeApi.getLong(record + InboundSa.TABLE_KEY);
        final long previous = table.find(key);
        if (previous != 0 && UnsafeApi.getLong(previous + InboundSa.VALID_UNTIL) == Long.MAX_VALUE) {
            UnsafeApi.putLong(previous + InboundSa.VALID_UNTIL, position);
        }
        UnsafeApi.putLong(record + InboundSa.PREVIOUS, previous);
        UnsafeApi.putLong(record + InboundSa.VALID_FROM, position);
        UnsafeApi.putLong(record + InboundSa.VALID_UNTIL, Long.MAX_VALUE);
        table.put(key, record);
    }

    /**
     * Retires an SA: packets that arrive from now on do not find it. Its memory is freed by later calls of {@link #reclaim}.
     *
     * @param sa from {@link #install}, retired once.
     */
    public void retire(final InstalledSa sa) {
        sa.retired();
        retired.add(sa);
        changes.submit(position -> {
            if (UnsafeApi.getLong(sa.record() + InboundSa.VALID_UNTIL) == Long.MAX_VALUE) {
                UnsafeApi.putLong(sa.record() + InboundSa.VALID_UNTIL, position);
            }
            sa.position(position);
        });
    }

    /**
     * Marks an SA invalid: packets that arrive from now on hit it and are dropped (types 1 and 9), until it is retired.
     *
     * @param sa from {@link #install}, not retired.
     */
    public void invalidate(final InstalledSa sa) {
        changes.submit(position -> {
            UnsafeApi.putLong(sa.record() + InboundSa.INVALID_FROM, position);
            UnsafeApi.putInt(sa.record() + InboundSa.FLAGS, InboundSa.flags(sa.record()) | InboundSa.FLAG_INVALIDATED);
        });
    }

    /**
     * Moves retired SAs one step on towards being freed, as far as gather has come.
     *
     * @return how many steps were made.
     */
    public int reclaim() {
        int work = 0;
        final long done = gathered.getAsLong();
        while (!removed.isEmpty() && removed.peek().position() <= done) {
            release(removed.remove());
            work++;
        }
        while (!retired.isEmpty() && retired.peek().position() <= done) {
            final InstalledSa sa = retired.remove();
            sa.position(Long.MAX_VALUE);
            removed.add(sa);
            changes.submit(position -> {
                unlink(sa.record());
                sa.position(position);
            });
            work++;
        }
        return work;
    }

    private void unlink(final long record) {
        final long key = UnsafeApi.getLong(record + InboundSa.TABLE_KEY);
        final long previous = InboundSa.previous(record);
        long newer = table.find(key);
        if (newer == record) {
            table.put(key, previous);
            return;
        }
        while (newer != 0 && InboundSa.previous(newer) != record) {
            newer = InboundSa.previous(newer);
        }
        if (newer != 0) {
            UnsafeApi.putLong(newer + InboundSa.PREVIOUS, previous);
        }
    }

    private void release(final InstalledSa sa) {
        final long record = sa.record();
        final CryptoBackend backend = backends.get(InboundSa.transform(record) / Transforms.STRIDE);
        backend.release(sa.suite(), InboundSa.keyHandle(record));
        final long bitmap = UnsafeApi.getLong(record + InboundSa.BITMAP_ADDRESS);
        if (bitmap != record + InboundSa.BITMAP) {
            UnsafeApi.freeMemory(bitmap);
        }
        if (InboundSa.selectorCount(record) > 1) {
            UnsafeApi.freeMemory(InboundSa.selectors(record));
        }
        sa.freed();
        free.addLong(record);
    }

    /**
     * Every SA that was ever installed, by number.
     *
     * @return a live view.
     */
    public List<InstalledSa> installed() {
        return installed;
    }

    private int backendFor(final EspSuite suite) {
        for (int i = 0; i < backends.size(); i++) {
            if (backends.get(i).suites().contains(suite)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no crypto library here has " + suite);
    }

    private long allocate() {
        if (free.isEmpty()) {
            // A router with few SAs has little memory.
            final int records = (int) Math.min(CHUNK_RECORDS, (long) FIRST_CHUNK_RECORDS << Math.min(chunks.size(), Short.SIZE));
            final ByteBuffer chunk = BufferUtil.allocateDirectAligned(records * InboundSa.BYTES, 64);
            chunks.add(chunk);
            final long base = BufferUtil.address(chunk);
            for (int i = records - 1; i >= 0; i--) {
                free.addLong(base + (long) i * InboundSa.BYTES);
            }
        }
        return free.removeAt(free.size() - 1);
    }

    /** Frees keys and records; no engine runs any more. */
    @Override
    public void close() {
        for (final InstalledSa sa : installed) {
            if (!sa.isFreed()) {
                release(sa);
            }
        }
        chunks.clear();
    }
}
