package org.qfpsim.controlplane.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.route.RoutedDatapath;
import org.qfpsim.datapath.trace.CaptureBuffer;
import org.qfpsim.datapath.trace.TraceBuffer;

/**
 * The packet trace and the packet captures of a router: what they were told, and what is being recorded. Tells the datapath whenever that
 * changes. One thread.
 */
public final class PacketWatch {
    private final RoutedDatapath datapath;
    private final Timers timers;
    private final Supplier<List<String>> interfaces;
    private final Map<String, Capture> captures = new LinkedHashMap<>();
    private TraceSettings settings = TraceSettings.NONE;
    private boolean started;
    private @Nullable TraceBuffer trace;

    /**
     * Watches nothing yet.
     *
     * @param datapath   of the router.
     * @param timers     its clock.
     * @param interfaces names by index.
     */
    public PacketWatch(final RoutedDatapath datapath, final Timers timers, final Supplier<List<String>> interfaces) {
        this.datapath = datapath;
        this.timers = timers;
        this.interfaces = interfaces;
    }

    TraceSettings settings() {
        return settings;
    }

    /** Names of the interfaces, by index. */
    List<String> interfaces() {
        return interfaces.get();
    }

    Timers timers() {
        return timers;
    }

    /** Whether conditions are being looked at. */
    boolean isStarted() {
        return started;
    }

    /** What was recorded since the last change of what is recorded; null if nothing ever was to be. */
    @Nullable TraceBuffer trace() {
        return trace;
    }

    Map<String, Capture> captures() {
        return captures;
    }

    /**
     * Takes other settings; records begin anew.
     *
     * @throws IllegalArgumentException if they would take too much memory; nothing has changed then.
     */
    void settings(final TraceSettings next) {
        apply(next, started, next.packets() == 0 ? null : new TraceBuffer(next.spec(interfaces())));
    }

    /** {@code debug platform condition start|stop}. Records stay. */
    void start(final boolean on) {
        final TraceBuffer kept = trace;
        final boolean same = kept != null && settings.packets() != 0 && kept.spec().equals(settings.spec(interfaces()));
        apply(settings, on, settings.packets() == 0 ? null : same ? kept : new TraceBuffer(settings.spec(interfaces())));
    }

    /** {@code clear platform packet-trace statistics}: records and numbers are forgotten. */
    void clearTrace() {
        settings(settings);
    }

    /** {@code undebug all}: no trace any more. */
    public void off() {
        apply(TraceSettings.NONE, false, null);
    }

    private void apply(final TraceSettings next, final boolean on, final @Nullable TraceBuffer buffer) {
        tell(on ? buffer : null);
        settings = next;
        started = on;
        trace = buffer;
    }

    /**
     * Ends captures that have had what they were to have.
     *
     * @param nanos the time.
     */
    public void work(final long nanos) {
        boolean changed = false;
        for (final Capture capture : captures.values()) {
            if (capture.isOver(nanos)) {
                capture.stop();
                changed = true;
            }
        }
        if (changed) {
            capturesChanged();
        }
    }

    /** What runs has changed: a capture begins or ends. */
    void capturesChanged() {
        tell(started ? trace : null);
    }

    private void tell(final @Nullable TraceBuffer running) {
        final List<CaptureBuffer> active = new ArrayList<>();
        for (final Capture capture : captures.values()) {
            final CaptureBuffer buffer = capture.running();
            if (buffer != null) {
                active.add(buffer);
            }
        }
        datapath.watch(running, active);
    }
}
