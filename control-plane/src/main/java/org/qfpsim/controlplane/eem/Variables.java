package org.qfpsim.controlplane.eem;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of one run, texts of bounded length. A name that begins with an underscore is the platform's or the environment's. */
final class Variables {
    /** What is longer is cut off. */
    static final int MAX_VALUE = 1 << 16;

    private static final Pattern REFERENCE = Pattern.compile("\\$(\\{?)([A-Za-z_][A-Za-z0-9_]{0,63})(\\}?)");

    private final Map<String, String> values = new HashMap<>();
    private long work;

    Variables(final Map<String, String> environment) {
        environment.forEach(this::set);
    }

    /** Characters that were read, made and kept so far: what a run costs beside its steps. */
    long work() {
        return work;
    }

    void charge(final long characters) {
        work += characters;
    }

    void set(final String name, final String value) {
        work += value.length();
        values.put(name, value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) : value);
    }

    String get(final String name) throws AppletException {
        final String value = values.get(name);
        if (value == null) {
            throw new AppletException("could not find environment variable: " + name);
        }
        return value;
    }

    /** Replaces {@code $name} and {@code ${name}}, once: what comes out of a variable is not looked at again. */
    String expand(final String text) throws AppletException {
        final Matcher matcher = REFERENCE.matcher(text);
        final StringBuilder out = new StringBuilder();
        int from = 0;
        while (matcher.find() && out.length() < MAX_VALUE) {
            // Without its opening brace a closing one is text; without its closing one nothing is a reference.
            final boolean opened = !matcher.group(1).isEmpty();
            final boolean closed = !matcher.group(3).isEmpty();
            if (opened && !closed) {
                continue;
            }
            out.append(text, from, matcher.start()).append(get(matcher.group(2)));
            from = closed && !opened ? matcher.end() - 1 : matcher.end();
        }
        out.append(text, from, text.length());
        work += out.length();
        return out.length() > MAX_VALUE ? out.substring(0, MAX_VALUE) : out.toString();
    }

    long number(final String text) throws AppletException {
        if (!text.matches("-?\\d{1,18}")) {
            final String start = text.substring(0, Math.min(40, text.length())).replaceAll("\\p{Cntrl}", " ");
            throw new AppletException("'" + start + "' is not a number");
        }
        return Long.parseLong(text);
    }
}
