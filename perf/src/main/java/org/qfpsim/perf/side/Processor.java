package org.qfpsim.perf.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where to measure. */
public final class Processor {
    /** No processor in particular. */
    public static final int ANY = -1;

    private static final Pattern ALLOWED = Pattern.compile("(?m)^Cpus_allowed_list:.*?(\\d+)$");

    private Processor() {
    }

    /** The last processor that this process may use, where there is a {@code taskset} to pin with; else {@link #ANY}. */
    public static int last() {
        try {
            final Matcher allowed = ALLOWED.matcher(Files.readString(Path.of("/proc/self/status")));
            return allowed.find() && Tool.find("taskset").isPresent() ? Integer.parseInt(allowed.group(1)) : ANY;
        } catch (final IOException _) {
            return ANY;
        }
    }
}
