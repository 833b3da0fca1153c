package org.qfpsim.controlplane.terminal;

/**
 * The wire of a terminal: octets that are typed go in, octets that are shown come out. Its far end, which a socket, a local terminal or
 * an SSH channel is plugged into, may be used by any threads. Its near end is the control thread of a router, which never waits: what is
 * typed too fast waits at the far end, and when the way out is full the session waits. Each way holds a bounded number of octets.
 */
public final class TerminalPort {
    /** Octets on the way in. */
    static final int INWARD = 4096;
    /** Octets on the way out. */
    static final int OUTWARD = 1 << 16;
    private static final int CTRL_C = 3;
    private static final int CTRL_CARET = 30;

    private final Runnable wake;
    private final Object lock = new Object();
    private final OctetFifo inward = new OctetFifo(INWARD);
    private final OctetFifo outward = new OctetFifo(OUTWARD);
    private boolean inputEnded;
    private boolean hungUp;
    private boolean closed;

    /**
     * Makes a wire.
     *
     * @param wake is called by the far end's threads when the router has something to look at: it should make the control thread call
     *             {@link TerminalLines#work} soon.
     */
    public TerminalPort(final Runnable wake) {
        this.wake = wake;
    }

    /**
     * Types; waits while the way in is full.
     *
     * @param octets what is typed.
     * @param offset of the first one.
     * @param length how many.
     * @return false if the session is over and nobody takes them.
     * @throws InterruptedException if the thread is interrupted while it waits.
     */
    public boolean type(final byte[] octets, final int offset, final int length) throws InterruptedException {
        int done = 0;
        while (done < length) {
            synchronized (lock) {
                while (inward.room() == 0 && !closed && !hungUp) {
                    lock.wait();
                }
                if (closed || hungUp) {
                    return false;
                }
                done += inward.add(octets, offset + done, length - done);
            }
            wake.run();
        }
        return true;
    }

    /**
     * Types what there is room for.
     *
     * @param octets what is typed.
     * @param offset of the first one.
     * @param length how many.
     * @return how many were taken, 0 if there is no room or the session is over.
     */
    public int offer(final byte[] octets, final int offset, final int length) {
        final int taken;
        synchronized (lock) {
            taken = closed || hungUp ? 0 : inward.add(octets, offset, length);
        }
        wake.run();
        return taken;
    }

    /**
     * Reads what is shown; waits for at least one octet.
     *
     * @param buffer gets the octets, at least one long.
     * @return how many; -1 if the session is over and everything was read.
     * @throws InterruptedException if the thread is interrupted while it waits.
     */
    public int read(final byte[] buffer) throws InterruptedException {
        final int count;
        synchronized (lock) {
            while (outward.size() == 0 && !closed && !hungUp) {
                lock.wait();
            }
            if (outward.size() == 0 || hungUp) {
                return -1;
            }
            count = outward.remove(buffer, 0, buffer.length);
        }
        wake.run();
        return count;
    }

    /**
     * Reads what is there.
     *
     * @param buffer gets the octets.
     * @return how many, 0 or more.
     */
    public int poll(final byte[] buffer) {
        synchronized (lock) {
            return outward.remove(buffer, 0, buffer.length);
        }
    }

    /** Nothing more will be typed: the session ends when everything typed is done. */
    public void endInput() {
        synchronized (lock) {
            inputEnded = true;
        }
        wake.run();
    }

    /** The far end is gone: the session ends, in the middle of a command's output if it must. */
    public void hangUp() {
        synchronized (lock) {
            hungUp = true;
            lock.notifyAll();
        }
        wake.run();
    }

    /** Whether the session is over; what it has shown last may still be read. */
    public boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** Next octet, or -1. */
    int next() {
        synchronized (lock) {
            final int octet = inward.next();
            if (inward.room() == 1) {
                lock.notifyAll();
            }
            return octet;
        }
    }

    /** Whether everything was typed and taken. */
    boolean isInputDone() {
        synchronized (lock) {
            return inputEnded && inward.size() == 0;
        }
    }

    boolean isHungUp() {
        synchronized (lock) {
            return hungUp;
        }
    }

    /** Looks for Ctrl-C or Ctrl-^ among what was typed ahead; what stands in front of it is gone with it. */
    boolean takeInterrupt() {
        synchronized (lock) {
            for (int i = inward.size() - 1; i >= 0; i--) {
                final int octet = inward.peek(i);
                if (octet == CTRL_C || octet == CTRL_CARET) {
                    inward.skip(i + 1);
                    lock.notifyAll();
                    return true;
                }
            }
            return false;
        }
    }

    /** Shows what there is room for; returns how many octets that was. */
    int show(final byte[] octets, final int offset) {
        synchronized (lock) {
            final int taken = outward.add(octets, offset, octets.length - offset);
            lock.notifyAll();
            return taken;
        }
    }

    void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }
}
