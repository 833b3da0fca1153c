package org.qfpsim.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings of the terminal that this process was started from: POSIX's {@code stty}, which is everywhere a terminal is. */
public final class Stty {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,3}) ([0-9]{1,3})");

    private Stty() {
    }

    /**
     * How large a terminal is.
     *
     * @param rows    lines.
     * @param columns characters.
     */
    public record Size(int rows, int columns) {
    }

    /**
     * Runs it.
     *
     * @param arguments what is to be set or asked.
     * @return what it says.
     * @throws InputException if it fails.
     */
    public static String run(final String... arguments) {
        final List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(Arrays.asList(arguments));
        try {
            final Process process = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.INHERIT).redirectErrorStream(true)
                .start();
            final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new InputException("the terminal cannot be set: stty " + String.join(" ", arguments) + ": " + text);
            }
            return text;
        } catch (final IOException e) {
            throw InputException.io("stty", "cannot be run, which a terminal needs; or pipe the commands in", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("interrupted while the terminal was set", e);
        }
    }

    /** The size now; null if the terminal does not know. */
    public static @Nullable Size size() {
        final Matcher size = SIZE.matcher(run("size"));
        return size.matches() ? new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))) : null;
    }
}
