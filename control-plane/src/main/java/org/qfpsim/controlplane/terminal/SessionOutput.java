package org.qfpsim.controlplane.terminal;

import java.nio.charset.StandardCharsets;

/** What a session shows, on its way into the port: nothing waits here, and what the port has no room for is kept. */
final class SessionOutput {
    /** A reader that takes nothing for so long is gone. */
    static final long STALL_NANOS = 60_000_000_000L;

    private final TerminalPort port;
    private final boolean screen;
    /** What is to be shown, and the piece of it that is under way. */
    private final StringBuilder held = new StringBuilder();
    private byte[] sending = {};
    private int sent;
    private long blockedSince = -1;

    SessionOutput(final TerminalPort port, final boolean screen) {
        this.port = port;
        this.screen = screen;
    }

    void write(final String text) {
        held.append(screen ? text.replace("\n", "\r\n") : text);
    }

    /** Hands over what there is room for; returns whether that was all. */
    boolean drain() {
        while (sent < sending.length || !held.isEmpty()) {
            if (sent == sending.length) {
                sending = held.toString().getBytes(StandardCharsets.UTF_8);
                sent = 0;
                held.setLength(0);
            }
            final int taken = port.show(sending, sent);
            sent += taken;
            if (taken == 0) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #drain()}, and takes note of since when there is no room. */
    boolean drain(final long now) {
        final boolean all = drain();
        blockedSince = all ? -1 : blockedSince < 0 ? now : blockedSince;
        return all;
    }

    /** When its reader will be given up unless he takes something; {@link Long#MAX_VALUE} if he does. */
    long stalls() {
        return blockedSince < 0 ? Long.MAX_VALUE : blockedSince + STALL_NANOS;
    }
}
