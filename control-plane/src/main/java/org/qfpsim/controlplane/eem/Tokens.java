package org.qfpsim.controlplane.eem;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of one line of an applet; a text in quotation marks is one word, in which a backslash takes the next mark or backslash. */
final class Tokens {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,3})?");

    private final String line;
    private final List<String> words;
    private int at;

    private Tokens(final String line, final List<String> words) {
        this.line = line;
        this.words = words;
    }

    static Tokens of(final String line) throws AppletException {
        final List<String> words = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            if (Character.isWhitespace(line.charAt(at))) {
                at++;
                continue;
            }
            final StringBuilder word = new StringBuilder();
            final boolean quoted = line.charAt(at) == '"';
            at += quoted ? 1 : 0;
            while (at < line.length() && !(quoted ? line.charAt(at) == '"' : Character.isWhitespace(line.charAt(at)))) {
                final boolean escape = quoted && line.charAt(at) == '\\' && at + 1 < line.length()
                    && (line.charAt(at + 1) == '"' || line.charAt(at + 1) == '\\' && at + 2 == line.length());
                at += escape ? 1 : 0;
                word.append(line.charAt(at++));
            }
            if (quoted && at++ >= line.length()) {
                throw error(line, "a quotation mark is not closed");
            }
            words.add(word.toString());
        }
        return new Tokens(line, words);
    }

    static AppletException error(final String line, final String reason) {
        return new AppletException("'" + line.strip().replaceAll("\\p{Cntrl}", " ") + "': " + reason);
    }

    AppletException error(final String reason) {
        return error(line, reason);
    }

    boolean more() {
        return at < words.size();
    }

    /** Takes the next word. */
    String next(final String what) throws AppletException {
        if (!more()) {
            throw error(what + " is missing");
        }
        return words.get(at++);
    }

    String keyword(final String what) throws AppletException {
        return next(what).toLowerCase(Locale.ROOT);
    }

    /** Takes the next word if it is this keyword. */
    boolean take(final String keyword) {
        if (more() && words.get(at).equalsIgnoreCase(keyword)) {
            at++;
            return true;
        }
        return false;
    }

    @Nullable String optional() {
        return more() ? words.get(at++) : null;
    }

    String variable() throws AppletException {
        final String name = next("a variable's name");
        if (!VARIABLE.matcher(name).matches()) {
            throw error("'" + name + "' is not a variable's name: a letter or underscore, then letters, digits, underscores");
        }
        return name;
    }

    int number(final String what, final int low, final int high) throws AppletException {
        final String text = next(what);
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < low || Integer.parseInt(text) > high) {
            throw error(what + " '" + text + "' is not within " + low + " to " + high);
        }
        return Integer.parseInt(text);
    }

    long nanos(final String what) throws AppletException {
        final String text = next(what);
        final long nanos = nanosOf(text);
        if (nanos < 0) {
            throw error(what + " '" + text + "' is not a number of seconds");
        }
        return nanos;
    }

    /** Seconds with up to three decimals as nanoseconds; -1 if it is not that. */
    static long nanosOf(final String text) {
        if (!SECONDS.matcher(text).matches()) {
            return -1;
        }
        return new java.math.BigDecimal(text).movePointRight(9).longValueExact();
    }

    void end() throws AppletException {
        if (more()) {
            throw error("'" + words.get(at) + "' is not expected here, or is not supported");
        }
    }
}
