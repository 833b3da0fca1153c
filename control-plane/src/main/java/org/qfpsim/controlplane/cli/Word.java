package org.qfpsim.controlplane.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One word of a command line.
 *
 * @param text   without blanks.
 * @param column where it starts, from 0.
 */
public record Word(String text, int column) {
    /**
     * Cuts a part of a line at its blanks.
     *
     * @param line the line.
     * @param from first column.
     * @param to   column behind the last one.
     * @return the words.
     */
    public static List<Word> split(final String line, final int from, final int to) {
        final List<Word> words = new ArrayList<>();
        int at = from;
        while (at < to) {
            if (Character.isWhitespace(line.charAt(at))) {
                at++;
                continue;
            }
            final int start = at;
            while (at < to && !Character.isWhitespace(line.charAt(at))) {
                at++;
            }
            words.add(new Word(line.substring(start, at), start));
        }
        return words;
    }

    /**
     * Finds the keyword that this word abbreviates: an exact match, or the only one that begins with it.
     *
     * @param <T>        what is looked for.
     * @param candidates where to look.
     * @param keyword    name of a candidate.
     * @param line       the whole line, for the error.
     * @return the candidate.
     * @throws CommandRefusal when no keyword or more than one begins with this word.
     */
    public <T> T resolve(final List<T> candidates, final Function<T, String> keyword, final String line) throws CommandRefusal {
        final List<T> matches = matches(candidates, keyword);
        if (matches.size() > 1) {
            throw CommandRefusal.ambiguous(line);
        }
        if (matches.isEmpty()) {
            throw CommandRefusal.invalid(line, column + known(candidates, keyword));
        }
        return matches.getFirst();
    }

    /** The candidates that this word may stand for: the one that is equal, or all that begin with it. */
    <T> List<T> matches(final List<T> candidates, final Function<T, String> keyword) {
        final String typed = text.toLowerCase(Locale.ROOT);
        for (final T candidate : candidates) {
            if (lower(keyword.apply(candidate)).equals(typed)) {
                return List.of(candidate);
            }
        }
        return candidates.stream().filter(candidate -> lower(keyword.apply(candidate)).startsWith(typed)).toList();
    }

    /** How many characters of this word some keyword begins with. */
    <T> int known(final List<T> candidates, final Function<T, String> keyword) {
        final String typed = text.toLowerCase(Locale.ROOT);
        return candidates.stream().mapToInt(candidate -> commonPrefix(lower(keyword.apply(candidate)), typed)).max().orElse(0);
    }

    private static String lower(final String keyword) {
        return keyword.toLowerCase(Locale.ROOT);
    }

    private static int commonPrefix(final String a, final String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length;
    }
}
