package org.qfpsim.controlplane.qfp.drop;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.show.Clearing;
import org.qfpsim.controlplane.show.GlobalDropTable;
import org.qfpsim.datapath.drop.GlobalDrop;

/** {@code statistics drop history} (qfp-reference 1.4): rows that have counted something since the last clearing, by name. */
final class DropHistoryTable {
    private static final String ROW = "%-25s%24s%24s%24s%24s%n";
    private static final String RULE = "-".repeat(121) + "\n";
    private static final int FIVE = 5;
    private static final int THIRTY = 30;

    private final ClearedDrops drops;
    private final DropHistory history;
    private final List<GlobalDrop> rows;

    DropHistoryTable(final ClearedDrops drops, final DropHistory history, final List<GlobalDrop> rows) {
        this.drops = drops;
        this.history = history;
        this.rows = rows;
    }

    String text() {
        final @Nullable Clearing clearing = drops.last();
        final StringBuilder text = new StringBuilder(GlobalDropTable.clearingLines(clearing)).append(RULE)
            .append(line("Global Drop Stats", "1-Min", "5-Min", "30-Min", "All")).append(RULE);
        boolean empty = true;
        for (final GlobalDrop drop : rows) {
            final int id = drop.id();
            final long all = drops.globalPackets(id);
            if (all != 0) {
                empty = false;
                text.append(line(drop.cliName(), within(id, 1, all), within(id, FIVE, all), within(id, THIRTY, all),
                    number(all)));
            }
        }
        return text.append(empty ? "   The Global drop stats were all zero\n" : "").toString();
    }

    private String within(final int id, final int minutes, final long all) {
        final long packets = history.within(id, minutes);
        return number(Long.compareUnsigned(packets, all) > 0 ? all : packets);
    }

    private static String number(final long value) {
        return Long.toUnsignedString(value);
    }

    private static String line(final String name, final String one, final String five, final String thirty, final String all) {
        return String.format(Locale.ROOT, ROW, name, one, five, thirty, all);
    }
}
