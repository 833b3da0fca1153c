package org.qfpsim.sim.throughput.model;

import org.agrona.collections.IntArrayQueue;

/**
 * The hardware as queues: threads that packets wait for, a crypto engine behind a short queue, a policer in front of it. Packets are
 * numbers; what they are is the handler's business.
 *
 * <pre>
 *   arrival -> input queue -> thread (first pass) --------------------------------------> done
 *                               |                                                      ^
 *                               +-> policer -> crypto queue -> crypto engine -> thread (second pass)
 * </pre>
 * Packets that come back from the crypto engine go before new ones. All times are nanoseconds.
 */
final class Chip {
    private static final int FIRST_PASS = 0;
    private static final int CRYPTO = 1;
    private static final int SECOND_PASS = 2;
    private static final int STAGES = 4;
    /** Nanoseconds that the policer saves up. */
    private static final double POLICER_DEPTH = 1e6;

    private final Calibration calibration;
    private final double licensedOctetNanos;
    private final Handler handler;
    private final EventHeap events = new EventHeap();
    private final IntArrayQueue fresh = new IntArrayQueue();
    private final IntArrayQueue returning = new IntArrayQueue();
    private int idle;
    private int inCrypto;
    private double cryptoFree;
    private double policed;
    private double threadBusy;
    private double cryptoBusy;

    /** Knows what packets are. */
    interface Handler {
        /** Octets of the clear packet if it goes to the crypto engine after its first pass, otherwise negative. */
        int cryptoOctets(int packet);

        /** More than the licence allows. */
        void overLicence(int packet);

        /** The queue before the crypto engine is full. */
        void cryptoQueueFull(int packet);

        /** The packet leaves the threads. */
        void done(int packet, double now);
    }

    Chip(final Calibration calibration, final int licensedMegabits, final Handler handler) {
        this.calibration = calibration;
        this.handler = handler;
        licensedOctetNanos = licensedMegabits == 0 ? 0 : Byte.SIZE * 1e3 / licensedMegabits;
        idle = calibration.threads();
    }

    /** A packet arrives; false if the input queue is full. */
    boolean arrive(final int packet, final double now) {
        advance(now);
        if (idle > 0) {
            idle--;
            pass(packet, FIRST_PASS, now);
            return true;
        }
        if (fresh.size() >= calibration.inputQueue()) {
            return false;
        }
        fresh.addInt(packet);
        return true;
    }

    /** Lets everything happen that is due. */
    void advance(final double until) {
        while (!events.isEmpty() && events.time() <= until) {
            final double now = events.time();
            final int event = events.take();
            final int packet = event / STAGES;
            switch (event % STAGES) {
                case CRYPTO -> {
                    inCrypto--;
                    if (idle > 0) {
                        idle--;
                        pass(packet, SECOND_PASS, now);
                    } else {
                        returning.addInt(packet);
                    }
                }
                case FIRST_PASS -> {
                    next(now);
                    classify(packet, now);
                }
                default -> {
                    next(now);
                    handler.done(packet, now);
                }
            }
        }
    }

    private void pass(final int packet, final int stage, final double now) {
        threadBusy += calibration.passNanos();
        events.put(now + calibration.passNanos(), packet * STAGES + stage);
    }

    /** A thread is free. */
    private void next(final double now) {
        if (!returning.isEmpty()) {
            pass(returning.removeInt(), SECOND_PASS, now);
        } else if (!fresh.isEmpty()) {
            pass(fresh.removeInt(), FIRST_PASS, now);
        } else {
            idle++;
        }
    }

    private void classify(final int packet, final double now) {
        final int octets = handler.cryptoOctets(packet);
        if (octets < 0) {
            handler.done(packet, now);
        } else if (licensedOctetNanos != 0 && Math.max(policed, now) > now + POLICER_DEPTH) {
            handler.overLicence(packet);
        } else if (inCrypto > calibration.cryptoQueue()) {
            handler.cryptoQueueFull(packet);
        } else {
            policed = Math.max(policed, now) + octets * licensedOctetNanos;
            final double service = calibration.cryptoNanos() + octets * calibration.cryptoOctet();
            cryptoFree = Math.max(cryptoFree, now) + service;
            cryptoBusy += service;
            inCrypto++;
            events.put(cryptoFree, packet * STAGES + CRYPTO);
        }
    }

    /** Forgets how busy it was. */
    void begin() {
        threadBusy = 0;
        cryptoBusy = 0;
    }

    /** Percent of the threads' time. */
    double threadPercent(final double nanos) {
        return 100 * threadBusy / (nanos * calibration.threads());
    }

    /** Percent of the crypto engine's time. */
    double cryptoPercent(final double nanos) {
        return 100 * cryptoBusy / nanos;
    }
}
