package org.qfpsim.sim.oracle;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.qfpsim.datapath.crypto.EspSuite;

/** A receiver of ESP that knows some suites. */
interface Oracle {
    /** The answer to a packet that came out as it went in. */
    String RIGHT = "";

    /** What people call it. */
    String name();

    /** Why it cannot be asked on this machine; empty if it can. */
    Optional<String> missing() throws Exception;

    /**
     * Whether it can open packets of a suite.
     *
     * @param suite the algorithms.
     * @param esn   whether sequence numbers are extended.
     */
    boolean knows(EspSuite suite, boolean esn);

    /**
     * Opens packets, all in one run.
     *
     * @param packets   of suites that it knows.
     * @param directory an empty one for its files.
     * @return for each packet {@link #RIGHT}, or what is wrong in words.
     */
    List<String> examine(List<EspCase> packets, Path directory) throws Exception;
}
