package org.qfpsim.controlplane.cryptoshow;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.kmi.EventTraces;
import org.qfpsim.controlplane.router.ControlPlane;
import org.qfpsim.controlplane.time.WallClock;

/** {@code show monitor event-trace crypto ...}. */
final class TraceTable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss.SSS", Locale.ENGLISH);

    private final ControlPlane plane;
    private final WallClock clock;

    TraceTable(final ControlPlane plane, final WallClock clock) {
        this.plane = plane;
        this.clock = clock;
    }

    /** An asterisk stands in front while nobody has set the clock. */
    void print(final Output out, final EventTraces.Source source, final boolean latest) {
        for (final EventTraces.Event event : plane.kmi().traces().read(source, latest)) {
            out.print((clock.isSet() ? "" : "*") + TIME.format(clock.local().minusNanos(clock.uptimeNanos() - event.nanos())) + ": "
                + event.text() + "\n");
        }
    }
}
