package org.qfpsim.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;

/** How the program prints JSON. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final ObjectMapper LINES = new ObjectMapper()
        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    private Json() {
    }

    /**
     * JSON on one line; names of a record's fields are written as the program's other names, {@code like_this}.
     *
     * @param value maps, lists, records, strings, numbers and booleans.
     * @return the text, without a newline.
     */
    public static String line(final Object value) {
        return write(LINES, value);
    }

    /**
     * Indented JSON for people and programs.
     *
     * @param value maps, lists, strings, numbers and booleans.
     * @return the text, without a final newline.
     */
    public static String pretty(final Object value) {
        return write(MAPPER, value);
    }

    private static String write(final ObjectMapper mapper, final Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass(), e);
        }
    }
}
