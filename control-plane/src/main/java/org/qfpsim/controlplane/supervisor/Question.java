package org.qfpsim.controlplane.supervisor;

import org.qfpsim.controlplane.cli.Output;

/**
 * Something that is asked before a command can be typed.
 *
 * @param prompt    the question.
 * @param hidden    whether the answer must not be shown.
 * @param ofCommand whether a command asks, which can be given up; otherwise it is a login.
 * @param answer    goes on.
 */
record Question(String prompt, boolean hidden, boolean ofCommand, Output.Answer answer) {
    /** One of a login. */
    Question(final String prompt, final boolean hidden, final Output.Answer answer) {
        this(prompt, hidden, false, answer);
    }
}
