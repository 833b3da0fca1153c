package org.qfpsim.controlplane.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts stars in the place of keys in a line that is shown because something is wrong with it; columns stay what they were. */
final class KeyMask {
    private static final Set<String> BEFORE = Set.of("key", "password", "secret", "pre-shared-key", "cipher", "authenticator",
        "authentication");
    /** Between the word above and the key: the type, the side, the form. */
    private static final Set<String> BETWEEN = Set.of("0", "5", "6", "7", "8", "9", "local", "remote", "hex", "address", "hostname",
        "ipv6", "pre-share", "list", "login", "network");
    private static final Pattern WORD = Pattern.compile("\\S+");

    private KeyMask() {
    }

    /**
     * Masks a line. It may mask too much, such as a name behind {@code authentication}.
     *
     * @param line what was typed, right or wrong, cut short or not.
     * @return a line of the same length.
     */
    static String mask(final String line) {
        final StringBuilder masked = new StringBuilder(line);
        final Matcher words = WORD.matcher(line);
        boolean secret = false;
        while (words.find()) {
            final String word = words.group().toLowerCase(Locale.ROOT);
            final boolean introduces = word.length() > 2 && BEFORE.stream().anyMatch(each -> each.startsWith(word));
            if (secret && !BETWEEN.contains(word)) {
                for (int i = words.start(); i < words.end(); i++) {
                    masked.setCharAt(i, '*');
                }
                secret = false;
            } else if (introduces) {
                secret = true;
            }
        }
        return masked.toString();
    }
}
