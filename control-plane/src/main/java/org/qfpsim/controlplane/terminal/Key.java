package org.qfpsim.controlplane.terminal;

/** The keys of a terminal line. */
enum Key {
    /** Nothing yet: the middle of an escape sequence. */
    NONE,
    /** A printable character: the octet itself. */
    CHARACTER,
    /** Return. */
    RETURN,
    /** Tab, Ctrl-I. */
    TAB,
    /** Ctrl-C. */
    ABORT,
    /** Ctrl-Z. */
    END,
    /** Ctrl-L, Ctrl-R. */
    REDISPLAY,
    /** Ctrl-V: the next character stands for itself. */
    LITERAL,
    /** Ctrl-A, Home. */
    START,
    /** Ctrl-E, End. */
    FINISH,
    /** Ctrl-B, left arrow. */
    LEFT,
    /** Ctrl-F, right arrow. */
    RIGHT,
    /** Esc B. */
    WORD_LEFT,
    /** Esc F. */
    WORD_RIGHT,
    /** Backspace, Delete, Ctrl-H. */
    RUBOUT,
    /** Ctrl-D: the character at the cursor. */
    DELETE,
    /** Ctrl-U, Ctrl-X: to the beginning. */
    DELETE_LEFT,
    /** Ctrl-K: to the end. */
    DELETE_RIGHT,
    /** Ctrl-W: the word on the left. */
    DELETE_WORD,
    /** Esc D. */
    DELETE_WORD_RIGHT,
    /** Ctrl-Y: what was deleted last. */
    YANK,
    /** Ctrl-T. */
    TRANSPOSE,
    /** Esc U: the rest of the word in upper case. */
    UPPER,
    /** Esc L. */
    LOWER,
    /** Ctrl-P, up arrow. */
    PREVIOUS,
    /** Ctrl-N, down arrow. */
    NEXT,
    /** A key without a meaning. */
    UNKNOWN
}
