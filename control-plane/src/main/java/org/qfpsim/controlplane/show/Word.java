package org.qfpsim.controlplane.show;

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
record Word(String text, int column) {
    static List<Word> split(final String line, final int from, final int to) {
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
     * @param candidates where to look.
     * @param keyword    name of a candidate, in lower case.
     * @param line       the whole line, for the error.
     * @return the candidate.
     * @throws CommandRefusal when no keyword or more than one begins with this word.
     */
    <T> T resolve(final List<T> candidates, final Function<T, String> keyword, final String line) throws CommandRefusal {
        final String typed = text.toLowerCase(Locale.ROOT);
        final List<T> matches = candidates.stream().filter(candidate -> keyword.apply(candidate).startsWith(typed)).toList();
        for (final T match : matches) {
            if (keyword.apply(match).equals(typed)) {
                return match;
            }
        }
        if (matches.size() > 1) {
            throw CommandRefusal.ambiguous(line);
        }
        if (matches.isEmpty()) {
            final int known = candidates.stream().mapToInt(candidate -> commonPrefix(keyword.apply(candidate), typed)).max().orElse(0);
            throw CommandRefusal.invalid(line, column + known);
        }
        return matches.getFirst();
    }

    private static int commonPrefix(final String a, final String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length;
    }
}
