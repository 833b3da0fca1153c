package org.qfpsim.controlplane.sadb;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The SA database of one router: the owner's side. One thread.
 *
 * <ol>
 *   <li>Opening takes the lock file; a second owner is refused. What is there is checked, entry by entry; a change that a killed owner
 *       had begun is made again, so that every change that {@link #put} or {@link #remove} has returned from is there, and the one after
 *       it as a whole or not at all.</li>
 *   <li>Without records there is no map yet: the first {@link #put} makes it.</li>
 *   <li>Readers never lock anything of the owner's: killing one in mid-read costs the owner nothing.</li>
 * </ol>
 */
public final class SaDatabase implements AutoCloseable {
    /** Records that fit if nothing else is said. */
    public static final int DEFAULT_ENTRIES = 16_384;
    /** The largest number of records that can be asked for. */
    public static final int MAX_ENTRIES = 4_000_000;

    private final StateDirectory directory;
    private final OwnerLock lock;
    private final Head head;
    private @Nullable RecordStore store;
    private long lost;

    private SaDatabase(final StateDirectory directory, final OwnerLock lock, final Head head) {
        this.directory = directory;
        this.lock = lock;
        this.head = head;
    }

    /**
     * Opens the database with room for {@link #DEFAULT_ENTRIES} records.
     *
     * @param directory the router's state directory; made (0700) if there is none.
     * @return the database.
     * @throws SaDatabaseException if a mode is wrong, another router has it, or it is damaged beyond recovery.
     */
    public static SaDatabase open(final Path directory) {
        return open(directory, DEFAULT_ENTRIES);
    }

    /**
     * Opens the database.
     *
     * @param directory the router's state directory; made (0700) if there is none.
     * @param entries   records that fit, 1 to {@link #MAX_ENTRIES}; a database with room for more keeps it.
     * @return the database.
     * @throws SaDatabaseException if a mode is wrong, another router has it, or it is damaged beyond recovery.
     */
    public static SaDatabase open(final Path directory, final int entries) {
        if (entries < 1 || entries > MAX_ENTRIES) {
            throw new IllegalArgumentException("entries " + entries + " is not within 1 to " + MAX_ENTRIES);
        }
        final StateDirectory place = StateDirectory.prepare(directory);
        final Head head = Head.own(place);
        final SaDatabase database;
        try {
            // Before the lock file is touched: closing it again would end the lock of a router in this process (POSIX: a process's).
            if (head.phase() != Head.Phase.CLOSED && head.ownerAlive()) {
                throw OwnerLock.inUse(place, head, null);
            }
            database = new SaDatabase(place, OwnerLock.take(place, head), head);
        } catch (final RuntimeException e) {
            head.close();
            throw e;
        }
        try {
            database.start(entries);
            return database;
        } catch (final RuntimeException e) {
            database.crash();
            throw e;
        }
    }

    private void start(final int entries) {
        directory.removeOrphans();
        final boolean there = Files.exists(directory.data(), LinkOption.NOFOLLOW_LINKS);
        if (there) {
            directory.checkFile(directory.data());
        }
        head.phase(Head.Phase.RECOVERING);
        head.own();
        // Before anything is read: what is read tells how many openings ago it was written.
        head.opened();
        if (there) {
            recover();
        } else {
            lost = head.records();
            head.entries(entries);
            head.end(0);
            head.own();
        }
        if (head.entries() < entries) {
            grow(entries);
        }
        head.phase(Head.Phase.OPEN);
    }

    private void recover() {
        final RecordStore records = RecordStore.recover(directory.data());
        store = records;
        final Head.Redo redo = head.redo();
        final long expected = redo == null ? head.records() : redo.recordsAfter();
        if (redo != null) {
            change(records, redo.key(), redo.value());
        }
        lost = Math.max(0, expected - records.size());
        head.end(records.size());
        head.own();
    }

    private void grow(final long entries) {
        final RecordStore before = store;
        if (before != null) {
            RecordStore.make(directory, entries, larger -> before.forEach(larger::put));
            before.close();
            store = RecordStore.recover(directory.data());
        }
        head.entries(entries);
    }

    private RecordStore records() {
        RecordStore records = store;
        if (records == null) {
            RecordStore.make(directory, head.entries(), empty -> { });
            records = RecordStore.recover(directory.data());
            store = records;
        }
        return records;
    }

    /**
     * Writes a record; one with the same key is replaced.
     *
     * @param sa the record.
     * @throws SaDatabaseException if there is no room.
     */
    public void put(final SaRecord sa) {
        final RecordStore records = records();
        final byte[] key = sa.key().octets();
        final long after = head.records() + (records.get(key) == null ? 1 : 0);
        if (after > head.entries()) {
            throw new SaDatabaseException(directory.path(), "the SA database is full: it has room for " + head.entries()
                + " records; open it with more entries");
        }
        change(records, key, SaCodec.encode(sa.withOpening(head.openings())), after);
    }

    /**
     * Takes a record out.
     *
     * @param key of it.
     * @return whether it was there.
     */
    public boolean remove(final SaKey key) {
        final RecordStore records = store;
        final byte[] octets = key.octets();
        if (records == null || records.get(octets) == null) {
            return false;
        }
        change(records, octets, null, head.records() - 1);
        return true;
    }

    private void change(final RecordStore records, final byte[] key, final byte @Nullable [] value, final long after) {
        final long before = head.records();
        head.begin(key, value, after);
        boolean made = false;
        try {
            change(records, key, value);
            made = true;
        } finally {
            head.end(made ? after : before);
        }
    }

    private static void change(final RecordStore records, final byte[] key, final byte @Nullable [] value) {
        if (value == null) {
            records.remove(key);
        } else {
            records.put(key, value);
        }
    }

    /**
     * Looks a record up.
     *
     * @param key of it.
     * @return the record, if there is one.
     */
    public Optional<SaRecord> get(final SaKey key) {
        final byte[] value = store == null ? null : store.get(key.octets());
        return value == null ? Optional.empty() : Optional.of(RecordStore.decode(directory.data(), value));
    }

    /**
     * Hands out every record, in no order. The database may not be changed meanwhile.
     *
     * @param action called with each.
     */
    public void forEach(final Consumer<SaRecord> action) {
        if (store != null) {
            store.forEach((key, value) -> action.accept(RecordStore.decode(directory.data(), value)));
        }
    }

    /**
     * Takes out the records that nobody needs any more.
     *
     * @param condition says which.
     * @return how many there were.
     */
    public int removeIf(final Predicate<SaRecord> condition) {
        final List<SaKey> keys = new ArrayList<>();
        forEach(sa -> {
            if (condition.test(sa)) {
                keys.add(sa.key());
            }
        });
        keys.forEach(this::remove);
        return keys.size();
    }

    /** How often a router has opened it, this time included. */
    public long openings() {
        return head.openings();
    }

    /** Records in the database. */
    public long size() {
        return head.records();
    }

    /** Records that fit. */
    public long entries() {
        return head.entries();
    }

    /** Records that were not whole when it was opened, and are gone. */
    public long lost() {
        return lost;
    }

    /** Leaves the database to the next owner. */
    @Override
    public void close() {
        end(true);
    }

    /** Leaves it as a killed process does, for a router that crashes while the process that simulates it lives on. */
    public void crash() {
        end(false);
    }

    private void end(final boolean orderly) {
        if (store != null) {
            store.close();
            store = null;
        }
        if (orderly) {
            head.phase(Head.Phase.CLOSED);
        } else {
            head.disown();
        }
        head.close();
        lock.close();
    }
}
