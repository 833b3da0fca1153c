package org.qfpsim.controlplane.recovery;

import java.util.Locale;

/** {@code show crypto invalid-spi}: a command of ours, the platform has none. */
public final class InvalidSpiShow {
    private static final String ROW = "%-16s %-16s %-11s %9s %6s %9s %9s%n".replace("%n", "\n");

    private final InvalidSpiRecovery recovery;

    /**
     * The command of one router.
     *
     * @param recovery what it shows.
     */
    public InvalidSpiShow(final InvalidSpiRecovery recovery) {
        this.recovery = recovery;
    }

    /** The text. */
    public String text() {
        final RecoverySettings settings = recovery.settings();
        final StringBuilder text = new StringBuilder(512)
            .append("Invalid SPI recovery: ").append(settings.enabled() ? "enabled" : "disabled").append('\n')
            .append("Packets: ").append(recovery.packets()).append('\n')
            .append("Messages: ").append(recovery.written()).append(" written, ").append(recovery.suppressed()).append(" suppressed\n")
            .append("IKE exchanges begun: ").append(recovery.started()).append(", at most ").append(settings.inNegotiation())
            .append(" in negotiation\n");
        for (final Decision decision : Decision.values()) {
            if (recovery.decisions(decision) > 0) {
                text.append("  ").append(decision.text()).append(": ").append(recovery.decisions(decision)).append('\n');
            }
        }
        if (recovery.forgottenPackets() > 0) {
            text.append("Packets of entries that had to make room: ").append(recovery.forgottenPackets()).append('\n');
        }
        text.append('\n').append(String.format(Locale.ROOT, ROW, "Source", "Destination", "SPI", "Packets", "Lines", "First", "Last"));
        for (final SpiEntry entry : recovery.entries()) {
            final SpiKey key = entry.key();
            text.append(String.format(Locale.ROOT, ROW, key.source(), key.destination(), SpiKey.hex(key.spi()), entry.packets(),
                entry.lines(), seconds(entry.firstNanos()), seconds(entry.lastNanos())));
            if (entry.decision() != null) {
                text.append("  decision: ").append(entry.decision().text()).append(": ").append(entry.reason()).append('\n');
            }
            text.append("  reading: ").append(recovery.reading(entry).text()).append('\n');
        }
        return text.toString();
    }

    /** Seconds since the router's clock began. */
    private static String seconds(final long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
    }
}
