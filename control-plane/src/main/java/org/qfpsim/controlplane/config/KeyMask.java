package org.qfpsim.controlplane.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts stars in the place of keys in a line that is shown because something is wrong with it; columns stay what they were. */
final class KeyMask {
    private static final Set<String> BEFORE = Set.of("key", "password", "secret", "pre-shared-key", "cipher", "authenticator");
    /** Between the word above and the key: the type, the side, the form, the peer of a keyring's key. */
    private static final Set<String> BETWEEN = Set.of("0", "5", "6", "7", "8", "9", "local", "remote", "hex", "address", "hostname",
        "ipv6");
    private static final Pattern WORD = Pattern.compile("\\S+");

    private KeyMask() {
    }

    /**
     * Masks a line. It may mask too much, such as the address that a keyring's key is for.
     *
     * @param line what was typed, right or wrong, cut short or not.
     * @return a line of the same length.
     */
    static String mask(final String line) {
        final StringBuilder masked = new StringBuilder(line);
        final Matcher words = WORD.matcher(line);
        boolean secret = false;
        String before = "";
        while (words.find()) {
            final String word = words.group().toLowerCase(Locale.ROOT);
            final boolean preShareKey = "key".equals(word) && before.startsWith("pre-");
            if (secret && !preShareKey && !BETWEEN.contains(word)) {
                for (int i = words.start(); i < words.end(); i++) {
                    masked.setCharAt(i, '*');
                }
                secret = false;
            } else {
                secret |= introduces(before, word);
            }
            before = word;
        }
        return masked.toString();
    }

    private static boolean introduces(final String before, final String word) {
        if (word.length() > 1 && "authentication".startsWith(word)) {
            return before.length() > 1 && "nhrp".startsWith(before);
        }
        // The key of a GRE tunnel is no secret.
        final boolean tunnelKey = before.length() > 1 && "tunnel".startsWith(before);
        return !tunnelKey && word.length() > 2 && BEFORE.stream().anyMatch(each -> each.startsWith(word));
    }
}
