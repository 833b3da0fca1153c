package org.qfpsim.sim.throughput.report;

import java.util.ArrayList;
import java.util.List;

/** Lines up cells: the first columns to the left, numbers to the right. */
public final class TextTable {
    private TextTable() {
    }

    /**
     * Makes a table.
     *
     * @param left how many columns are texts.
     * @param rows titles first; all of one length.
     * @return lines.
     */
    public static List<String> of(final int left, final List<List<String>> rows) {
        final int columns = rows.getFirst().size();
        final int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        final List<String> lines = new ArrayList<>();
        for (final List<String> row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                final String pad = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : "  ").append(i < left ? row.get(i) + pad : pad + row.get(i));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
