package org.qfpsim.controlplane.sadb;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mapped file that says how the records are doing. The owner writes, readers only look.
 * <pre>
 *      0  magic (8)   phase (8)   owner's process (8)   when it started, ms since 1970 (8)
 *     32  changes (8): odd while one is being made
 *     40  records (8)   records that fit (8)   openings (8)
 *     64  redo: kind (8)   records afterwards (8)   length of the value (8)   CRC-32C of key and value (8)
 *     96  key (24)
 *    120  value (1024)
 *   4096
 * </pre>
 * A process that is killed loses no store that it has made to a mapped file. So a change is written down as a whole in the redo area,
 * then its kind is set, then it is made; whoever opens the database next makes it again. (Nothing is promised for a power cut of the host.)
 */
final class Head implements AutoCloseable {
    /** What the owner does. */
    enum Phase {
        /** No router has it open. */
        CLOSED,
        /** In use. */
        OPEN,
        /** A router checks it after a crash. */
        RECOVERING
    }

    /**
     * A change that was begun.
     *
     * @param key          of the record.
     * @param value        the record; null if it was to be removed.
     * @param recordsAfter records in the database when it is done.
     */
    record Redo(byte[] key, byte @Nullable [] value, long recordsAfter) {
    }

    private static final long MAGIC = 0x51465053_41444231L;
    private static final long BYTES = 4096;
    private static final long PHASE = 8;
    private static final long PID = 16;
    private static final long STARTED = 24;
    private static final long CHANGES = 32;
    private static final long RECORDS = 40;
    private static final long ENTRIES = 48;
    private static final long OPENINGS = 56;
    private static final long KIND = 64;
    private static final long RECORDS_AFTER = 72;
    private static final long LENGTH = 80;
    private static final long CHECKSUM = 88;
    private static final long KEY = 96;
    private static final long VALUE = KEY + SaKey.BYTES;
    private static final long PUT = 1;
    private static final long REMOVE = 2;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;

    private Head(final Path file, final boolean owner) {
        try {
            memory = map(file, owner, arena);
            if (owner && get(0) == 0) {
                set(0, MAGIC);
            }
            if (get(0) != MAGIC) {
                throw new SaDatabaseException(file, "is not the head of an SA database of this version; move it away");
            }
        } catch (final SaDatabaseException e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(final Path file, final boolean owner, final Arena arena) {
        final Set<StandardOpenOption> options =
            owner ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE) : Set.of(StandardOpenOption.READ);
        try (FileChannel channel = FileChannel.open(file, options)) {
            if (channel.size() != BYTES && (channel.size() != 0 || !owner)) {
                throw new SaDatabaseException(file, "is not the head of an SA database; move it away");
            }
            return channel.map(owner ? FileChannel.MapMode.READ_WRITE : FileChannel.MapMode.READ_ONLY, 0, BYTES, arena);
        } catch (final IOException e) {
            throw SaDatabaseException.io(file, e);
        }
    }

    /** For the owner: makes it if there is none. */
    static Head own(final StateDirectory directory) {
        return new Head(directory.create(directory.head()), true);
    }

    /** For a reader. */
    static Head look(final StateDirectory directory) {
        return new Head(directory.checkFile(directory.head()), false);
    }

    Phase phase() {
        final long phase = get(PHASE);
        // A damaged one: check everything.
        return phase < 0 || phase >= Phase.values().length ? Phase.OPEN : Phase.values()[(int) phase];
    }

    void phase(final Phase phase) {
        set(PHASE, phase.ordinal());
    }

    /** This process is the owner; a change that another one has left half done does not count as being made. */
    void own() {
        set(PID, ProcessHandle.current().pid());
        set(STARTED, started(ProcessHandle.current()));
        set(CHANGES, (get(CHANGES) | 1) + 1);
    }

    /** The owner is gone, whether its process is or not. */
    void disown() {
        set(PID, 0);
    }

    long pid() {
        return get(PID);
    }

    boolean ownerAlive() {
        final Optional<ProcessHandle> process = ProcessHandle.of(Math.max(0, get(PID)));
        return process.isPresent() && process.get().isAlive() && started(process.get()) == get(STARTED);
    }

    private static long started(final ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    long changes() {
        return get(CHANGES);
    }

    long records() {
        return get(RECORDS);
    }

    void records(final long count) {
        set(RECORDS, count);
    }

    long entries() {
        return get(ENTRIES);
    }

    void entries(final long count) {
        set(ENTRIES, count);
    }

    /** How often a router has opened it: 1 the first time. */
    long openings() {
        return get(OPENINGS);
    }

    void opened() {
        set(OPENINGS, get(OPENINGS) + 1);
    }

    /** Writes a change down. */
    void begin(final byte[] key, final byte @Nullable [] value, final long recordsAfter) {
        set(CHANGES, get(CHANGES) + 1);
        final byte[] written = value == null ? new byte[0] : value;
        MemorySegment.copy(key, 0, memory, ValueLayout.JAVA_BYTE, KEY, key.length);
        MemorySegment.copy(written, 0, memory, ValueLayout.JAVA_BYTE, VALUE, written.length);
        set(LENGTH, written.length);
        set(RECORDS_AFTER, recordsAfter);
        set(CHECKSUM, checksum(key.length + written.length));
        set(KIND, value == null ? REMOVE : PUT);
    }

    /** The change is made, or was refused and nothing has changed. */
    void end(final long records) {
        set(RECORDS, records);
        set(KIND, 0);
        set(CHANGES, get(CHANGES) + 1);
    }

    /** A change that the owner before did not end; null if there is none. */
    @Nullable Redo redo() {
        final long kind = get(KIND);
        final long length = get(LENGTH);
        if (kind != PUT && kind != REMOVE || length < 0 || length > SaCodec.MAX_BYTES
            || get(CHECKSUM) != checksum(SaKey.BYTES + (int) length)) {
            return null;
        }
        final byte[] key = memory.asSlice(KEY, SaKey.BYTES).toArray(ValueLayout.JAVA_BYTE);
        return new Redo(key, kind == REMOVE ? null : memory.asSlice(VALUE, length).toArray(ValueLayout.JAVA_BYTE), get(RECORDS_AFTER));
    }

    private long checksum(final int length) {
        final byte[] octets = memory.asSlice(KEY, length).toArray(ValueLayout.JAVA_BYTE);
        return SaCodec.checksum(octets, length);
    }

    private long get(final long offset) {
        return (long) LONG.getVolatile(memory, offset);
    }

    private void set(final long offset, final long value) {
        LONG.setVolatile(memory, offset, value);
    }

    @Override
    public void close() {
        arena.close();
    }
}
