package org.qfpsim.controlplane.config.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An action of an applet. Texts are as typed, without their quotes: variables such as {@code $_syslog_msg} are not yet replaced.
 *
 * @param label sorts the actions, as a string.
 * @param step  what is done.
 */
public record EemAction(String label, Step step) {
    /** What is done. */
    public sealed interface Step {
    }

    /**
     * {@code cli command}.
     *
     * @param line what is typed.
     */
    public record Cli(String line) implements Step {
    }

    /**
     * {@code syslog}.
     *
     * @param severity 0 to 7: 6 unless set.
     * @param message  its text.
     */
    public record Syslog(int severity, String message) implements Step {
    }

    /**
     * {@code regexp}: sets {@code $_regexp_result} to 1 or 0.
     *
     * @param pattern    the expression.
     * @param text       where to look.
     * @param match      variable that gets what matched, or null.
     * @param submatches variables that get what the parentheses matched, at most three.
     */
    public record Regexp(String pattern, String text, @Nullable String match, List<String> submatches) implements Step {
        /** Copies the list. */
        public Regexp {
            submatches = List.copyOf(submatches);
        }
    }

    /**
     * {@code set}.
     *
     * @param variable name.
     * @param value    text.
     */
    public record Set(String variable, String value) implements Step {
    }

    /**
     * {@code increment} or {@code decrement}.
     *
     * @param variable name.
     * @param by       added to it; negative to subtract.
     */
    public record Increment(String variable, int by) implements Step {
    }

    /** How two texts compare; as numbers if both are. */
    public enum Comparison {
        /** Equal. */
        EQ,
        /** Not equal. */
        NE,
        /** Less. */
        LT,
        /** Less or equal. */
        LE,
        /** Greater. */
        GT,
        /** Greater or equal. */
        GE
    }

    /**
     * {@code if}.
     *
     * @param left       text.
     * @param comparison of the two.
     * @param right      text.
     */
    public record If(String left, Comparison comparison, String right) implements Step {
    }

    /**
     * {@code elseif}.
     *
     * @param left       text.
     * @param comparison of the two.
     * @param right      text.
     */
    public record ElseIf(String left, Comparison comparison, String right) implements Step {
    }

    /** {@code else}. */
    public record Else() implements Step {
    }

    /** {@code end} of an if, a while or a foreach. */
    public record End() implements Step {
    }

    /**
     * {@code while}.
     *
     * @param left       text.
     * @param comparison of the two.
     * @param right      text.
     */
    public record While(String left, Comparison comparison, String right) implements Step {
    }

    /**
     * {@code foreach}.
     *
     * @param variable  gets one piece after the other.
     * @param text      that is cut.
     * @param delimiter characters that separate pieces: a blank unless set.
     */
    public record ForEach(String variable, String text, String delimiter) implements Step {
    }

    /** {@code break} out of a loop. */
    public record Break() implements Step {
    }

    /** {@code continue} with a loop's next turn. */
    public record Continue() implements Step {
    }

    /** {@code exit}: the applet ends. */
    public record Exit() implements Step {
    }

    /**
     * {@code wait}.
     *
     * @param seconds a text that becomes a number.
     */
    public record Wait(String seconds) implements Step {
    }

    /**
     * {@code puts}.
     *
     * @param text    what is printed.
     * @param newline whether a line ends behind it.
     */
    public record Puts(String text, boolean newline) implements Step {
    }
}
