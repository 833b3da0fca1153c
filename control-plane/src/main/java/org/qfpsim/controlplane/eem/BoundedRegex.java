package org.qfpsim.controlplane.eem;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression with groups whose search ends. The text that it is held against may come from the network, so a search that looks
 * at too many characters is given up and counts as no match.
 */
public final class BoundedRegex {
    /** Characters that a search may look at. */
    private static final int MAX_LOOKS = 1_000_000;

    private final Pattern pattern;

    private BoundedRegex(final Pattern pattern) {
        this.pattern = pattern;
    }

    static BoundedRegex compile(final String text) throws AppletException {
        try {
            return new BoundedRegex(Pattern.compile(text));
        } catch (final PatternSyntaxException e) {
            throw new AppletException("'" + text.replaceAll("\\p{Cntrl}", " ") + "' is not a regular expression: " + e.getDescription());
        } catch (final StackOverflowError e) {
            throw new AppletException("a regular expression is nested too deeply");
        }
    }

    /**
     * Searches.
     *
     * @param text  where.
     * @param looks the number of characters looked at is added to its only element.
     * @return the match and its groups (empty where a group took no part), or null if there is none.
     */
    @Nullable List<String> find(final String text, final int[] looks) {
        final Matcher matcher = pattern.matcher(new Watched(text, looks, looks[0] + MAX_LOOKS));
        try {
            if (!matcher.find()) {
                return null;
            }
        } catch (final TooManyLooks | StackOverflowError e) {
            return null;
        }
        return IntStream.rangeClosed(0, matcher.groupCount()).mapToObj(group -> group(matcher, text, group)).toList();
    }

    private static String group(final Matcher matcher, final String text, final int group) {
        return matcher.start(group) < 0 ? "" : text.substring(matcher.start(group), matcher.end(group));
    }

    /** A search that is given up. */
    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyLooks() {
            super("", null, false, false);
        }
    }

    private record Watched(CharSequence text, int[] looks, int limit) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(final int index) {
            if (++looks[0] > limit) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(final int start, final int end) {
            return new Watched(text.subSequence(start, end), looks, limit);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
