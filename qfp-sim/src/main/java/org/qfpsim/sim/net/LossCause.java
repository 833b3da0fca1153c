package org.qfpsim.sim.net;

/** Why a link did not deliver a frame. */
public enum LossCause {
    /** The dice said so. */
    LOSS("loss"),
    /** A {@link FrameFault} was waiting for it. */
    CHOSEN("dropped on purpose"),
    /** The link was down, or went down while the frame was under way. */
    DOWN("link down"),
    /** The frame was larger than the link's MTU. */
    MTU("larger than the MTU"),
    /** Too many frames were under way. */
    QUEUE("queue full");

    private final String text;

    LossCause(final String text) {
        this.text = text;
    }

    /** In plain words. */
    public String text() {
        return text;
    }
}
