package org.qfpsim.controlplane.supervisor;

import org.qfpsim.controlplane.config.model.SimulatorConfig;

/** What a router reads when it starts and never again: which hardware it is, what it has booted, and whether its SAs come back. */
final class StartupOnly {
    private StartupOnly() {
    }

    /**
     * Compares the configuration that holds with another one.
     *
     * @param now  the one that holds.
     * @param next the other one.
     * @return the first of these lines that is another one; empty if none is.
     */
    static String changed(final SimulatorConfig now, final SimulatorConfig next) {
        return now.platform() != next.platform() ? "qfp-sim platform"
            : !now.release().equals(next.release()) ? "qfp-sim release"
            : now.restoreSas() != next.restoreSas() ? "qfp-sim restore-sas" : "";
    }
}
