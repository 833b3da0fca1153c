package org.qfpsim.sim.scenario;

import java.util.Locale;
import org.qfpsim.sim.InputException;

/** A scenario takes longer than a real clock is meant for. */
final class TooLongException extends InputException {
    private static final long serialVersionUID = 1L;

    TooLongException(final String name, final long nanos, final long longest) {
        super(String.format(Locale.ROOT, "%s takes %.0f s, and --clock real is for scenarios of up to %.0f s; run it with --clock virtual",
            name, nanos / 1e9, longest / 1e9));
    }
}
