package org.qfpsim.sim;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Standard output that does not swallow errors, as {@link System#out} does: a reader that went away or a full disk is an
 * {@link InputException}.
 */
public final class StandardOutput extends OutputStream {
    private final OutputStream target;

    StandardOutput(final OutputStream target) {
        this.target = target;
    }

    /** File descriptor 1 for octets, not buffered; its failures are unchecked exceptions, closing it does nothing. */
    public static OutputStream stream() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out));
    }

    /** A buffered UTF-8 writer to file descriptor 1; its failures are unchecked exceptions. */
    static PrintWriter writer() {
        return writer(new FileOutputStream(FileDescriptor.out));
    }

    static PrintWriter writer(final OutputStream target) {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(new StandardOutput(target), StandardCharsets.UTF_8)));
    }

    @Override
    public void write(final int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(final byte[] octets, final int offset, final int length) {
        try {
            target.write(octets, offset, length);
        } catch (final IOException e) {
            throw InputException.io("standard output", "cannot be written", e);
        }
    }
}
