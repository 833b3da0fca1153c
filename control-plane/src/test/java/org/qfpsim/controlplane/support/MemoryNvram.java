package org.qfpsim.controlplane.support;

import org.qfpsim.controlplane.exec.Nvram;

/** A startup configuration that is kept for as long as the test runs. */
public final class MemoryNvram implements Nvram {
    private String kept = "";

    @Override
    public String read() {
        return kept;
    }

    @Override
    public void write(final String text) {
        kept = text;
    }
}
