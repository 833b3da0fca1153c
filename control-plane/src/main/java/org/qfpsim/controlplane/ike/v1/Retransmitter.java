package org.qfpsim.controlplane.ike.v1;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.time.Timers;

/** Sends one message of an exchange until it is answered, or until nobody is expected to answer any more. */
final class Retransmitter {
    private final IsakmpSa sa;
    private final String phase;
    private final Runnable dead;
    private byte @Nullable [] message;
    private Timers.@Nullable Timer timer;
    private int attempts;

    /**
     * Makes it.
     *
     * @param sa    whose path the messages take.
     * @param phase for debug lines: {@code phase 1} or {@code phase 2}.
     * @param dead  what to do when the last retransmission has not been answered.
     */
    Retransmitter(final IsakmpSa sa, final String phase, final Runnable dead) {
        this.sa = sa;
        this.phase = phase;
        this.dead = dead;
    }

    /** Sends, and sends again until {@link #answered}. */
    void send(final byte[] octets) {
        sendOnce(octets);
        attempts = 0;
        arm();
    }

    /** Sends; only a duplicate of what it answers makes it go again. */
    void sendOnce(final byte[] octets) {
        answered();
        message = octets;
        sa.transmit(octets);
    }

    /** Waits as long as an answer may take, but sends nothing again by itself. */
    void expect(final byte[] octets) {
        sendOnce(octets);
        final Ikev1Settings settings = sa.context().settings();
        timer = sa.context().after((long) settings.retransmitSeconds() * (settings.attempts() + 1), dead);
    }

    /** The answer has come. */
    void answered() {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** The peer seems not to have got the last message. */
    void again() {
        again(sa.path());
    }

    /** The same, and it has asked from somewhere else. */
    void again(final IkePath to) {
        if (message != null) {
            sa.context().count(Ikev1Counter.RETRANSMITTED);
            sa.transmit(message, to);
        }
    }

    private void arm() {
        timer = sa.context().after(sa.context().settings().retransmitSeconds(), this::late);
    }

    private void late() {
        sa.debug(() -> "retransmitting " + phase + " " + sa.state() + "...");
        final int most = sa.context().settings().attempts();
        if (attempts == most) {
            dead.run();
            return;
        }
        attempts++;
        sa.debug("ISAKMP ", () -> "incrementing error counter on " + (phase.endsWith("1") ? "sa" : "node") + ", attempt " + attempts
            + " of " + most + ": retransmit " + phase);
        again();
        arm();
    }
}
