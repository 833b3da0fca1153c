package org.qfpsim.perf.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.perf.bench.InboundLoad;
import org.qfpsim.perf.bench.InboundRig;
import org.qfpsim.perf.bench.OutsideReader;

/**
 * A router whose counters another process reads, or does not: two subjects with the same memory, so that only the reader makes a
 * difference.
 */
public final class ReadRig {
    private final InboundLoad load;
    private final int looks;
    private int users;
    private @Nullable Path file;
    private @Nullable InboundRig rig;
    private @Nullable OutsideReader reader;

    /**
     * Opens nothing yet.
     *
     * @param load  what goes through.
     * @param looks a second, or {@link OutsideReader#FLAT_OUT}.
     */
    public ReadRig(final InboundLoad load, final int looks) {
        this.load = load;
        this.looks = looks;
    }

    /**
     * The path while somebody reads, or while nobody does.
     *
     * @param read whether.
     * @return the subject; the last one that is closed closes the router.
     */
    public PathSubject subject(final boolean read) {
        final InboundRig opened = open();
        return new PathSubject() {
            @Override
            public int packets() {
                return opened.frames();
            }

            @Override
            public void prepare() {
                if (reader != null) {
                    reader.reading(read);
                }
                opened.renew();
            }

            @Override
            public void run() {
                opened.pass();
            }

            @Override
            public void close() {
                leave();
            }
        };
    }

    private InboundRig open() {
        users++;
        InboundRig opened = rig;
        if (opened == null) {
            try {
                final Path counters = Files.createTempFile("qfp-perf", ".counters");
                file = counters;
                opened = new InboundRig(load, CounterStore.inFile(counters, load.ppes()));
                rig = opened;
                reader = new OutsideReader(counters, looks);
            } catch (final IOException e) {
                throw new UncheckedIOException("no room for a counters file", e);
            }
        }
        return opened;
    }

    private void leave() {
        users--;
        if (users == 0 && rig != null && reader != null && file != null) {
            reader.close();
            rig.close();
            try {
                Files.delete(file);
            } catch (final IOException e) {
                throw new UncheckedIOException("a counters file cannot be deleted", e);
            }
        }
    }
}
