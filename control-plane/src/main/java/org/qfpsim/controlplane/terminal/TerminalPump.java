package org.qfpsim.controlplane.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Plugs a pair of streams into the far end of a {@link TerminalPort}, with a thread for each way. When the input ends, the session
 * goes on until everything typed is done; when the output fails, it is over at once.
 */
public final class TerminalPump {
    private static final int AT_ONCE = 4096;

    private final InputStream in;
    private final OutputStream out;
    private final TerminalPort port;
    private final Thread reader;
    private final Thread writer;

    private TerminalPump(final InputStream in, final OutputStream out, final TerminalPort port) {
        this.in = in;
        this.out = out;
        this.port = port;
        reader = Thread.ofPlatform().daemon().name("terminal-input").unstarted(this::read);
        writer = Thread.ofPlatform().daemon().name("terminal-output").unstarted(this::write);
    }

    /**
     * Starts moving octets.
     *
     * @param in   what is typed.
     * @param out  where it is shown.
     * @param port the wire.
     * @return the pump, which ends by itself.
     */
    public static TerminalPump start(final InputStream in, final OutputStream out, final TerminalPort port) {
        final TerminalPump pump = new TerminalPump(in, out, port);
        pump.reader.start();
        pump.writer.start();
        return pump;
    }

    /** Whether something may still be shown. */
    public boolean isRunning() {
        return writer.isAlive();
    }

    /**
     * Waits until the session is over and everything that it has shown was written.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile.
     */
    public void join() throws InterruptedException {
        writer.join();
    }

    private void read() {
        final byte[] octets = new byte[AT_ONCE];
        try {
            for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
                if (!port.type(octets, 0, count)) {
                    return;
                }
            }
        } catch (final IOException e) {
            // A far end that fails while it is read has gone away, as one that ends.
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        port.endInput();
    }

    private void write() {
        final byte[] octets = new byte[AT_ONCE];
        try {
            for (int count = port.read(octets); count >= 0; count = port.read(octets)) {
                out.write(octets, 0, count);
                out.flush();
            }
        } catch (final IOException e) {
            port.hangUp();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
