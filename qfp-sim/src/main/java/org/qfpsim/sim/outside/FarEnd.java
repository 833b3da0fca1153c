package org.qfpsim.sim.outside;

import java.util.OptionalLong;
import java.util.function.Consumer;

/** What is known of the machine at the far end of a real interface. The network's thread calls it. */
public interface FarEnd extends AutoCloseable {
    /** Nothing is known of it. */
    FarEnd UNKNOWN = new FarEnd() {
        @Override
        public String execute(final String commandLine) {
            return "% an outside interface knows 'show counters'\n";
        }

        @Override
        public OptionalLong counter(final String counter) {
            return OptionalLong.empty();
        }

        @Override
        public void onLog(final Consumer<String> listener) {
            // It says nothing.
        }

        @Override
        public void close() {
            // It is not ours.
        }
    };

    /**
     * Runs a command there. What needs the network is only begun.
     *
     * @param commandLine one line.
     * @return what it prints at once.
     */
    String execute(String commandLine);

    /**
     * Reads a counter.
     *
     * @param counter its name.
     * @return its value; empty if there is none of that name.
     */
    OptionalLong counter(String counter);

    /**
     * Who is told what comes of commands.
     *
     * @param listener takes lines, from any thread.
     */
    void onLog(Consumer<String> listener);

    @Override
    void close();
}
