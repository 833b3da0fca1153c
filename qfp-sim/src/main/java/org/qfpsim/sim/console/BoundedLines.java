package org.qfpsim.sim.console;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The lines of an input; of a line that is far too long no more is kept than shows that it is. */
final class BoundedLines implements Iterator<String> {
    private static final int KEPT = 1000;

    private final Reader reader;
    private @Nullable String next;
    private boolean ended;

    BoundedLines(final Reader reader) {
        this.reader = reader;
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            next = read();
            ended = next == null;
        }
        return next != null;
    }

    @Override
    public String next() {
        final String line = hasNext() ? next : null;
        if (line == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return line;
    }

    private @Nullable String read() {
        final StringBuilder line = new StringBuilder();
        boolean any = false;
        try {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                any = true;
                if (c == '\n') {
                    break;
                }
                if (c != '\r' && line.length() < KEPT) {
                    line.append((char) c);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return any ? line.toString() : null;
    }
}
