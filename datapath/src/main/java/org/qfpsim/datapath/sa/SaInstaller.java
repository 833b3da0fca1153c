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
import org.qfpsim.datapath.crypto.memory.RawMemory;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.packet.Net;

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
    private static final int INLINE_BITMAP_WORDS = 2;

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
        fill(record, spec, sa.number(), Transforms.number(backend, spec.suite()), key);
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

    private static void fill(final long at, final SaSpec spec, final int number, final int transform, final long key) {
        UnsafeApi.setMemory(at, InboundSa.BYTES, (byte) 0);
        // No packet may use the record before the dispatcher has given it its place.
        UnsafeApi.putLong(at + InboundSa.VALID_FROM, Long.MAX_VALUE);
        UnsafeApi.putLong(at + InboundSa.INVALID_FROM, Long.MAX_VALUE);
        UnsafeApi.putLong(at + InboundSa.KEY, key);
        UnsafeApi.putLong(at + InboundSa.HARD_NANOS, spec.lifetime().hardNanos());
        UnsafeApi.putInt(at + InboundSa.TRANSFORM, transform);
        UnsafeApi.putInt(at + InboundSa.FLAGS, flags(spec));
        UnsafeApi.putInt(at + InboundSa.WINDOW, spec.replayWindow());
        UnsafeApi.putInt(at + InboundSa.LIMITED, flags(spec) & InboundSa.FLAG_VOLUME);
        UnsafeApi.putInt(at + InboundSa.SIZES, sizes(spec.suite()));
        UnsafeApi.putInt(at + InboundSa.NUMBER, number);
        UnsafeApi.putInt(at + InboundSa.SPI, spec.spi());
        UnsafeApi.putLong(at + InboundSa.TOP, spec.initialSequence());
        UnsafeApi.putLong(at + InboundSa.SOFT_BYTES, spec.lifetime().softBytes());
        UnsafeApi.putLong(at + InboundSa.HARD_BYTES, spec.lifetime().hardBytes());
        fillSelectors(at, spec.selectors());
        fillBitmap(at, spec.replayWindow());
    }

    private static int sizes(final EspSuite suite) {
        final int outer = Net.IPV4_HEADER_BYTES + EspSuite.ESP_HEADER_BYTES + suite.ivBytes() + suite.icvBytes();
        return suite.ivBytes() | suite.icvBytes() << 8 | suite.blockBytes() << 16 | outer << 24;
    }

    private static void fillSelectors(final long at, final List<TrafficSelector> selectors) {
        final int count = selectors.size();
        final long memory = count <= 1 ? at + InboundSa.FIRST_SELECTOR : UnsafeApi.allocateMemory((long) count * Selectors.BYTES);
        for (int i = 0; i < count; i++) {
            Selectors.write(memory + (long) i * Selectors.BYTES, selectors.get(i));
        }
        UnsafeApi.putLong(at + InboundSa.SELECTORS, memory);
        UnsafeApi.putInt(at + InboundSa.SELECTOR_COUNT, count);
        if (count == 1) {
            final IpPrefix source = selectors.getFirst().source();
            final IpPrefix destination = selectors.getFirst().destination();
            RawMemory.putNetworkLong(at + InboundSa.ADDRESSES, source.address().low() << 32 | destination.address().low());
            RawMemory.putNetworkLong(at + InboundSa.ADDRESS_MASK, source.maskLow() << 32 | destination.maskLow());
        }
    }

    private static void fillBitmap(final long at, final int window) {
        final int words = window == 0 ? 0 : ReplayWindow.words(window);
        long bitmap = at + InboundSa.BITMAP;
        if (words > INLINE_BITMAP_WORDS) {
            bitmap = UnsafeApi.allocateMemory((long) words << 3);
            UnsafeApi.setMemory(bitmap, (long) words << 3, (byte) 0);
        }
        UnsafeApi.putLong(at + InboundSa.BITMAP_ADDRESS, bitmap);
    }

    private static int flags(final SaSpec spec) {
        int flags = spec.esn() ? InboundSa.FLAG_ESN : 0;
        flags |= spec.selectors().stream().allMatch(TrafficSelector::anyProtocol) ? InboundSa.FLAG_ANY_PROTOCOL : 0;
        flags |= spec.lifetime().softBytes() != 0 || spec.lifetime().hardBytes() != 0 ? InboundSa.FLAG_VOLUME : 0;
        flags |= switch (spec.mode()) {
            case TUNNEL -> InboundSa.FLAG_TUNNEL;
            case TRANSPORT -> InboundSa.FLAG_TRANSPORT;
            case ANY -> InboundSa.FLAG_TUNNEL | InboundSa.FLAG_TRANSPORT;
        };
        flags |= isCommon(spec) ? InboundSa.FLAG_COMMON : 0;
        final SaSpec.UdpEncap udp = spec.udpEncap();
        if (udp == null || udp.equals(SaSpec.UdpEncap.EITHER)) {
            flags |= InboundSa.FLAG_RAW;
        }
        return udp == null ? flags : flags | InboundSa.FLAG_UDP;
    }

    private static boolean isCommon(final SaSpec spec) {
        final List<TrafficSelector> selectors = spec.selectors();
        return spec.mode() != SaSpec.Mode.TRANSPORT
            && (selectors.isEmpty()
            || selectors.size() == 1 && selectors.getFirst().anyProtocol() && !selectors.getFirst().source().address().v6());
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
