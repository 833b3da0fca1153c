package org.qfpsim.controlplane.config;

import java.util.List;
import java.util.regex.Pattern;
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
            return new Reply(false, refusal.textFor(KeyMask.mask(line)));
        }
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
