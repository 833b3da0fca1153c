package org.qfpsim.perf.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.qfpsim.sim.outside.SystemCall;

/** A signal that a thread sends to itself, for whoever steps it; nobody else notices it. */
public final class Mark {
    /** SIGURG: by default it does nothing, and a debugger hears of it all the same. */
    public static final int SIGNAL = 23;

    /** Until sending one takes the same instructions each time. */
    private static final int WARM_UP = 20_000;

    private final SystemCall raise = SystemCall.of("raise");

    /** Looks the function up, and sends some that nobody hears. */
    Mark() {
        for (int i = 0; i < WARM_UP; i++) {
            raise();
        }
    }

    /** Sends it. */
    void raise() {
        raise.call(SIGNAL, 0, 0);
    }

    /** The kernel's number of this thread. */
    static long thread() {
        try {
            return Long.parseLong(Path.of("/proc/thread-self").toRealPath().getFileName().toString());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
