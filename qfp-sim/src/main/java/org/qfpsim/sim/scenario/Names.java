package org.qfpsim.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that stand for many: {@code spoke[1-1000]} is spoke1 to spoke1000. In what belongs to one of them <code>${n}</code> is its number,
 * <code>${n/250}</code> and <code>${n%250}</code> are quotient and remainder, and <code>+1</code> may follow.
 */
final class Names {
    private static final int MAX = 10_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");
    private static final Pattern MANY = Pattern.compile("([A-Za-z][A-Za-z0-9_.-]{0,52})\\[(\\d{1,6})-(\\d{1,6})]");
    private static final Pattern NUMBER = Pattern.compile("\\$\\{n(?:([/%])(\\d{1,6}))?(?:\\+(\\d{1,6}))?}");

    private Names() {
    }

    /**
     * One of the names.
     *
     * @param name  in full.
     * @param stem  what is in front of its number; the name itself if it stands alone.
     * @param n     its number; {@link #ALONE} if it has none.
     */
    record Name(String name, String stem, int n) {
        static final int ALONE = -1;
    }

    /**
     * The names that a text stands for.
     *
     * @throws IllegalArgumentException saying what is wrong with it.
     */
    static List<Name> expand(final String text) {
        final Matcher many = MANY.matcher(text);
        if (!many.matches()) {
            if (!NAME.matcher(text).matches()) {
                throw new IllegalArgumentException("a name begins with a letter and has letters, digits, '.', '_' and '-'; "
                    + "many are written as spoke[1-1000]");
            }
            return List.of(new Name(text, text, Name.ALONE));
        }
        final int from = Integer.parseInt(many.group(2));
        final int to = Integer.parseInt(many.group(3));
        if (to < from || to - from >= MAX) {
            throw new IllegalArgumentException("has no numbers, or more than " + MAX);
        }
        final List<Name> names = new ArrayList<>();
        for (int n = from; n <= to; n++) {
            names.add(new Name(many.group(1) + n, many.group(1), n));
        }
        return names;
    }

    /** A text with the number put in; with {@link Name#ALONE} as it is. */
    static String fill(final String text, final int n) {
        if (n == Name.ALONE || text.indexOf('$') < 0) {
            return text;
        }
        return NUMBER.matcher(text).replaceAll(found -> {
            int value = n;
            if (found.group(1) != null) {
                final int by = Math.max(1, Integer.parseInt(found.group(2)));
                value = found.group(1).equals("/") ? n / by : n % by;
            }
            return String.valueOf(found.group(3) == null ? value : value + Integer.parseInt(found.group(3)));
        });
    }
}
