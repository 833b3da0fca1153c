package org.qfpsim.controlplane.show;

import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.cli.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind a {@code |}: a keyword and a regular expression that takes the rest of the line, blanks inside it included and
 * blanks at its end not. Filters can be chained: a {@code |} after a blank that is followed by a filter keyword and more text starts the
 * next one; any other {@code |} is an alternative of the expression.
 *
 * @param kind  what to do with matching lines.
 * @param regex which lines match.
 */
record OutputFilter(Kind kind, IosRegex regex) {
    /** The filters of the platform that need no file. */
    enum Kind {
        BEGIN, COUNT, EXCLUDE, INCLUDE, SECTION;

        String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<Kind> KINDS = Arrays.asList(Kind.values());
    private static final Pattern NEXT = Pattern.compile("\\s\\|\\s*(\\w+)\\s+\\S");

    /**
     * Reads the filters of a line.
     *
     * @param line the whole line.
     * @param pipe column of the first {@code |}.
     * @return the filters in their order.
     * @throws CommandRefusal when a keyword is unknown or ambiguous, or an expression is missing or malformed.
     */
    static List<OutputFilter> parse(final String line, final int pipe) throws CommandRefusal {
        final List<OutputFilter> filters = new ArrayList<>();
        int at = pipe;
        while (at >= 0) {
            final List<Word> words = Word.split(line, at + 1, line.length());
            if (words.isEmpty()) {
                throw CommandRefusal.incomplete();
            }
            final Kind kind = words.getFirst().resolve(KINDS, Kind::keyword, line);
            if (words.size() < 2) {
                throw CommandRefusal.incomplete();
            }
            final int start = words.get(1).column();
            at = nextFilter(line, start);
            filters.add(new OutputFilter(kind, IosRegex.compile(line.substring(start, at < 0 ? line.length() : at).stripTrailing())));
        }
        return filters;
    }

    private static int nextFilter(final String line, final int from) {
        final Matcher matcher = NEXT.matcher(line).region(from, line.length());
        while (matcher.find()) {
            final String typed = matcher.group(1).toLowerCase(Locale.ROOT);
            if (KINDS.stream().anyMatch(kind -> kind.keyword().startsWith(typed))) {
                return line.indexOf('|', matcher.start());
            }
        }
        return -1;
    }

    /**
     * Puts the filter in front of an output.
     *
     * @param next gets the lines that are left, or the one line with their number.
     * @return takes what is to be filtered.
     */
    Filtered over(final Output next) {
        return switch (kind) {
            case BEGIN -> new Lines(next) {
                private boolean begun;

                @Override
                boolean keeps(final String line) {
                    begun = begun || regex.find(line);
                    return begun;
                }
            };
            case COUNT -> new Count(next);
            case EXCLUDE -> new Lines(next) {
                @Override
                boolean keeps(final String line) {
                    return !regex.find(line);
                }
            };
            case INCLUDE -> new Lines(next) {
                @Override
                boolean keeps(final String line) {
                    return regex.find(line);
                }
            };
            case SECTION -> new Section(next);
        };
    }

    /** An output with an end. */
    interface Filtered extends Output {
        /** Everything was printed. */
        void end();
    }

    /** Lets some lines through. */
    private abstract static class Lines implements Filtered {
        private final Output next;

        Lines(final Output next) {
            this.next = next;
        }

        abstract boolean keeps(String line);

        @Override
        public void print(final String text) {
            text.lines().filter(this::keeps).forEach(line -> next.print(line + "\n"));
        }

        @Override
        public void end() {
            // A line that is kept has gone on already.
        }
    }

    /** A matching line and the deeper indented lines below it. */
    private final class Section extends Lines {
        private int header = Integer.MAX_VALUE;

        Section(final Output next) {
            super(next);
        }

        @Override
        boolean keeps(final String line) {
            final int indent = line.length() - line.stripLeading().length();
            if (indent <= header) {
                header = regex.find(line) ? indent : Integer.MAX_VALUE;
            }
            return header != Integer.MAX_VALUE;
        }
    }

    /** Tells how many lines match. */
    private final class Count implements Filtered {
        private final Output next;
        private long found;

        Count(final Output next) {
            this.next = next;
        }

        @Override
        public void print(final String text) {
            found += text.lines().filter(regex::find).count();
        }

        @Override
        public void end() {
            next.print("Number of lines which match regexp = " + found + "\n");
        }
    }
}
