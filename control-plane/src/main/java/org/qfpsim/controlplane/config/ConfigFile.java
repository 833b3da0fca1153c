package org.qfpsim.controlplane.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.config.edit.ConfigEditor;
import org.qfpsim.controlplane.config.model.RouterConfig;

/**
 * Reads a configuration file: what {@code show running-config} prints, or what somebody wrote. Blanks at the beginning of a line mean
 * nothing. Reading goes on behind a line that is refused, so that all mistakes are seen at once.
 *
 * @param config   what the accepted lines say.
 * @param refused  lines that were not accepted, the first {@value #MAX_PROBLEMS} of them; empty: the file is good.
 * @param warnings what is incomplete or leads nowhere; see {@link ConfigCheck}.
 */
public record ConfigFile(RouterConfig config, List<Problem> refused, List<Warning> warnings) {
    /** Characters of a file at most. */
    public static final int MAX_CHARACTERS = 8 << 20;
    /** Lines of a file at most. */
    public static final int MAX_LINES = 100_000;
    /** Characters of a line at most; more than on a terminal, since quotes are added when a configuration is written. */
    public static final int MAX_LINE = 1000;
    /** Refused lines that are kept. */
    public static final int MAX_PROBLEMS = 20;

    /**
     * A line that was not accepted.
     *
     * @param file    name of the file.
     * @param line    its number, from 1.
     * @param message one line: file, line, value, reason and what to do.
     * @param display what a terminal would show: the line with the marker below it, and the platform's words.
     */
    public record Problem(String file, int line, String message, String display) {
    }

    /**
     * Something that is incomplete, or leads nowhere; the router runs without it.
     *
     * @param file name of the file.
     * @param line where what it is about begins, from 1; 0 if there is no such line.
     * @param text what is wrong, and what it is about.
     */
    public record Warning(String file, int line, String text) {
        /** One line: file, line and text. */
        public String message() {
            return file + ":" + (line == 0 ? "" : line + ":") + " " + text;
        }
    }

    /** Copies the lists. */
    public ConfigFile {
        refused = List.copyOf(refused);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file.
     *
     * @param name of the file, for messages.
     * @param text of the file.
     * @return what it says.
     */
    public static ConfigFile read(final String name, final String text) {
        final List<Problem> problems = new ArrayList<>();
        final ConfigEditor editor = new ConfigEditor();
        final Map<String, Integer> heads = new LinkedHashMap<>();
        if (text.length() > MAX_CHARACTERS) {
            problems.add(new Problem(name, 1, name + ": " + text.length() + " characters: at most " + MAX_CHARACTERS
                + ": split it up", "% File is too long\n"));
        } else {
            read(name, text.lines().limit(MAX_LINES + 1L).toList(), editor, problems, heads);
        }
        final RouterConfig config = editor.config();
        return new ConfigFile(config, problems, ConfigCheck.check(config).stream()
            .map(warning -> new Warning(name, line(heads, warning), warning)).toList());
    }

    /** The first line of global mode that begins like the subject of a warning, which stands before its first colon. */
    private static int line(final Map<String, Integer> heads, final String warning) {
        final String subject = warning.substring(0, warning.indexOf(": ")) + " ";
        return heads.entrySet().stream().filter(head -> (head.getKey() + " ").startsWith(subject)).findFirst()
            .map(Map.Entry::getValue).orElse(0);
    }

    private static void read(final String name, final List<String> lines, final ConfigEditor editor, final List<Problem> problems,
                             final Map<String, Integer> heads) {
        for (int i = 0; i < lines.size() && problems.size() < MAX_PROBLEMS; i++) {
            final String line = ConfigSession.withoutControlCharacters(lines.get(i)).stripTrailing();
            if (!ConfigSession.isCommand(line) || isHeading(line)) {
                continue;
            }
            if (i == MAX_LINES) {
                problems.add(new Problem(name, i + 1, name + ":" + (i + 1) + ": more than " + MAX_LINES + " lines: split it up",
                    "% File is too long\n"));
            } else if (editor.isEnded()) {
                problems.add(problem(name, i + 1, line, CommandRefusal.because("the configuration has ended above: move \"end\" down")));
                return;
            } else if (line.length() > MAX_LINE) {
                problems.add(problem(name, i + 1, line.substring(0, 20) + "...",
                    CommandRefusal.because("line of " + line.length() + " characters: at most " + MAX_LINE)));
            } else {
                try {
                    heads.putIfAbsent(editor.run(line), i + 1);
                } catch (final CommandRefusal refusal) {
                    problems.add(problem(name, i + 1, line, refusal));
                }
            }
        }
    }

    /** The lines that {@code show running-config} prints above the configuration. */
    private static boolean isHeading(final String line) {
        return line.equals("Building configuration...") || line.matches("Current configuration : [0-9]{1,9} bytes");
    }

    private static Problem problem(final String name, final int number, final String line, final CommandRefusal refusal) {
        final String masked = KeyMask.mask(line);
        final String value = refusal.column() < 0 ? masked.strip() : masked.substring(Math.min(refusal.column(), masked.length()));
        final String advice = refusal.column() < 0 ? "" : ": correct or remove it, \"?\" in its place on a console lists what is known";
        return new Problem(name, number, name + ":" + number + ": " + refusal.reason() + " at \"" + value + "\"" + advice,
            refusal.textFor(masked));
    }
}
