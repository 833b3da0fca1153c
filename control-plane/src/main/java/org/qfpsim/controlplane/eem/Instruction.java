package org.qfpsim.controlplane.eem;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.syslog.Severity;

/**
 * One step of a compiled applet. Texts hold variables, which are replaced when the step is made; targets are places in the program. Each
 * carries the label of its action for messages.
 */
sealed interface Instruction {
    /** The label of the action. */
    String label();

    /** {@code cli command}. */
    record Cli(String label, String command) implements Instruction {
    }

    /** {@code syslog [priority P] msg TEXT}. */
    record Syslog(String label, Severity severity, String text) implements Instruction {
    }

    /** {@code puts [nonewline] TEXT}. */
    record Puts(String label, String text, boolean newline) implements Instruction {
    }

    /** {@code regexp PATTERN INPUT [MATCH [GROUP...]]}. */
    record Regexp(String label, String pattern, String input, List<String> variables) implements Instruction {
        /** Copies the list. */
        public Regexp {
            variables = List.copyOf(variables);
        }
    }

    /** {@code set VARIABLE VALUE} and {@code append VARIABLE VALUE}. */
    record Assign(String label, String variable, String value, boolean append) implements Instruction {
    }

    /** {@code increment VARIABLE [VALUE]}, {@code decrement}. */
    record Add(String label, String variable, String value, boolean negative) implements Instruction {
    }

    /** {@code wait SECONDS}. */
    record Wait(String label, String seconds) implements Instruction {
    }

    /** {@code exit [CODE]}. */
    record Exit(String label) implements Instruction {
    }

    /** Goes on elsewhere. */
    record Jump(String label, int target) implements Instruction {
    }

    /** Goes on elsewhere unless a comparison holds. */
    record Unless(String label, String left, Comparison comparison, String right, int target) implements Instruction {
    }

    /** Cuts a list into pieces for the {@link Next} of the same slot. */
    record Each(String label, int slot, String list, @Nullable String delimiters) implements Instruction {
    }

    /** The next piece, or on elsewhere if there is none. */
    record Next(String label, int slot, String variable, int target) implements Instruction {
    }

    /** Operators of {@code if} and {@code while}: numbers are compared as numbers, other texts by their characters. */
    enum Comparison {
        EQ, NE, LT, LE, GT, GE;

        boolean holds(final int order) {
            return switch (this) {
                case EQ -> order == 0;
                case NE -> order != 0;
                case LT -> order < 0;
                case LE -> order <= 0;
                case GT -> order > 0;
                case GE -> order >= 0;
            };
        }
    }
}
