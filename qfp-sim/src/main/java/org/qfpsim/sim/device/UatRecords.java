package org.qfpsim.sim.device;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.qfpsim.sim.InputException;

/**
 * Splits one of Wireshark's tables into records and fields: a record per line, fields in double quotes separated by commas, {@code #}
 * starts a comment line, octets escaped as in C ({@code \x22}). A field without quotes is taken as it stands. Text is one octet per
 * character.
 */
final class UatRecords {
    /**
     * A line of the table.
     *
     * @param line   from 1.
     * @param fields without quotes and escapes; one character per octet.
     */
    record Line(int line, List<String> fields) {
    }

    private final String file;
    private final String text;
    private final int line;
    private int at;

    private UatRecords(final String file, final String text, final int line) {
        this.file = file;
        this.text = text;
        this.line = line;
    }

    static List<Line> split(final byte[] table, final String file) {
        final List<Line> records = new ArrayList<>();
        int line = 0;
        for (final String text : new String(table, StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
            line++;
            final String trimmed = text.strip();
            if (!trimmed.isEmpty() && trimmed.charAt(0) != '#') {
                records.add(new Line(line, new UatRecords(file, trimmed, line).fields()));
            }
        }
        return records;
    }

    private List<String> fields() {
        final List<String> fields = new ArrayList<>();
        while (true) {
            skipBlanks();
            fields.add(at < text.length() && text.charAt(at) == '"' ? quoted(fields.size() + 1) : bare());
            skipBlanks();
            if (at == text.length()) {
                return fields;
            }
            if (text.charAt(at) != ',') {
                throw error("field " + fields.size() + " is followed by something else than a comma; put the field in double quotes");
            }
            at++;
        }
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private String bare() {
        final int comma = text.indexOf(',', at);
        final int end = comma < 0 ? text.length() : comma;
        final String field = text.substring(at, end).strip();
        at = end;
        return field;
    }

    private String quoted(final int field) {
        final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            final char c = text.charAt(at++);
            octets.write(c == '\\' && at < text.length() ? escape() : c);
        }
        if (at == text.length()) {
            throw error("field " + field + " has no closing double quote");
        }
        at++;
        return octets.toString(StandardCharsets.ISO_8859_1);
    }

    private int escape() {
        final char c = text.charAt(at++);
        return switch (c) {
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'e' -> 27;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case 'x' -> digits(16, 2, 0);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> digits(8, 2, c - '0');
            default -> c;
        };
    }

    private int digits(final int radix, final int most, final int first) {
        int value = first;
        for (int i = 0; i < most && at < text.length() && Character.digit(text.charAt(at), radix) >= 0; i++) {
            value = value * radix + Character.digit(text.charAt(at++), radix);
        }
        return value & 255;
    }

    private InputException error(final String problem) {
        return new InputException(file + ": line " + line + ": " + problem);
    }
}
