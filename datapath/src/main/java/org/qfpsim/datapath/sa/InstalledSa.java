package org.qfpsim.datapath.sa;

import org.qfpsim.datapath.crypto.EspSuite;

/** The control thread's handle of an inbound SA in the datapath. */
public final class InstalledSa {
    private final String name;
    private final int number;
    private final EspSuite suite;
    private final String backend;
    private final long record;
    private final int spi;
    private boolean retired;
    /** Written by the dispatcher when it has made the change that the control thread waits for. */
    private volatile long position = Long.MAX_VALUE;
    private boolean freed;

    InstalledSa(final String name, final int number, final EspSuite suite, final String backend, final long record,
                final int spi) {
        this.name = name;
        this.number = number;
        this.suite = suite;
        this.backend = backend;
        this.record = record;
        this.spi = spi;
    }

    /** What reports call it. */
    public String name() {
        return name;
    }

    /** Dense number, as {@link InboundSa#number}. */
    public int number() {
        return number;
    }

    /** Its algorithms. */
    public EspSuite suite() {
        return suite;
    }

    /** The crypto library that opens its packets. */
    public String backend() {
        return backend;
    }

    /** Address of the {@link InboundSa}; dead once {@link #isFreed}. */
    public long record() {
        return record;
    }

    /** Its SPI, as on the wire. */
    public int spi() {
        return spi;
    }

    /** Whether it was taken away. Control thread. */
    public boolean isRetired() {
        return retired;
    }

    void retired() {
        retired = true;
    }

    /** Whether keys and record were freed. */
    public boolean isFreed() {
        return freed;
    }

    void freed() {
        freed = true;
    }

    long position() {
        return position;
    }

    void position(final long value) {
        position = value;
    }
}
