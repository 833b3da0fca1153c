package org.qfpsim.sim.console;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.InputException;

/**
 * The terminal that this process was started from: each key goes to the router as it is typed, Ctrl-C included; only Ctrl-\ is ours, and
 * ends the input. Without a terminal, standard input and output as they are.
 *
 * <p>The router's own session edits the line, so all that is asked of the terminal is to hand keys on, and its size: POSIX's {@code stty}
 * does that. A library for line editing would add a second editor, questions to the terminal and a thread that cannot be ended.
 */
final class LocalTerminal implements AutoCloseable {
    private static final int LEAVE = 28;
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,3}) ([0-9]{1,3})");

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
        final String before = stty("-g");
        final Matcher size = SIZE.matcher(stty("size"));
        final boolean known = size.matches();
        stty("raw", "-echo");
        return new LocalTerminal(before, known ? Integer.parseInt(size.group(1)) : 0, known ? Integer.parseInt(size.group(2)) : 0);
    }

    private static String stty(final String... arguments) {
        final List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(Arrays.asList(arguments));
        try {
            final Process process = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.INHERIT).redirectErrorStream(true)
                .start();
            final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new InputException("the terminal cannot be set: stty " + String.join(" ", arguments) + ": " + text);
            }
            return text;
        } catch (final IOException e) {
            throw InputException.io("stty", "cannot be run, which a terminal needs; or pipe the commands in", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("interrupted while the terminal was set", e);
        }
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
            stty(before);
        }
    }
}
