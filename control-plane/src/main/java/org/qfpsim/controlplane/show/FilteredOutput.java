package org.qfpsim.controlplane.show;

import java.util.ArrayList;
import java.util.List;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.cli.OutputEnded;

/** What a command prints into when its line has filters. They end when the command does; questions go past them. */
final class FilteredOutput implements Output {
    private final List<OutputFilter.Filtered> chain = new ArrayList<>();
    private final Output first;
    private final Output last;
    private boolean held;

    FilteredOutput(final List<OutputFilter> filters, final Output last) {
        this.last = last;
        Output next = last;
        for (final OutputFilter filter : filters.reversed()) {
            final OutputFilter.Filtered filtered = filter.over(next);
            chain.addFirst(filtered);
            next = filtered;
        }
        first = next;
    }

    @Override
    public void print(final String text) {
        first.print(text);
    }

    @Override
    public void ask(final String question, final String assumed, final Answer then) {
        last.ask(question, assumed, then);
    }

    @Override
    public boolean hold() {
        held = true;
        return last.hold();
    }

    @Override
    public void release() {
        try {
            end();
        } catch (final OutputEnded e) {
            // Nobody wants the rest.
        } finally {
            last.release();
        }
    }

    /** The command has returned. */
    void returned() {
        if (!held) {
            end();
        }
    }

    private void end() {
        chain.forEach(OutputFilter.Filtered::end);
    }
}
