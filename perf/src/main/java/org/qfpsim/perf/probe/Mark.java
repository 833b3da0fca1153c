package org.qfpsim.perf.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.outside.SystemCall;

/** A signal that a thread sends to itself, for whoever steps it; nobody else notices it. */
public final class Mark {
    /** SIGURG: by default it does nothing, and a debugger hears of it all the same. */
    public static final int SIGNAL = 23;

    private @Nullable SystemCall raise;

    Mark() {
    }

    /** Sends it; the function is looked up for the first one, so that who is never stepped needs none. */
    void raise() {
        if (raise == null) {
            raise = SystemCall.of("raise");
        }
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
