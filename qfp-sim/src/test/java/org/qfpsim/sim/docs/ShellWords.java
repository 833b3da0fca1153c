package org.qfpsim.sim.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a command line as a shell does: blanks separate, single and double quotes hold together; nothing else is special. */
public final class ShellWords {
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

    private ShellWords() {
    }

    /** The words without their quotes. */
    public static List<String> split(final String commandLine) {
        final List<String> words = new ArrayList<>();
        final Matcher matcher = WORD.matcher(commandLine);
        while (matcher.find()) {
            words.add(matcher.group().replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2"));
        }
        return words;
    }
}
