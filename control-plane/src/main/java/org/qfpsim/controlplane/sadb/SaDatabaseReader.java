package org.qfpsim.controlplane.sadb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the database of a router that may be running, from any process of the same user. It only looks: it copies the file, asks the head
 * whether anything changed meanwhile, and if so does it again; what it opens is the copy. So it can be killed at any time, and the router
 * neither waits for it nor notices.
 */
public final class SaDatabaseReader {
    /** Times that a file is copied when the router keeps changing it. */
    private static final int ATTEMPTS = 10;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final byte[] ZEROS = new byte[BLOCK_BYTES];

    private SaDatabaseReader() {
    }

    /** What the owner does. */
    public enum Owner {
        /** A router runs and has the database open. */
        RUNNING,
        /** The router was stopped. */
        STOPPED,
        /** The router was killed; its next start recovers the database. */
        CRASHED,
        /** A router is recovering the database: nothing can be read now. */
        RECOVERING
    }

    /**
     * What was read.
     *
     * @param owner   what the owner did meanwhile.
     * @param pid     the owner's process; the last one if it has ended; 0 if there was none.
     * @param stable  whether nothing changed while it was read; otherwise records that were changed just then may be missing.
     * @param records whole ones, by local address, SPI and direction.
     */
    public record Snapshot(Owner owner, long pid, boolean stable, List<SaRecord> records) {
        /** Copies the list. */
        public Snapshot {
            records = List.copyOf(records);
        }
    }

    /**
     * Reads all records.
     *
     * @param directory the router's state directory.
     * @return what is in it; without records while a router recovers it.
     * @throws SaDatabaseException if there is no database, a mode is wrong, or it is damaged beyond reading.
     */
    public static Snapshot read(final Path directory) {
        final StateDirectory place = StateDirectory.existing(directory);
        if (!Files.exists(place.head(), LinkOption.NOFOLLOW_LINKS)) {
            throw new SaDatabaseException(directory, "there is no SA database in it; name the state directory of a router");
        }
        place.removeOrphans();
        final Path copy = place.create(place.copy());
        try (Head head = Head.look(place)) {
            for (int attempt = 1;; attempt++) {
                final Owner owner = owner(head);
                final long before = head.changes();
                if (owner == Owner.RECOVERING) {
                    return new Snapshot(owner, head.pid(), true, List.of());
                }
                final boolean there = copy(place, copy);
                final boolean quiet = (before & 1) == 0 || owner == Owner.CRASHED;
                final boolean stable = quiet && head.changes() == before && owner(head) == owner;
                if (stable || attempt == ATTEMPTS) {
                    return new Snapshot(owner, head.pid(), stable, there ? records(copy) : List.of());
                }
            }
        } finally {
            delete(copy);
        }
    }

    private static Owner owner(final Head head) {
        final Head.Phase phase = head.phase();
        if (phase == Head.Phase.CLOSED) {
            return Owner.STOPPED;
        }
        if (!head.ownerAlive()) {
            return Owner.CRASHED;
        }
        return phase == Head.Phase.RECOVERING ? Owner.RECOVERING : Owner.RUNNING;
    }

    /** Holes stay holes: most of a young database is one. */
    private static boolean copy(final StateDirectory place, final Path copy) {
        if (!Files.exists(place.data(), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        try (FileChannel in = FileChannel.open(place.checkFile(place.data()), StandardOpenOption.READ);
             FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            long at = 0;
            for (int read = in.read(block, at); read > 0; read = in.read(block, at)) {
                final boolean last = at + read >= in.size();
                if (last || !ByteBuffer.wrap(ZEROS, 0, read).equals(block.flip())) {
                    out.write(block.position(0).limit(read), at);
                }
                at += read;
                block.clear();
            }
            return at > 0;
        } catch (final IOException e) {
            throw SaDatabaseException.io(place.path(), e);
        }
    }

    private static List<SaRecord> records(final Path copy) {
        final List<SaRecord> records = new ArrayList<>();
        try (RecordStore store = RecordStore.recover(copy)) {
            store.forEach((key, value) -> records.add(RecordStore.decode(copy, value)));
        }
        records.sort(Comparator.comparing((SaRecord sa) -> sa.path().local())
            .thenComparing(SaRecord::inboundSpi, Integer::compareUnsigned).thenComparing(SaRecord::direction));
        return records;
    }

    private static void delete(final Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (final IOException e) {
            throw SaDatabaseException.io(copy, e);
        }
    }
}
