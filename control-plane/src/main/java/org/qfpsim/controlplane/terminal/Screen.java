package org.qfpsim.controlplane.terminal;

import java.util.function.Consumer;

/**
 * The part of a line behind the prompt as it is on the screen, changed with as few characters as possible. Only printable characters and
 * backspaces are sent, as the platform does, so that any terminal will do. A text that is wider than the screen is shown through a
 * window; a dollar sign stands where it is cut off.
 */
final class Screen {
    private static final int UNLIMITED = 4096;
    private static final int NARROWEST = 8;
    private static final int STEP = 10;

    private final TerminalSettings settings;
    private final Consumer<String> out;
    private String prompt = "";
    private String shown = "";
    private int column;
    private int shift;

    Screen(final TerminalSettings settings, final Consumer<String> out) {
        this.settings = settings;
        this.out = out;
    }

    /** A new line with a prompt and nothing behind it. */
    void start(final String next) {
        prompt = next;
        shown = "";
        column = 0;
        shift = 0;
        out.accept(next);
    }

    /** Column of the first character behind the prompt. */
    int promptWidth() {
        return prompt.length();
    }

    /** Shows a text. */
    void show(final String text, final int cursor) {
        final String next = window(text, cursor);
        final int nextColumn = cursor - shift;
        int same = 0;
        while (same < Math.min(shown.length(), next.length()) && shown.charAt(same) == next.charAt(same)) {
            same++;
        }
        final StringBuilder sent = new StringBuilder();
        if (same < Math.max(shown.length(), next.length())) {
            move(sent, same);
            sent.append(next, same, next.length());
            final int rest = Math.max(0, shown.length() - next.length());
            sent.repeat(' ', rest).repeat('\b', rest);
            column = next.length();
        }
        shown = next;
        move(sent, nextColumn);
        if (!sent.isEmpty()) {
            out.accept(sent.toString());
        }
    }

    private void move(final StringBuilder sent, final int to) {
        if (to < column) {
            sent.repeat('\b', column - to);
        } else {
            sent.append(shown, column, to);
        }
        column = to;
    }

    private String window(final String text, final int cursor) {
        final int width = settings.width() == 0 ? UNLIMITED : Math.max(NARROWEST, settings.width() - prompt.length() - 1);
        if (text.length() <= width) {
            shift = 0;
            return text;
        }
        while (cursor - shift >= width) {
            shift += STEP;
        }
        while (shift > 0 && cursor - shift < 1) {
            shift = Math.max(0, shift - STEP);
        }
        final int end = Math.min(text.length(), shift + width);
        final StringBuilder window = new StringBuilder(text.substring(shift, end));
        if (shift > 0) {
            window.setCharAt(0, '$');
        }
        if (end < text.length()) {
            window.setCharAt(window.length() - 1, '$');
        }
        return window.toString();
    }
}
