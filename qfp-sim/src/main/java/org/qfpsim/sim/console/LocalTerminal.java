package org.qfpsim.sim.console;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;

/**
 * The terminal that this process was started from: each key goes to the router as it is typed, Ctrl-C included; only Ctrl-\ is ours, and
 * ends the input. Without a terminal, standard input and output as they are.
 */
final class LocalTerminal implements AutoCloseable {
    private static final int LEAVE = 28;

    private final @Nullable Terminal terminal;
    private final @Nullable Attributes before;
    private final InputStream in;
    private final OutputStream out;

    private LocalTerminal(final @Nullable Terminal terminal, final @Nullable Attributes before, final InputStream in,
                          final OutputStream out) {
        this.terminal = terminal;
        this.before = before;
        this.in = in;
        this.out = out;
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
            return new LocalTerminal(null, null, new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
        }
        try {
            final Terminal terminal = TerminalBuilder.builder().system(true).name("qfp").build();
            final Attributes before = terminal.enterRawMode();
            final Attributes raw = terminal.getAttributes();
            raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
            raw.setInputFlag(Attributes.InputFlag.IXON, false);
            raw.setOutputFlag(Attributes.OutputFlag.OPOST, false);
            terminal.setAttributes(raw);
            return new LocalTerminal(terminal, before, new Keys(terminal.input()), terminal.output());
        } catch (final IOException e) {
            throw InputException.io("terminal", "cannot be used", e);
        }
    }

    boolean screen() {
        return terminal != null;
    }

    int rows() {
        return terminal == null ? 0 : terminal.getSize().getRows();
    }

    int columns() {
        return terminal == null ? 0 : terminal.getSize().getColumns();
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    @Override
    public void close() {
        final Terminal open = terminal;
        final Attributes old = before;
        if (open != null && old != null) {
            open.setAttributes(old);
            try {
                open.close();
            } catch (final IOException e) {
                throw InputException.io("terminal", "cannot be given back", e);
            }
        }
    }
}
