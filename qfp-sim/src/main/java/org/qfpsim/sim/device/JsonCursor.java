package org.qfpsim.sim.device;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.qfpsim.sim.InputException;

/**
 * A place in a JSON file: its value, and its path for messages such as {@code keys.json: $.sas[3].spi: is missing}.
 *
 * @param file what the user called the file.
 * @param path from {@code $}.
 * @param node the value.
 */
record JsonCursor(String file, String path, JsonNode node) {
    InputException error(final String problem) {
        return new InputException(file + ": " + path + ": " + problem);
    }

    /** Checks that this is an object that has no other fields than the known ones. */
    JsonCursor object(final DeviceFields known) {
        if (!node.isObject()) {
            throw wrongType("an object {...}");
        }
        for (final Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.all().contains(field.getKey())) {
                throw new InputException(file + ": " + path + "." + Shown.plain(field.getKey()) + ": unknown field; did you mean "
                    + Shown.nearest(field.getKey(), known.all()) + "?");
            }
        }
        return this;
    }

    /** Whether a field is there and not null. */
    boolean has(final String field) {
        return node.hasNonNull(field);
    }

    /** A field that must be there. */
    JsonCursor at(final String field) {
        final JsonCursor child = place(field);
        if (!has(field)) {
            throw child.error("is missing");
        }
        return child;
    }

    /** A field, there or not, for an error. */
    JsonCursor place(final String field) {
        return new JsonCursor(file, path + "." + field, node.path(field));
    }

    /** The elements of a list field, none if the field is absent. */
    List<JsonCursor> elements(final String field) {
        return has(field) ? at(field).elements() : List.of();
    }

    private List<JsonCursor> elements() {
        if (!node.isArray()) {
            throw wrongType("a list [...]");
        }
        final List<JsonCursor> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonCursor(file, path + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    String text() {
        if (!node.isTextual()) {
            throw wrongType("a string");
        }
        return node.textValue();
    }

    boolean bool() {
        if (!node.isBoolean()) {
            throw wrongType("true or false");
        }
        return node.booleanValue();
    }

    boolean bool(final String field, final boolean otherwise) {
        return has(field) ? at(field).bool() : otherwise;
    }

    long integer(final String field, final long otherwise, final long maximum) {
        return has(field) ? at(field).integer(maximum) : otherwise;
    }

    /** An integer from 0 to a maximum. */
    long integer(final long maximum) {
        return unsigned(BigInteger.valueOf(maximum));
    }

    /** An integer, or hex digits in a string: {@code "0x12345678"}. */
    long unsigned(final int bits) {
        return unsigned(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    }

    private long unsigned(final BigInteger maximum) {
        final BigInteger value;
        if (node.isIntegralNumber()) {
            value = node.bigIntegerValue();
        } else if (node.isTextual() && node.textValue().matches("0[xX][0-9A-Fa-f]{1,16}")) {
            value = new BigInteger(node.textValue().substring(2), 16);
        } else if (node.isTextual()) {
            throw error(Shown.value(node.textValue()) + " is not a number; write 4660 or \"0x1234\"");
        } else {
            throw wrongType("an integer");
        }
        if (value.signum() < 0 || value.compareTo(maximum) > 0) {
            throw error(Shown.plain(value.toString()) + " is not within 0 to " + maximum);
        }
        return value.longValue();
    }

    /** Octets in hex; none for null, an empty string or no field. The value never appears in a message. */
    byte[] secret(final String field) {
        if (!has(field)) {
            return new byte[0];
        }
        final JsonCursor child = at(field);
        final String digits = child.text();
        if ((digits.length() & 1) != 0 || !digits.matches("[0-9A-Fa-f]*")) {
            throw child.error("its " + digits.length() + " characters are not pairs of hex digits");
        }
        return HexFormat.of().parseHex(digits);
    }

    /** What a parser that throws IllegalArgumentException makes of a string. */
    <T> T parsed(final Function<String, T> parser, final String expected) {
        final String value = text();
        try {
            return parser.apply(value);
        } catch (final IllegalArgumentException e) {
            throw new InputException(file + ": " + path + ": " + Shown.value(value) + " is not " + expected, e);
        }
    }

    /** One of a few names. */
    <T> T choice(final Map<String, T> choices) {
        final T chosen = choices.get(text());
        if (chosen == null) {
            throw error(Shown.value(text()) + " is not known; use one of " + Shown.list(choices.keySet().stream().sorted().toList()));
        }
        return chosen;
    }

    InputException wrongType(final String expected) {
        return error("is of type " + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT) + ", must be " + expected);
    }
}
