package org.qfpsim.controlplane.supervisor;

import org.qfpsim.controlplane.cli.Output;

/** Output of a command of a script: what comes when it has returned goes elsewhere, unless somebody waits for its end. */
final class ScriptedOutput implements Output {
    private Output next;
    private boolean awaited;

    ScriptedOutput(final Output next) {
        this.next = next;
    }

    @Override
    public void print(final String text) {
        next.print(text);
    }

    @Override
    public boolean hold() {
        awaited = next.hold();
        return awaited;
    }

    @Override
    public void release() {
        next.release();
    }

    /** The command has returned. */
    void returned(final Output later) {
        if (!awaited) {
            next = later;
        }
    }
}
