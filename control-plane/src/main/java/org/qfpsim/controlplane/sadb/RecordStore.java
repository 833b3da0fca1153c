package org.qfpsim.controlplane.sadb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The Chronicle Map in a file, octets to octets. The first one in a process compiles classes for seconds: open as late as possible.
 *
 * <p>Opening always goes through Chronicle's recovery, which frees locks of the dead and drops every entry whose checksum is wrong: it
 * costs 10 us a record, and it is what makes a damaged file harmless.
 */
final class RecordStore implements AutoCloseable {
    /** Typical length of a record; a longer one takes several of Chronicle's chunks. */
    private static final int USUAL_BYTES = 320;
    /** Room for uneven distribution; the limit that callers see is the head's. */
    private static final double BLOAT = 2;

    private final ChronicleMap<byte[], byte[]> map;

    private RecordStore(final ChronicleMap<byte[], byte[]> map) {
        this.map = map;
    }

    private static ChronicleMapBuilder<byte[], byte[]> builder(final long entries) {
        return ChronicleMapBuilder.of(byte[].class, byte[].class).name("sas").constantKeySizeBySample(new byte[SaKey.BYTES])
            .averageValueSize(USUAL_BYTES).entries(entries).maxBloatFactor(BLOAT).checksumEntries(true);
    }

    /**
     * Makes an empty one; it appears under its name only when it is whole.
     *
     * @param directory where.
     * @param entries   records that it shall take.
     * @param fill      called with the map before it appears.
     */
    static void make(final StateDirectory directory, final long entries, final Consumer<RecordStore> fill) {
        final Path fresh = directory.fresh();
        try {
            Files.deleteIfExists(fresh);
            directory.create(fresh);
            try (RecordStore store = new RecordStore(builder(entries).createPersistedTo(fresh.toFile()))) {
                fill.accept(store);
            }
            Files.move(fresh, directory.data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            throw SaDatabaseException.io(fresh, e);
        }
    }

    /**
     * Checks and opens a file.
     *
     * @param file what {@link #make} has made, or a copy of it at any moment.
     * @return the whole entries of it.
     */
    static RecordStore recover(final Path file) {
        try {
            // The file says its own size; the builder's entries are not used.
            return new RecordStore(builder(1).recoverPersistedTo(file.toFile(), false, corruption -> { }));
        } catch (final IOException e) {
            throw SaDatabaseException.io(file, e);
        } catch (final RuntimeException e) {
            throw new SaDatabaseException(file, "is damaged beyond recovery; move it away, and the router starts without SAs", e);
        }
    }

    /**
     * Reads a value.
     *
     * @param file  for the error.
     * @param value from a database.
     * @return the record.
     */
    static SaRecord decode(final Path file, final byte[] value) {
        try {
            return SaCodec.decode(value);
        } catch (final IllegalArgumentException e) {
            throw new SaDatabaseException(file, "a record cannot be read (" + e.getMessage() + "); it was written by another version, or "
                + "is damaged: move the file away, and the router starts without SAs", e);
        }
    }

    byte @Nullable [] get(final byte[] key) {
        return map.get(key);
    }

    void put(final byte[] key, final byte[] value) {
        map.put(key, value);
    }

    void remove(final byte[] key) {
        map.remove(key);
    }

    long size() {
        return map.longSize();
    }

    void forEach(final BiConsumer<byte[], byte[]> action) {
        map.forEach(action);
    }

    @Override
    public void close() {
        map.close();
    }
}
