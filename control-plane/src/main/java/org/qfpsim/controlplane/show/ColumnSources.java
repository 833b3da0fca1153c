package org.qfpsim.controlplane.show;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Which columns of the platform's tables are measured, configured, modelled or fixed. The tables themselves are the platform's to the
 * character, and cannot say it.
 */
public final class ColumnSources {
    private static final String FILE = "sources.txt";
    /** What is measured where time is real, and modelled where it is virtual. */
    private static final String MACHINE = "machine";
    private static final String ROW = "%-72s %-56s %s%n";
    private static final List<Row> ALL = read();

    /**
     * Where some columns of a table come from.
     *
     * @param command the words that the command begins with.
     * @param columns what of its output.
     * @param source  {@code measured}, {@code configured}, {@code modelled} or {@code fixed}.
     */
    public record Row(String command, String columns, String source) {
        /** Whether it is about a command, by the words of the shorter one of both; typed words may be cut short. */
        private boolean concerns(final List<String> typed) {
            final String[] words = command.split(" ");
            for (int i = 0; i < Math.min(words.length, typed.size()); i++) {
                if (!words[i].startsWith(typed.get(i))) {
                    return false;
                }
            }
            return true;
        }

        private boolean begins(final String canonical) {
            return canonical.equals(command) || canonical.startsWith(command + " ");
        }
    }

    private ColumnSources() {
    }

    private static List<Row> read() {
        try (InputStream in = Objects.requireNonNull(ColumnSources.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.split(" \\| ", 3))
                .map(parts -> new Row(parts[0], parts[1], parts[2])).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rows, as they are where time is real or virtual. */
    private static List<Row> all(final boolean measured) {
        final String machine = measured ? "measured" : "modelled";
        return ALL.stream().map(row -> row.source.equals(MACHINE) ? new Row(row.command, row.columns, machine) : row).toList();
    }

    /**
     * Where the output of a command comes from.
     *
     * @param canonical the command, its keywords in full.
     * @param measured  whether the router's processor is measured.
     * @return the rows of the longest beginning that is known; none if it is no {@code show} command.
     */
    public static List<Row> of(final String canonical, final boolean measured) {
        final int longest = ALL.stream().filter(row -> row.begins(canonical)).mapToInt(row -> row.command.length()).max().orElse(-1);
        return all(measured).stream().filter(row -> row.command.length() == longest && row.begins(canonical)).toList();
    }

    /**
     * {@code show qfp-sim sources [COMMAND]}.
     *
     * @param typed    the first words of a command, each in full or not; none: of all.
     * @param measured whether the router's processor is measured.
     * @return the table.
     */
    public static String text(final List<String> typed, final boolean measured) {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, ROW, "Command", "Columns", "Source"))
            .append("-".repeat(140)).append('\n');
        final List<String> words = typed.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        for (final Row row : all(measured)) {
            if (row.concerns(words)) {
                text.append(String.format(Locale.ROOT, ROW, row.command, row.columns, row.source));
            }
        }
        return text.toString();
    }

    /** The words that rows begin with, for whoever checks that none is missing. */
    public static List<String> commands() {
        return ALL.stream().map(Row::command).distinct().toList();
    }
}
