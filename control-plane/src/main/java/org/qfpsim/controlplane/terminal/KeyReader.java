package org.qfpsim.controlplane.terminal;

/**
 * Makes keys of octets. Escape sequences are those of ECMA-48: ESC [ parameters final, ESC O final, ESC letter. A line feed behind a
 * carriage return, and the NUL that Telnet puts there (RFC 854), belong to it.
 */
final class KeyReader {
    private State state = State.GROUND;
    private int parameter;
    private boolean afterReturn;

    private enum State {
        GROUND, ESCAPE, CONTROL_SEQUENCE, SINGLE_SHIFT
    }

    Key next(final int octet) {
        final boolean follows = afterReturn;
        afterReturn = octet == '\r';
        return switch (state) {
            case GROUND -> follows && (octet == '\n' || octet == 0) ? Key.NONE : plain(octet);
            case ESCAPE -> escape(octet);
            case CONTROL_SEQUENCE -> sequence(octet);
            case SINGLE_SHIFT -> ended(arrow(octet));
        };
    }

    private Key ended(final Key key) {
        state = State.GROUND;
        return key;
    }

    private Key plain(final int octet) {
        if (octet >= ' ' && octet < 0x7f) {
            return Key.CHARACTER;
        }
        return switch (octet) {
            case '\r', '\n' -> Key.RETURN;
            case '\t' -> Key.TAB;
            case 0x1b -> {
                state = State.ESCAPE;
                yield Key.NONE;
            }
            case 0x7f -> Key.RUBOUT;
            default -> octet > 0 && octet < ' ' ? control((char) (octet + 'A' - 1)) : Key.UNKNOWN;
        };
    }

    private static Key control(final char letter) {
        return switch (letter) {
            case 'A' -> Key.START;
            case 'B' -> Key.LEFT;
            case 'C' -> Key.ABORT;
            case 'D' -> Key.DELETE;
            case 'E' -> Key.FINISH;
            case 'F' -> Key.RIGHT;
            case 'H' -> Key.RUBOUT;
            case 'K' -> Key.DELETE_RIGHT;
            case 'L', 'R' -> Key.REDISPLAY;
            case 'N' -> Key.NEXT;
            case 'P' -> Key.PREVIOUS;
            case 'T' -> Key.TRANSPOSE;
            case 'U', 'X' -> Key.DELETE_LEFT;
            case 'V' -> Key.LITERAL;
            case 'W' -> Key.DELETE_WORD;
            case 'Y' -> Key.YANK;
            case 'Z' -> Key.END;
            default -> Key.UNKNOWN;
        };
    }

    private Key escape(final int octet) {
        switch (octet) {
            case '[' -> {
                state = State.CONTROL_SEQUENCE;
                parameter = 0;
                return Key.NONE;
            }
            case 'O' -> {
                state = State.SINGLE_SHIFT;
                return Key.NONE;
            }
            case 0x1b -> {
                return Key.NONE;
            }
            default -> {
                return ended(switch (octet) {
                    case 'b', 'B' -> Key.WORD_LEFT;
                    case 'f', 'F' -> Key.WORD_RIGHT;
                    case 'd', 'D' -> Key.DELETE_WORD_RIGHT;
                    case 'u', 'U' -> Key.UPPER;
                    case 'l', 'L' -> Key.LOWER;
                    case 0x7f, '\b' -> Key.DELETE_WORD;
                    default -> Key.UNKNOWN;
                });
            }
        }
    }

    private Key sequence(final int octet) {
        if (octet >= '0' && octet <= '9') {
            parameter = Math.min(1000, parameter * 10 + octet - '0');
            return Key.NONE;
        }
        if (octet >= ' ' && octet < '@') {
            return Key.NONE;
        }
        if (octet == '~') {
            return ended(switch (parameter) {
                case 1, 7 -> Key.START;
                case 3 -> Key.DELETE;
                case 4, 8 -> Key.FINISH;
                default -> Key.UNKNOWN;
            });
        }
        return ended(arrow(octet));
    }

    private static Key arrow(final int octet) {
        return switch (octet) {
            case 'A' -> Key.PREVIOUS;
            case 'B' -> Key.NEXT;
            case 'C' -> Key.RIGHT;
            case 'D' -> Key.LEFT;
            case 'F' -> Key.FINISH;
            case 'H' -> Key.START;
            default -> Key.UNKNOWN;
        };
    }
}
