package org.qfpsim.controlplane.config;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.config.edit.ConfigEditor;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.text.RunningConfig;

/**
 * {@code configure terminal}: one line at a time, each with its effect at once. One thread.
 */
public final class ConfigSession {
    /** Longest line that a terminal line of the platform takes. */
    public static final int MAX_LINE = 254;

    private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cntrl}");

    private final ConfigEditor editor = new ConfigEditor();

    /**
     * What became of a line.
     *
     * @param accepted whether it was understood.
     * @param text     what the terminal shows: whole lines, or nothing; keys in a refused line are masked.
     */
    public record Reply(boolean accepted, String text) {
    }

    /**
     * Goes on from a configuration.
     *
     * @param start the configuration as it is.
     */
    public ConfigSession(final RouterConfig start) {
        for (final String line : RunningConfig.text(start, RunningConfig.Keys.SHOWN).lines().toList()) {
            if (isCommand(line) && !"end".equals(line)) {
                try {
                    editor.run(line);
                } catch (final CommandRefusal refusal) {
                    // Records that no configuration text leads to, such as a name with a blank in it.
                    throw new IllegalArgumentException("cannot be written as configuration: " + refusal.reason());
                }
            }
        }
        editor.leave();
    }

    /** Starts from nothing. */
    public ConfigSession() {
        // The editor has the platform's defaults.
    }

    static boolean isCommand(final String line) {
        final String stripped = line.strip();
        return !stripped.isEmpty() && stripped.charAt(0) != '!';
    }

    static String withoutControlCharacters(final String line) {
        return CONTROL_CHARACTER.matcher(line).replaceAll(" ");
    }

    /**
     * Takes a line; blank lines and comments are accepted, a question mark at the end asks for help.
     *
     * @param typed what was typed, without its end of line. A control character counts as a blank.
     * @return what became of it.
     */
    public Reply type(final String typed) {
        return type(typed, -1);
    }

    /**
     * Takes a line that stands on a screen.
     *
     * @param typed  as above.
     * @param column of the line's first character on the screen, for the marker below a wrong one; -1: it is shown again above the marker.
     * @return what became of it.
     */
    public Reply type(final String typed, final int column) {
        if (typed.length() > MAX_LINE) {
            return new Reply(false, "% Command line of " + typed.length() + " characters is too long: at most " + MAX_LINE + "\n");
        }
        final String line = withoutControlCharacters(typed);
        try {
            if (isCommand(line) && line.stripTrailing().endsWith("?")) {
                return new Reply(true, editor.help(line, line.lastIndexOf('?')));
            }
            if (isCommand(line)) {
                editor.run(line);
            }
            return new Reply(true, "");
        } catch (final CommandRefusal refusal) {
            final String masked = KeyMask.mask(line);
            return new Reply(false, column < 0 || refusal.column() < 0 ? refusal.textFor(masked) : refusal.textBelow(column));
        }
    }

    /**
     * The same mode in another configuration, which somebody else has changed meanwhile.
     *
     * @param config the configuration as it is now.
     * @return a session that goes on from it.
     */
    public ConfigSession rebased(final RouterConfig config) {
        final ConfigSession next = new ConfigSession(config);
        for (final String line : editor.path()) {
            if (!next.type(line).accepted()) {
                break;
            }
        }
        return next;
    }

    /**
     * Completes the last word of a line.
     *
     * @param line what stands in front of the cursor.
     * @return the line with the whole word and a blank behind it; null if no word or more than one is possible.
     */
    public @Nullable String complete(final String line) {
        return editor.complete(line);
    }

    /**
     * Help for a question mark that is typed behind a line.
     *
     * @param line what stands in front of it.
     * @return whole lines.
     * @throws CommandRefusal if what stands in front of it is wrong.
     */
    public String help(final String line) throws CommandRefusal {
        return editor.help(line + "?", line.length());
    }

    /** Whether the session is over: {@code end} was typed, or {@code exit} in global mode. */
    public boolean isEnded() {
        return editor.isEnded();
    }

    /** The prompt, such as {@code R1(config-if)#}. */
    public String prompt() {
        return editor.hostname() + editor.prompt() + "#";
    }

    /** The configuration as it is now. */
    public RouterConfig config() {
        return editor.config();
    }

    /** What the configuration still lacks; see {@link ConfigCheck}. */
    public List<String> warnings() {
        return ConfigCheck.check(config());
    }
}
