package org.qfpsim.controlplane.recovery;

import java.util.LinkedHashMap;
import java.util.function.Supplier;
import org.qfpsim.controlplane.config.model.SimulatorConfig;
import org.qfpsim.controlplane.ipsec.UnknownSpi;
import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.controlplane.platform.ReleaseSwitch;

/**
 * Writes {@code %CRYPTO-4-RECVD_PKT_INV_SPI}: one line a minute for a source, destination and SPI, and never more than a number of lines a
 * minute in all. Because of the second limit the first one needs no larger table than the lines of one minute.
 */
final class InvalidSpiMessages {
    private static final int WARNING = 4;
    /** Lines within any minute in all. */
    private static final int LINES = 10;

    private final EventLog log;
    private final Supplier<SimulatorConfig> simulator;
    private final MinuteLimit limit = new MinuteLimit();
    private final LinkedHashMap<SpiKey, Long> lastLine = new LinkedHashMap<>();
    private long written;
    private long suppressed;

    InvalidSpiMessages(final EventLog log, final Supplier<SimulatorConfig> simulator) {
        this.log = log;
        this.simulator = simulator;
    }

    /** Writes the line or counts it as suppressed; true if it was written. */
    boolean report(final UnknownSpi what, final SpiKey key, final RecoverySettings settings, final long now) {
        final SimulatorConfig router = simulator.get();
        if (!router.release().has(ReleaseSwitch.REPORTS_INVALID_SPI)
            || what.udp() && router.bugs().contains(SimulatorConfig.Bug.CSCSQ59183)) {
            return false;
        }
        // Insertion order is the order of time: what is older than a minute stands in front.
        while (!lastLine.isEmpty() && now - lastLine.firstEntry().getValue() >= MinuteLimit.MINUTE) {
            lastLine.pollFirstEntry();
        }
        if (lastLine.containsKey(key) || !limit.tryPass(now, settings.onePerMinute() ? 1 : LINES)) {
            suppressed++;
            return false;
        }
        lastLine.put(key, now);
        written++;
        log.message("CRYPTO", WARNING, "RECVD_PKT_INV_SPI", text(what));
        return true;
    }

    private String text(final UnknownSpi what) {
        final String line = "decaps: rec'd IPSEC packet has invalid spi for destaddr=" + what.destination() + ", prot=" + what.protocol()
            + ", spi=" + SpiKey.hex(what.spi()) + "(" + Integer.toUnsignedString(what.spi()) + "), srcaddr=" + what.source();
        final boolean names = simulator.get().release().has(ReleaseSwitch.INVALID_SPI_NAMES_INTERFACE);
        return names ? line + ", input interface=" + what.inputInterface() : line;
    }

    long written() {
        return written;
    }

    long suppressed() {
        return suppressed;
    }
}
