package org.qfpsim.controlplane.supervisor;

import org.qfpsim.controlplane.cli.Output;

/** Output of a command where nobody waits for its end: what comes when it has returned goes elsewhere. */
final class ScriptedOutput implements Output {
    private Output next;

    ScriptedOutput(final Output next) {
        this.next = next;
    }

    @Override
    public void print(final String text) {
        next.print(text);
    }

    /** The command has returned. */
    void returned(final Output later) {
        next = later;
    }
}
