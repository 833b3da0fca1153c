package org.qfpsim.controlplane.qfp.hardware;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code interface all statistics drop_summary} (qfp-reference 3.3). */
final class DropSummary {
    private static final String ROW = "%-35s%20s%20s%n";

    private final Supplier<List<InterfaceDrops>> interfaces;

    DropSummary(final Supplier<List<InterfaceDrops>> interfaces) {
        this.interfaces = interfaces;
    }

    String text() {
        final StringBuilder text = new StringBuilder("-".repeat(64)).append("\nDrop Stats Summary:\n")
            .append("note: 1) these drop stats are only updated when PAL\n         reads the interface stats.\n")
            .append("      2) the interface stats include the subinterface\n\n")
            .append(String.format(Locale.ROOT, ROW, "Interface", "Rx Pkts", "Tx Pkts")).append("-".repeat(75)).append('\n');
        for (final InterfaceDrops each : interfaces.get()) {
            text.append(String.format(Locale.ROOT, ROW, each.name(), Long.toUnsignedString(each.received()),
                Long.toUnsignedString(each.sent())));
        }
        return text.toString();
    }
}
