package org.qfpsim.sim.scenario;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.qfpsim.sim.net.host.StreamMeter;
import org.qfpsim.sim.net.host.StreamSpec;

/** Tells what happens, line by line, with the time in front. */
final class Story {
    private static final String MARGIN = " ".repeat(12);
    /** More lines of log than a person would read. */
    private static final int MAX_LOG_LINES = 400;
    private static final int WIDTH = 100;
    private static final int SHOWN_OF_A_KIND = 3;
    private static final int MAX_STREAMS = 20;

    private final PrintWriter out;
    private final Repetition repetition = new Repetition();
    private long lastNanos = -1;
    private long logLines;

    Story(final PrintWriter out) {
        this.out = out;
    }

    static String seconds(final long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }

    void begin(final Scenario scenario) {
        out.printf("%s: %s%n", scenario.name(), scenario.title());
        final List<String> parts = Stream.of(count(scenario.routers(), "router", "routers"), count(scenario.hosts(), "host", "hosts"),
                count(scenario.nats(), "NAT box", "NAT boxes"),
                count(scenario.outside(), "real interface", "real interfaces"), count(scenario.links(), "link", "links"),
                count(scenario.streams(), "stream", "streams"))
            .filter(part -> !part.isEmpty()).toList();
        out.printf("%s; %s s, %s%n%n", String.join(", ", parts), seconds(scenario.durationNanos()),
            scenario.seed() == RouterSpec.UNPREDICTABLE ? "no seed" : "seed " + scenario.seed());
        out.flush();
    }

    private static String count(final List<?> things, final String one, final String many) {
        return things.isEmpty() ? "" : String.format(Locale.ROOT, "%,d %s", things.size(), things.size() == 1 ? one : many);
    }

    /** Lines of one moment that differ in nothing but numbers: three are shown, the others are counted. */
    private final class Repetition {
        private String shape = "";
        private long count;

        /** Whether the next line shall be shown. */
        boolean shows(final String line) {
            final String next = line.replaceAll("0x[0-9A-Fa-f]+|\\d+", "0");
            if (!next.equals(shape)) {
                end();
                shape = next;
            }
            return ++count <= SHOWN_OF_A_KIND;
        }

        void end() {
            if (count > SHOWN_OF_A_KIND) {
                out.printf(Locale.ROOT, "%s... and %,d like it%n", MARGIN, count - SHOWN_OF_A_KIND);
            }
            shape = "";
            count = 0;
        }
    }

    private void line(final long nanos, final String text) {
        if (nanos != lastNanos) {
            repetition.end();
            lastNanos = nanos;
        }
        if (repetition.shows(text)) {
            out.println(time(nanos) + text);
        }
    }

    /** What the scenario says, in lines of readable length. */
    void say(final long nanos, final String text) {
        repetition.end();
        String prefix = time(nanos);
        final StringBuilder line = new StringBuilder(WIDTH);
        for (final String word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                out.println(prefix + line);
                prefix = MARGIN;
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        out.println(prefix + line);
    }

    /** A change that somebody made. */
    void event(final long nanos, final String text) {
        line(nanos, "* " + text);
    }

    /** What is wrong with the configurations that it begins with. */
    void warn(final List<String> warnings) {
        warnings.forEach(warning -> out.println("warning: " + warning));
        if (!warnings.isEmpty()) {
            out.println();
        }
    }

    void command(final long nanos, final String prompt, final String line, final String output) {
        repetition.end();
        out.println(time(nanos) + prompt + line);
        output.lines().forEach(text -> out.println(MARGIN + "  " + text));
    }

    void log(final long nanos, final String node, final String line) {
        if (++logLines <= MAX_LOG_LINES) {
            line(nanos, node + ": " + line);
        }
    }

    private static String time(final long nanos) {
        return String.format(Locale.ROOT, "%10s  ", seconds(nanos));
    }

    void end(final List<StreamMeter> meters, final ScenarioResult result) {
        repetition.end();
        if (logLines > MAX_LOG_LINES) {
            out.printf("%s(%,d more log lines)%n", MARGIN, logLines - MAX_LOG_LINES);
        }
        streams(meters);
        if (!result.rows().isEmpty()) {
            out.printf("%nExpectations%n");
            final int width = result.rows().stream().mapToInt(row -> row.text().length()).max().orElse(0);
            final int expected = result.rows().stream().mapToInt(row -> row.expected().length()).max().orElse(0);
            for (final ScenarioResult.Row row : result.rows()) {
                out.printf("  %-6s  %-" + width + "s  %-" + Math.max(1, expected) + "s  seen: %s%n", row.passed() ? "ok" : "FAILED",
                    row.text(), row.expected(), row.seen());
            }
        }
        if (result.pace() != null) {
            out.printf("%nReal clock: %s%n", result.pace().text());
        }
        out.printf("%n%s: %s; fingerprint %s%n", result.name(), result.passed() ? "passed" : "FAILED", result.fingerprint());
        out.flush();
    }

    private void streams(final List<StreamMeter> meters) {
        final List<StreamMeter> measured = meters.stream().filter(meter -> meter.spec().kind() != StreamSpec.Kind.ESP).toList();
        if (!measured.isEmpty()) {
            out.printf("%nStreams%n");
        }
        String before = "";
        int same = 0;
        int shown = 0;
        for (final StreamMeter meter : measured) {
            final String now = figures(meter);
            same = now.equals(before) ? same + 1 : 1;
            before = now;
            if (same <= SHOWN_OF_A_KIND && shown < MAX_STREAMS) {
                shown++;
                out.println("  " + meter.spec().name() + ": " + now);
            }
        }
        if (shown < measured.size()) {
            out.printf(Locale.ROOT, "  ... %,d streams in all%n", measured.size());
        }
    }

    private static String figures(final StreamMeter meter) {
        final StreamMeter.Outage longest = meter.longestOutage();
        return String.format(Locale.ROOT, "%,d sent, %,d arrived, %,d lost%s%s%s", meter.sent(), meter.received(), meter.lost(),
            some(meter.duplicates(), "twice"), some(meter.reordered(), "out of order"), longest.packets() == 0 ? ""
                : "; nothing got through from " + seconds(longest.fromNanos()) + " s to " + seconds(longest.toNanos()) + " s");
    }

    private static String some(final long count, final String what) {
        return count == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", count, what);
    }
}
