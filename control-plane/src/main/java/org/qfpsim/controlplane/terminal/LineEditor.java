package org.qfpsim.controlplane.terminal;

import java.util.List;
import java.util.function.Consumer;

/** Edits a line by the keys of the platform. What a key means beyond the line itself, {@link Event} says. */
final class LineEditor {
    /** Characters of a line at most. */
    static final int LONGEST = 254;
    private static final String BELL = "\u0007";

    private final History history;
    private final Consumer<String> out;
    private final Screen screen;
    private final KeyReader keys = new KeyReader();
    private final StringBuilder text = new StringBuilder();
    private int cursor;
    private boolean hidden;
    private boolean literal;
    private boolean ringing;
    private String deleted = "";
    private List<String> recalled = List.of();
    private int recall;
    private String unfinished = "";

    /** What a key led to. */
    enum Event {
        /** The line has changed, or not. */
        NONE,
        /** Return. */
        LINE,
        /** Question mark. */
        HELP,
        /** Tab. */
        COMPLETE,
        /** Ctrl-C. */
        ABORT,
        /** Ctrl-Z. */
        END,
        /** Ctrl-L, Ctrl-R: the line shall be shown again. */
        REDISPLAY
    }

    LineEditor(final TerminalSettings settings, final History history, final Consumer<String> out) {
        this.history = history;
        this.out = out;
        screen = new Screen(settings, out);
    }

    /** Asks for a line. */
    void start(final String prompt, final boolean secret) {
        text.setLength(0);
        cursor = 0;
        hidden = secret;
        recalled = List.of();
        literal = false;
        screen.start(prompt);
    }

    /** Shows prompt and line again, on a new line of the screen. */
    void redisplay(final String prompt) {
        screen.start(prompt);
        show();
    }

    /** Puts another text into the line, and the cursor to its end. */
    void replace(final String line) {
        text.setLength(0);
        text.append(line, 0, Math.min(line.length(), LONGEST));
        cursor = text.length();
        show();
    }

    /** What is in the line. */
    String line() {
        return text.toString();
    }

    /** What stands in front of the cursor. */
    String beforeCursor() {
        return text.substring(0, cursor);
    }

    int promptWidth() {
        return screen.promptWidth();
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** Takes an octet from the keyboard; commands: whether the keys for help, completion and history mean anything. */
    Event octet(final int octet, final boolean commands) {
        final Key key = keys.next(octet);
        if (key == Key.NONE) {
            return Event.NONE;
        }
        if (literal || key == Key.CHARACTER && !(octet == '?' && commands)) {
            literal = false;
            if (key == Key.CHARACTER) {
                insert((char) octet);
            }
            return Event.NONE;
        }
        ringing = false;
        final Event event = switch (key) {
            case CHARACTER -> Event.HELP;
            case RETURN -> Event.LINE;
            case TAB -> commands ? Event.COMPLETE : Event.NONE;
            case ABORT -> Event.ABORT;
            case END -> commands ? Event.END : Event.NONE;
            case REDISPLAY -> Event.REDISPLAY;
            default -> Event.NONE;
        };
        if (event == Event.NONE) {
            edit(key, commands);
            show();
        }
        return event;
    }

    private void show() {
        if (!hidden) {
            screen.show(text.toString(), cursor);
        }
    }

    private void bell() {
        // Once, however many characters there is no room for.
        if (!ringing) {
            out.accept(BELL);
        }
        ringing = true;
    }

    private void insert(final char character) {
        if (text.length() == LONGEST) {
            bell();
            return;
        }
        text.insert(cursor++, character);
        show();
    }

    private void edit(final Key key, final boolean commands) {
        switch (key) {
            case LITERAL -> literal = true;
            case START -> cursor = 0;
            case FINISH -> cursor = text.length();
            case LEFT -> cursor = Math.max(0, cursor - 1);
            case RIGHT -> cursor = Math.min(text.length(), cursor + 1);
            case WORD_LEFT -> cursor = wordStart();
            case WORD_RIGHT -> cursor = wordEnd();
            case RUBOUT -> delete(Math.max(0, cursor - 1), cursor, false);
            case DELETE -> delete(cursor, Math.min(text.length(), cursor + 1), false);
            case DELETE_LEFT -> delete(0, cursor, true);
            case DELETE_RIGHT -> delete(cursor, text.length(), true);
            case DELETE_WORD -> delete(wordStart(), cursor, true);
            case DELETE_WORD_RIGHT -> delete(cursor, wordEnd(), true);
            case YANK -> yank();
            case TRANSPOSE -> transpose();
            case UPPER -> recase(true);
            case LOWER -> recase(false);
            case PREVIOUS -> recall(commands, -1);
            case NEXT -> recall(commands, 1);
            default -> bell();
        }
    }

    private void delete(final int from, final int to, final boolean keep) {
        if (keep && from < to) {
            deleted = text.substring(from, to);
        }
        text.delete(from, to);
        cursor = from;
    }

    private void yank() {
        final String fits = deleted.substring(0, Math.min(deleted.length(), LONGEST - text.length()));
        text.insert(cursor, fits);
        cursor += fits.length();
    }

    private void transpose() {
        if (cursor > 0 && text.length() > 1) {
            final int right = Math.min(cursor, text.length() - 1);
            final char left = text.charAt(right - 1);
            text.setCharAt(right - 1, text.charAt(right));
            text.setCharAt(right, left);
            cursor = right + 1;
        }
    }

    private void recase(final boolean upper) {
        final int end = wordEnd();
        for (; cursor < end; cursor++) {
            final char c = text.charAt(cursor);
            text.setCharAt(cursor, upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
    }

    private int wordStart() {
        int at = cursor;
        while (at > 0 && text.charAt(at - 1) == ' ') {
            at--;
        }
        while (at > 0 && text.charAt(at - 1) != ' ') {
            at--;
        }
        return at;
    }

    private int wordEnd() {
        int at = cursor;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        while (at < text.length() && text.charAt(at) != ' ') {
            at++;
        }
        return at;
    }

    private void recall(final boolean commands, final int step) {
        if (!commands) {
            return;
        }
        if (recalled.isEmpty()) {
            recalled = history.lines();
            recall = recalled.size();
            unfinished = text.toString();
        }
        final int next = recall + step;
        if (next < 0 || next > recalled.size()) {
            bell();
            return;
        }
        recall = next;
        text.setLength(0);
        text.append(next == recalled.size() ? unfinished : recalled.get(next));
        cursor = text.length();
    }
}
