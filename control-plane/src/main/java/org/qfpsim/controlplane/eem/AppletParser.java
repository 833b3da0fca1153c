package org.qfpsim.controlplane.eem;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the lines below {@code event manager applet NAME}: one {@code event}, and {@code action LABEL ...} in any order. */
public final class AppletParser {
    /** Actions of an applet. */
    static final int MAX_ACTIONS = 1000;

    private static final long DEFAULT_MAXRUN_NANOS = 20_000_000_000L;
    private static final int MAX_OCCURS = 32;

    private AppletParser() {
    }

    /**
     * Reads an applet.
     *
     * @param name  its name.
     * @param lines without their indentation or with it; empty ones and those of a {@code !} do not count.
     * @return the applet.
     * @throws AppletException for the first line that cannot be used.
     */
    public static Applet parse(final String name, final List<String> lines) throws AppletException {
        Applet.Event event = null;
        Applet.Limits limits = new Applet.Limits(DEFAULT_MAXRUN_NANOS, 0);
        // As on the platform, the order is that of the labels as texts: 10 comes before 9.
        final Map<String, Tokens> actions = new TreeMap<>();
        for (final String line : lines) {
            if (line.isBlank() || line.strip().startsWith("!")) {
                continue;
            }
            final Tokens words = Tokens.of(line);
            switch (words.keyword("a keyword")) {
                case "event" -> {
                    if (event != null) {
                        throw words.error("an applet has one event");
                    }
                    event = event(words);
                    limits = limits(words, event);
                }
                case "action" -> {
                    if (actions.size() >= MAX_ACTIONS || actions.put(words.next("a label"), words) != null) {
                        throw words.error("a label that was used already, or more than " + MAX_ACTIONS + " actions");
                    }
                }
                default -> throw words.error("only event and action are supported in an applet");
            }
        }
        if (event == null) {
            throw new AppletException("applet " + name + ": there is no event; add one, such as: event none");
        }
        return new Applet(name, event, limits, new Compiler().compile(actions));
    }

    private static Applet.Event event(final Tokens words) throws AppletException {
        return switch (words.keyword("an event")) {
            case "none" -> new Applet.Event.None();
            case "timer" -> timer(words);
            case "syslog" -> {
                if (!words.take("pattern")) {
                    throw words.error("pattern is missing");
                }
                final BoundedRegex pattern = BoundedRegex.compile(words.next("a pattern"));
                final int occurs = words.take("occurs") ? words.number("occurs", 1, MAX_OCCURS) : 1;
                yield new Applet.Event.Syslog(pattern, occurs, words.take("period") ? words.nanos("period") : Long.MAX_VALUE);
            }
            default -> throw words.error("events are syslog, timer and none");
        };
    }

    private static Applet.Event timer(final Tokens words) throws AppletException {
        final String kind = words.keyword("watchdog or countdown");
        if (!kind.equals("watchdog") && !kind.equals("countdown")) {
            throw words.error("timers are watchdog and countdown");
        }
        if (words.take("name")) {
            words.next("a name");
        }
        if (!words.take("time")) {
            throw words.error("time is missing");
        }
        final long nanos = words.nanos("time");
        if (nanos == 0) {
            throw words.error("a timer takes 0.001 s or more");
        }
        return new Applet.Event.Timer(nanos, kind.equals("watchdog"));
    }

    private static Applet.Limits limits(final Tokens words, final Applet.Event event) throws AppletException {
        long maxrun = DEFAULT_MAXRUN_NANOS;
        long ratelimit = 0;
        while (words.more()) {
            if (words.take("maxrun")) {
                maxrun = words.nanos("maxrun");
            } else if (!(event instanceof Applet.Event.None) && words.take("ratelimit")) {
                ratelimit = words.nanos("ratelimit");
            } else {
                words.end();
            }
        }
        return new Applet.Limits(maxrun, ratelimit);
    }

    static Instruction.Comparison comparison(final Tokens words) throws AppletException {
        final String operator = words.keyword("an operator");
        for (final Instruction.Comparison comparison : Instruction.Comparison.values()) {
            if (comparison.name().toLowerCase(Locale.ROOT).equals(operator)) {
                return comparison;
            }
        }
        throw words.error("operators are eq, ne, lt, le, gt and ge");
    }

    static List<String> variables(final Tokens words) throws AppletException {
        final List<String> names = new ArrayList<>();
        while (words.more()) {
            names.add(words.variable());
        }
        return names;
    }
}
