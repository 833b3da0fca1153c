package org.qfpsim.controlplane.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A command line as it was understood: keywords in full, and the values of arguments. */
public final class Input {
    private final String line;
    private final List<String> keywords = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    private record Value(Argument<?> argument, Object value, int column) {
    }

    Input(final String line) {
        this.line = line;
    }

    void keyword(final String keyword) {
        keywords.add(keyword);
        words.add(keyword);
    }

    void value(final Argument<?> argument, final Object value, final int column) {
        values.add(new Value(argument, value, column));
        words.add(value.toString());
    }

    /** The line as it was typed. */
    public String line() {
        return line;
    }

    /** The line with its keywords in full and its values as we write them, one blank between them: the same however it was typed. */
    public String canonical() {
        return String.join(" ", words);
    }

    /**
     * Whether a keyword was typed.
     *
     * @param keyword in full.
     * @return true if so.
     */
    public boolean has(final String keyword) {
        return keywords.contains(keyword);
    }

    /** The keywords in full, in the order in which they were typed. */
    public List<String> keywords() {
        return List.copyOf(keywords);
    }

    /**
     * The value of an argument that must be there.
     *
     * @param <T>      of the value.
     * @param argument the argument.
     * @return its value; the last one if it was there more than once.
     */
    public <T> T get(final Argument<T> argument) {
        return find(argument).orElseThrow(() -> new IllegalStateException("no " + argument.form() + " in: " + keywords));
    }

    /**
     * The value of an argument.
     *
     * @param <T>      of the value.
     * @param argument the argument.
     * @return its value, if it was typed.
     */
    public <T> Optional<T> find(final Argument<T> argument) {
        for (int i = values.size() - 1; i >= 0; i--) {
            if (values.get(i).argument == argument) {
                return Optional.of(argument.type().cast(values.get(i).value));
            }
        }
        return Optional.empty();
    }

    /**
     * Refuses the line because of an argument's value, with the marker below it.
     *
     * @param argument that was typed.
     * @return the refusal.
     */
    public CommandRefusal invalid(final Argument<?> argument) {
        for (int i = values.size() - 1; i >= 0; i--) {
            if (values.get(i).argument == argument) {
                return CommandRefusal.invalid(line, values.get(i).column);
            }
        }
        return CommandRefusal.invalid(line, 0);
    }
}
