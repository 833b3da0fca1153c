package org.qfpsim.controlplane.sadb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The lock file of a database's owner. The system takes the lock back when the process ends, however it ends. */
final class OwnerLock implements AutoCloseable {
    private final FileChannel channel;

    private OwnerLock(final FileChannel channel) {
        this.channel = channel;
    }

    static SaDatabaseException inUse(final StateDirectory place, final Head head, final @Nullable Exception cause) {
        return new SaDatabaseException(place.path(), "a router has this SA database open (process " + head.pid()
            + "); give each router a state directory", cause);
    }

    /** Takes it; throws SaDatabaseException if somebody has it. */
    static OwnerLock take(final StateDirectory place, final Head head) {
        final Path file = place.create(place.lock());
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return new OwnerLock(channel);
            }
            unlock(channel);
            throw inUse(place, head, null);
        } catch (final OverlappingFileLockException e) {
            throw inUse(place, head, e);
        } catch (final IOException e) {
            unlock(channel);
            throw SaDatabaseException.io(file, e);
        }
    }

    private static void unlock(final @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (final IOException e) {
            throw new IllegalStateException("a lock file that cannot be closed", e);
        }
    }

    @Override
    public void close() {
        unlock(channel);
    }
}
