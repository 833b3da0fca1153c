package org.qfpsim.sim.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.live.CounterLook;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.qfp.load.Load;
import org.qfpsim.controlplane.qfp.load.LoadModel;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.sim.InputException;

/**
 * A counters file: counters and nothing else. Load follows from what was counted between two looks; the clock is the reader's own. A router
 * that replaces the file of one that has ended is followed.
 */
public final class FileSource implements LookSource {
    private static final double SECOND = 1e9;

    private final Path file;
    private final PlatformProfile platform;
    private final LongSupplier nanoTime;
    private final LoadModel model;
    private CounterReader counters;
    private long started;
    private @Nullable RouterLook before;

    /**
     * Opens a file.
     *
     * @param file     of a router that runs, or has run.
     * @param platform which the file does not say.
     * @param nanoTime a steady clock.
     */
    public FileSource(final Path file, final PlatformProfile platform, final LongSupplier nanoTime) {
        this.file = file;
        this.platform = platform;
        this.nanoTime = nanoTime;
        model = new LoadModel(platform);
        counters = map(file);
        started = nanoTime.getAsLong();
    }

    private static CounterReader map(final Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": no such counters file; start the router with --counters " + file);
        }
        try {
            return CounterReader.map(file);
        } catch (final IOException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public List<String> routers() {
        return List.of(String.valueOf(file.getFileName()));
    }

    @Override
    public Optional<RouterLook> look(final String router) {
        if (before != null && ProcessHandle.of(counters.pid()).isEmpty()) {
            follow();
        }
        final long nanos = nanoTime.getAsLong();
        final CounterLook look = CounterLook.read(counters);
        final RouterLook made = new RouterLook(router, platform.key(), "", counters.pid(), started, nanos, "", look, List.of(),
            load(look, nanos), List.of(), 0, List.of(), 0);
        before = made;
        return Optional.of(made);
    }

    private void follow() {
        final CounterReader next = Files.isRegularFile(file) ? map(file) : counters;
        if (next.pid() == counters.pid()) {
            throw new GoneException(file + ": its router (process " + counters.pid() + ") has ended");
        }
        counters = next;
        started = nanoTime.getAsLong();
        before = null;
    }

    private @Nullable Load load(final CounterLook now, final long nanos) {
        final RouterLook last = before;
        if (last == null || nanos <= last.nanos()) {
            return null;
        }
        final double seconds = (nanos - last.nanos()) / SECOND;
        final double input = rate(now, last, Total.RECEIVED, seconds);
        final double crypto = rate(now, last, Total.ESP_OPENED, seconds) + rate(now, last, Total.ESP_SEALED, seconds);
        return new Load(input, rate(now, last, Total.RECEIVED_OCTETS, seconds) * Byte.SIZE, rate(now, last, Total.TRANSMITTED, seconds),
            rate(now, last, Total.FORWARDED_OCTETS, seconds) * Byte.SIZE, Math.round(model.processing(input, crypto)), false,
            Math.round(model.crypto(crypto)));
    }

    private static double rate(final CounterLook now, final RouterLook last, final Total total, final double seconds) {
        return (now.total(total.label()) - last.counters().total(total.label())) / seconds;
    }
}
