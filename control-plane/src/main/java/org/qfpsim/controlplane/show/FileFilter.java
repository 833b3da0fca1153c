package org.qfpsim.controlplane.show;

import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The filter at the end of a command line that sends output into a file: {@code | append flash:FILE}, {@code | redirect flash:FILE},
 * {@code | tee [/append] flash:FILE}. Other filters may stand in front of it. Only {@code flash:} is there.
 *
 * @param kind    what to do with the output.
 * @param append  whether what is in the file stays.
 * @param file    behind {@code flash:}.
 * @param command the line without this filter.
 */
public record FileFilter(Kind kind, boolean append, String file, String command) {
    private static final Pattern END = Pattern.compile("\\s*\\|\\s*(\\w+)\\s+(/append\\s+)?flash:(\\S+)\\s*$", Pattern.CASE_INSENSITIVE);

    /** The filters that write files. */
    public enum Kind {
        /** Behind what is there; nothing is shown. */
        APPEND,
        /** Instead of what is there; nothing is shown. */
        REDIRECT,
        /** Into the file and to the terminal. */
        TEE
    }

    /**
     * Finds the filter of a line.
     *
     * @param line the whole line.
     * @return the filter, or null if the line has none.
     */
    public static @Nullable FileFilter of(final String line) {
        final Matcher matcher = END.matcher(line);
        if (line.length() > CommandTree.MAX_LINE || !matcher.find()) {
            return null;
        }
        final String typed = matcher.group(1).toLowerCase(Locale.ROOT);
        for (final Kind kind : Kind.values()) {
            final boolean option = matcher.group(2) != null;
            if (kind.name().toLowerCase(Locale.ROOT).startsWith(typed) && (!option || kind == Kind.TEE)) {
                return new FileFilter(kind, option || kind == Kind.APPEND, matcher.group(3), line.substring(0, matcher.start()));
            }
        }
        return null;
    }

    /**
     * Runs a command line that may end in such a filter.
     *
     * @param line  the whole line.
     * @param flash where files are.
     * @param run   runs the line without the filter.
     * @return what the terminal shows; a refused command writes nothing.
     */
    public static Result run(final String line, final FlashFiles flash, final Function<String, Result> run) {
        final FileFilter filter = of(line);
        if (filter == null) {
            return run.apply(line);
        }
        final Result result = run.apply(filter.command);
        if (!result.ok()) {
            return result;
        }
        try {
            flash.write(filter.file, result.text(), filter.append);
        } catch (final IOException e) {
            return new Result(false, "%Error opening flash:" + filter.file + " (" + e.getMessage() + ")\n");
        }
        return filter.kind == Kind.TEE ? result : new Result(true, "");
    }
}
