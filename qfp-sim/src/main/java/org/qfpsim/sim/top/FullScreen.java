package org.qfpsim.sim.top;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.qfpsim.sim.StandardOutput;
import org.qfpsim.sim.Stty;

/**
 * The terminal as a screen: what was on it is there again afterwards, also if a signal ends the program. Needs ECMA-48 (ANSI) sequences
 * that every terminal of the last decades has, and {@code stty}; a terminal without the alternate screen just scrolls.
 */
final class FullScreen implements AutoCloseable {
    /** The far end of the keyboard. */
    static final int END = -1;
    /** Nothing was typed. */
    static final int NONE = -2;
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
    private static final String LEAVE = "\u001b[0m\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String TITLE = "\u001b[1;7m";
    private static final String PLAIN = "\u001b[0m";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_REST = "\u001b[J";
    private static final Stty.Size USUAL = new Stty.Size(24, 80);

    private final String before;
    private final InputStream in = new FileInputStream(FileDescriptor.in);
    private final OutputStream out = StandardOutput.stream();
    private final BlockingQueue<Integer> keys = new ArrayBlockingQueue<>(64);
    private final Thread restore = new Thread(this::restore);

    private FullScreen(final String before) {
        this.before = before;
    }

    /** Whether there is a terminal that can be one. */
    static boolean possible() {
        final @Nullable String term = System.getenv("TERM");
        return System.console() != null && System.console().isTerminal() && term != null && !term.isEmpty() && !term.equals("dumb");
    }

    /** Takes the terminal over. */
    static FullScreen open() {
        final FullScreen screen = new FullScreen(Stty.run("-g"));
        Runtime.getRuntime().addShutdownHook(screen.restore);
        // Keys as they are typed; Ctrl-C is one of them, and Ctrl-Z does not leave the screen behind.
        Stty.run("-icanon", "-echo", "-isig", "min", "1");
        screen.write(ENTER);
        Thread.ofPlatform().daemon().name("keyboard").start(screen::type);
        return screen;
    }

    private void type() {
        try {
            int key;
            do {
                key = in.read();
                keys.put(key);
            } while (key >= 0);
        } catch (final IOException e) {
            keys.offer(END);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How large it is now: it may have changed. */
    Stty.Size size() {
        final Stty.Size size = Stty.size();
        return size == null || size.rows() == 0 || size.columns() == 0 ? USUAL : size;
    }

    /**
     * Shows a frame, in one piece.
     *
     * @param lines no more than the screen has.
     */
    void draw(final List<Frame.Line> lines) {
        final StringBuilder text = new StringBuilder(HOME);
        for (int i = 0; i < lines.size(); i++) {
            final Frame.Line line = lines.get(i);
            text.append(i == 0 ? "" : "\r\n").append(line.title() ? TITLE : "").append(line.text()).append(line.title() ? PLAIN : "")
                .append(CLEAR_LINE);
        }
        write(text.append(CLEAR_REST).toString());
    }

    /**
     * Waits for a key.
     *
     * @param nanos how long at most.
     * @return the octet, {@link #END} or {@link #NONE}.
     */
    int key(final long nanos) {
        try {
            final Integer key = keys.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return key == null ? NONE : key;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return END;
        }
    }

    private void write(final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        try {
            out.write(octets);
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void restore() {
        write(LEAVE);
        Stty.run(before);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(restore);
        restore();
    }
}
