package org.qfpsim.sim.console;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.Stty;

/**
 * The terminal that this process was started from: each key goes to the router as it is typed, Ctrl-C included; only Ctrl-\ is ours, and
 * ends the input. Without a terminal, standard input and output as they are.
 *
 * <p>The router's own session edits the line, so all that is asked of the terminal is to hand keys on, and its size: POSIX's {@code stty}
 * does that. A library for line editing would add a second editor, questions to the terminal and a thread that cannot be ended.
 */
final class LocalTerminal implements AutoCloseable {
    private static final int LEAVE = 28;

    private final @Nullable String before;
    private final int rows;
    private final int columns;
    private final InputStream in = new FileInputStream(FileDescriptor.in);
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);

    private LocalTerminal(final @Nullable String before, final int rows, final int columns) {
        this.before = before;
        this.rows = rows;
        this.columns = columns;
    }

    /** Keys up to the one that leaves. */
    private static final class Keys extends FilterInputStream {
        private boolean left;

        Keys(final InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            final int octet = left ? -1 : super.read();
            left |= octet == LEAVE;
            return left ? -1 : octet;
        }

        @Override
        public int read(final byte[] octets, final int offset, final int length) throws IOException {
            // One key at a time: what follows the one that leaves is not for us.
            final int octet = read();
            if (octet < 0) {
                return -1;
            }
            octets[offset] = (byte) octet;
            return 1;
        }
    }

    /**
     * Takes the terminal over; {@link #close} gives it back.
     *
     * @return the terminal, or the standard streams.
     */
    static LocalTerminal open() {
        if (System.console() == null || !System.console().isTerminal()) {
            return new LocalTerminal(null, 0, 0);
        }
        final String before = Stty.run("-g");
        final Stty.Size size = Stty.size();
        Stty.run("raw", "-echo");
        return size == null ? new LocalTerminal(before, 0, 0) : new LocalTerminal(before, size.rows(), size.columns());
    }

    boolean screen() {
        return before != null;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    InputStream in() {
        return before == null ? in : new Keys(in);
    }

    OutputStream out() {
        return out;
    }

    @Override
    public void close() {
        if (before != null) {
            Stty.run(before);
        }
    }
}
