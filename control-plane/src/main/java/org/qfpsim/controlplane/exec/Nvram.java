package org.qfpsim.controlplane.exec;

import java.io.IOException;

/** Where the startup configuration is kept. What is written has keys in it. */
public interface Nvram {
    /** Octets that fit: what the platform has. */
    int CAPACITY = 32_768 << 10;

    /** The startup configuration as a file; empty if there is none. */
    String read();

    /**
     * Replaces the startup configuration.
     *
     * @param text a configuration file, at most {@link #CAPACITY} octets.
     * @throws IOException if it cannot be kept.
     */
    void write(String text) throws IOException;
}
