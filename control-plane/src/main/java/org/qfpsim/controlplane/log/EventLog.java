package org.qfpsim.controlplane.log;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/** Where the parts of a control plane put their system messages and debug lines. One thread. */
public interface EventLog {
    /** Says nothing. */
    EventLog SILENT = new EventLog() {
        @Override
        public void message(final String facility, final int severity, final String mnemonic, final String text) {
        }

        @Override
        public void debug(final Debug category, final @Nullable IpAddress peer, final Supplier<String> line) {
        }
    };

    /**
     * A system message: {@code %CRYPTO-4-RECVD_PKT_INV_SPI: ...}.
     *
     * @param facility such as {@code CRYPTO}.
     * @param severity 0 (emergencies) to 7 (debugging).
     * @param mnemonic such as {@code RECVD_PKT_INV_SPI}.
     * @param text     what follows the colon and the blank.
     */
    void message(String facility, int severity, String mnemonic, String text);

    /**
     * A debug line; made only if somebody looks.
     *
     * @param category what must be switched on for it to be seen.
     * @param peer     the peer that it is about, for {@code debug crypto condition}; null if none.
     * @param line     the text without time stamp, such as {@code ISAKMP: (0):beginning Main Mode exchange}.
     */
    void debug(Debug category, @Nullable IpAddress peer, Supplier<String> line);
}
