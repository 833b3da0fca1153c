package org.qfpsim.controlplane.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts stars in the place of keys in a line that is shown because something is wrong with it; columns stay what they were. */
final class KeyMask {
    private static final Set<String> BEFORE = Set.of("key", "password", "secret", "pre-shared-key", "cipher", "authenticator");
    /** Words behind those above that are no keys: the type, the side, the form, who the key is for. */
    private static final Set<String> HARMLESS = Set.of("0", "5", "6", "7", "8", "9", "local", "remote", "hex", "address", "hostname",
        "ipv6", "no-xauth", "key", "password", "cipher", "authenticator");
    private static final Pattern WORD = Pattern.compile("\\S+");

    private KeyMask() {
    }

    /**
     * Masks a line. From the first key on everything unknown is masked, since a key may have a blank in it by mistake.
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
            if (secret && !HARMLESS.contains(word)) {
                for (int i = words.start(); i < words.end(); i++) {
                    masked.setCharAt(i, '*');
                }
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
        return !tunnelKey && (word.length() > 2 || "key".startsWith(word)) && BEFORE.stream().anyMatch(each -> each.startsWith(word));
    }
}
