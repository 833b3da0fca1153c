package org.qfpsim.controlplane.syslog;

import java.time.Instant;

/**
 * One line of the log.
 *
 * @param nanos    when, on the timers' clock.
 * @param time     when, by the router's clock.
 * @param severity how bad; debug lines are {@link Severity#DEBUGGING}.
 * @param facility such as {@code CRYPTO}; empty for a debug line.
 * @param mnemonic such as {@code RECVD_PKT_INV_SPI}; empty for a debug line.
 * @param message  the line without its time stamp: {@code %CRYPTO-4-RECVD_PKT_INV_SPI: ...}.
 * @param stamped  the line as a terminal shows it.
 */
public record LogLine(long nanos, Instant time, Severity severity, String facility, String mnemonic, String message, String stamped) {
    /** Whether it is a debug line. */
    public boolean debug() {
        return facility.isEmpty();
    }

    /** Hears every line that the log has taken, in their order. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A line. What the listener itself logs comes after it.
         *
         * @param line the line.
         */
        void line(LogLine line);
    }
}
