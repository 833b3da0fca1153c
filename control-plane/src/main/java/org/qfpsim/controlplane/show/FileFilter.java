package org.qfpsim.controlplane.show;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.cli.OutputEnded;

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

    /** Runs a command line. */
    @FunctionalInterface
    public interface Runner {
        /**
         * Runs it.
         *
         * @param line     a command, with filters for lines or not.
         * @param out      gets its output.
         * @param refusals gets why it was refused.
         * @return false if it was refused.
         */
        boolean run(String line, Output out, Output refusals);
    }

    /**
     * Runs a command line that may end in such a filter. The file grows as the output comes into being.
     *
     * @param line  the whole line.
     * @param flash where files are.
     * @param run   runs the line without the filter.
     * @param out   gets what the terminal shows.
     * @return false if the line was refused, in which case nothing was written, or the file could not be written.
     */
    public static boolean run(final String line, final FlashFiles flash, final Runner run, final Output out) {
        final FileFilter filter = of(line);
        return filter == null ? run.run(line, out, out) : filter.write(flash, run, out);
    }

    private boolean write(final FlashFiles flash, final Runner run, final Output out) {
        final FileOutput output = new FileOutput(() -> flash.open(file, append), kind == Kind.TEE ? out : text -> { });
        boolean accepted = true;
        try {
            accepted = run.run(command, output, out);
            if (accepted) {
                output.print("");
            }
        } catch (final OutputEnded e) {
            if (output.failure() == null) {
                throw e;
            }
        } finally {
            output.close();
        }
        final String failure = output.failure();
        if (failure != null) {
            out.print("%Error opening flash:" + file + " (" + failure + ")\n");
        }
        return accepted && failure == null;
    }
}
