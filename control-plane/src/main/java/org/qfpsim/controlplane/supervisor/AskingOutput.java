package org.qfpsim.controlplane.supervisor;

import java.util.function.Consumer;
import org.qfpsim.controlplane.cli.Output;

/** Output of a command on a terminal, where somebody can answer. */
final class AskingOutput implements Output {
    private final Output out;
    private final Consumer<Question> asked;

    AskingOutput(final Output out, final Consumer<Question> asked) {
        this.out = out;
        this.asked = asked;
    }

    @Override
    public void print(final String text) {
        out.print(text);
    }

    @Override
    public void ask(final String question, final String assumed, final Answer then) {
        asked.accept(new Question(question, false, true, then));
    }

    @Override
    public boolean hold() {
        return out.hold();
    }

    @Override
    public void release() {
        out.release();
    }
}
