package org.qfpsim.sim.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format as its document says, and nothing else: HELP, then TYPE, then the family's samples, each once; names,
 * labels and escapes; a line feed at the end.
 */
final class ExpositionParser {
    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\\S.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{(.*)} ([0-9.eE+-]+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

    private final Map<String, Map<Map<String, String>, Double>> families = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private String helped = "";
    private String family = "";

    /** Samples of each family, by their labels. */
    static Map<String, Map<Map<String, String>, Double>> parse(final String text) {
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("no line feed at the end");
        }
        final ExpositionParser parser = new ExpositionParser();
        text.lines().forEach(parser::line);
        parser.types.forEach((name, type) -> {
            if (type.equals("counter") != name.endsWith("_total")) {
                throw new IllegalArgumentException(name + " is a " + type);
            }
        });
        return parser.families;
    }

    private void line(final String line) {
        final Matcher help = HELP.matcher(line);
        final Matcher type = TYPE.matcher(line);
        final Matcher sample = SAMPLE.matcher(line);
        if (help.matches()) {
            helped = help.group(1);
        } else if (type.matches() && type.group(1).equals(helped) && types.put(helped, type.group(2)) == null) {
            family = helped;
            families.put(family, new LinkedHashMap<>());
        } else if (!sample.matches() || !sample.group(1).equals(family)
            || families.get(family).put(labels(sample.group(2)), Double.valueOf(sample.group(3))) != null) {
            throw new IllegalArgumentException(line);
        }
    }

    private static Map<String, String> labels(final String text) {
        final Map<String, String> labels = new TreeMap<>();
        final Matcher label = LABEL.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!label.find(at) || label.start() != at || labels.put(label.group(1), unescape(label.group(2))) != null) {
                throw new IllegalArgumentException(text);
            }
            at = label.end();
        }
        return labels;
    }

    private static String unescape(final String value) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == '\\') {
                i++;
                text.append(value.charAt(i) == 'n' ? '\n' : value.charAt(i));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
