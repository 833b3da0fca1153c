package org.qfpsim.sim.device;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How values of the user appear in messages: on one line, of bounded length. Never given a key. */
public final class Shown {
    private static final int MAX = 60;
    private static final Pattern KEY_LIKE = Pattern.compile("[0-9A-Fa-f]{16,}");

    private Shown() {
    }

    /**
     * Quoted.
     *
     * @param text what the user wrote.
     * @return the same in quotes, bounded.
     */
    public static String value(final String text) {
        return "'" + plain(text) + "'";
    }

    /**
     * Without line breaks or other control characters, and without what looks like a key that got into the wrong place.
     *
     * @param text what the user wrote.
     * @return the same, bounded.
     */
    public static String plain(final String text) {
        final String safe = KEY_LIKE.matcher(text).replaceAll("...");
        final String cut = safe.length() > MAX ? safe.substring(0, MAX) + "..." : safe;
        return cut.replaceAll("\\p{C}|[\\u2028\\u2029]", "?");
    }

    /**
     * Separated by commas.
     *
     * @param values our own, not the user's.
     * @return one line.
     */
    public static String list(final Collection<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /**
     * The candidate with the fewest edits to a word.
     *
     * @param word       what the user wrote.
     * @param candidates what it might mean.
     * @return one of them, fit to be shown; empty if there is none.
     */
    public static String nearest(final String word, final Collection<String> candidates) {
        final String bounded = word.length() > MAX ? word.substring(0, MAX) : word;
        final List<String> sorted = candidates.stream().sorted().toList();
        return plain(sorted.stream().min(Comparator.comparingInt(c -> edits(bounded, c))).orElse(""));
    }

    /** Levenshtein distance. */
    private static int edits(final String a, final String b) {
        int[] previous = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            final int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
